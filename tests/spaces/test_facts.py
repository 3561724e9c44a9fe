"""The facts of the register against a hand count; what is missing is unknown, never zero."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.registered import OPENED
from zhongchuang.records.register import REGISTER, collect, rows_behind
from zhongchuang.spaces.models import Premises

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 1)
OURS = [
    name
    for name, source in REGISTER.sources.items()
    if source.collect.__module__.startswith("zhongchuang.spaces")
]


def facts(space, *names, on=ON):
    columns = collect([space.pk], names, on).columns
    return [columns[name][0] for name in names]


def test_areas_of_all_sites_add_up_and_one_that_is_missing_makes_the_sum_unknown(prepared, add):
    space = prepared()
    assert facts(space, "floor_area", "public_area", "desk_area") == [600, None, None]
    add(space, "premises", name="B", floor_area="400.5", public_area=100)
    assert facts(space, "floor_area", "public_area") == [pytest.approx(1000.5), None]
    Premises.objects.filter(name="A 座").update(public_area=0)
    assert facts(space, "public_area") == [100]


def test_desks_are_stated_of_sites_until_they_are_listed_one_by_one(prepared, add):
    space = prepared()
    assert facts(space, "desks") == [80]
    site = space.premises_rows.get().series
    for label in ("A01", "A02", "A03"):
        add(space, "desks", site=site, label=label)
    add(space, "desks", site=site, label="A04", can_be_let="no")
    add(space, "desks", site=site, label="A05", since=date(2027, 1, 1))
    assert facts(space, "desks") == [3]


def test_a_rented_site_without_a_lease_in_force_leaves_the_years_unknown(prepared, add):
    space = prepared()
    site = space.premises_rows.get().series
    assert facts(space, "tenure", "lease_years") == ["rented", None]
    add(
        space,
        "leases",
        site=site,
        landlord="X",
        begins=date(2023, 3, 1),
        ends=date(2026, 2, 28),
        since=date(2023, 3, 1),
    )
    assert facts(space, "lease_years", "lease_years_left", on=date(2026, 2, 28)) == [3, 0]
    assert facts(space, "lease_years", "lease_years_left") == [None, None]
    add(
        space,
        "leases",
        site=site,
        landlord="X",
        begins=date(2026, 3, 1),
        ends=date(2031, 2, 28),
        since=date(2026, 3, 1),
    )
    assert facts(space, "lease_years", "lease_years_left") == [5, 5]


def test_of_several_leases_the_shortest_counts(prepared, add):
    space = prepared()
    add(space, "premises", name="B", floor_area=10, tenure="rented")
    for site, ends in zip(
        space.premises_rows.all(), (date(2030, 2, 28), date(2027, 2, 28)), strict=True
    ):
        add(space, "leases", site=site.series, landlord="X", begins=OPENED, ends=ends)
    assert facts(space, "lease_years", "lease_years_left") == [7, 1]


def test_staff_are_counted_where_they_are_listed_and_stated_where_they_are_not(prepared, add):
    space = prepared()
    names = (
        "staff",
        "staff_fulltime",
        "staff_college",
        "staff_professional",
        "investment_managers",
        "trainers_fulltime",
    )
    assert facts(space, *names) == [None] * 6
    add(space, "staff-count", staff=9, college=7)
    assert facts(space, *names) == [9, None, 7, None, None, None]
    add(
        space,
        "staff",
        name="A",
        education="college",
        fulltime="yes",
        professional="no",
        duty="investment",
    )
    add(
        space,
        "staff",
        name="B",
        education="below",
        fulltime="no",
        professional="yes",
        duty="training",
    )
    assert facts(space, *names) == [2, 1, 1, 1, 1, 0]
    add(space, "staff", name="C", fulltime="yes")
    assert facts(space, *names) == [3, 2, None, None, 1, 0]


def test_equipment_adds_up_and_a_missing_value_makes_it_unknown(prepared, add):
    space = prepared()
    assert facts(space, "equipment_value") == [None]
    add(space, "equipment", name="A", value="120000.50")
    add(space, "equipment", name="B", value=80000)
    assert float(facts(space, "equipment_value")[0]) == 200000.5
    add(space, "equipment", name="C")
    assert facts(space, "equipment_value") == [None]


def test_the_host_and_its_platforms_are_told_in_the_codes_of_the_catalogue(prepared, add):
    space = prepared()
    names = ("operator_relies_on", "operator_relies_on_level", "host_platforms")
    assert facts(space, *names) == [None, None, None]
    add(space, "host", kind="incubator", level="municipal", platforms=["key_laboratory@provincial"])
    assert facts(space, *names) == ["incubator", "municipal", {"key_laboratory@provincial"}]


def test_months_count_from_opening_and_nothing_is_known_before(prepared):
    space = prepared()
    assert facts(space, "months_operating", on=date(2020, 6, 1)) == [3]
    assert facts(space, "months_operating", on=date(2020, 2, 1)) == [None]
    assert facts(space, "registered_in", "free_broadband") == ["330482", None]


def test_all_facts_of_three_spaces_cost_as_many_queries_as_those_of_one(prepared, add):
    counts = []
    for number in (1, 2, 3):
        space = prepared(f"空间 {number}")
        add(space, "staff", name="A")
        with CaptureQueriesContext(connection) as queries:
            collect([one.pk for one in type(space).objects.all()], OURS, ON)
        counts.append(len(queries))
    assert counts[0] == counts[2]


def test_a_figure_leads_to_its_rows(prepared, add):
    space = prepared()
    add(space, "premises", name="B", floor_area=10, since=date(2027, 1, 1))
    assert [row.name for row in rows_behind("floor_area", space.pk, ON)] == ["A 座"]
