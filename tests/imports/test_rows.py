"""An operator imports rows of one of its spaces."""

from datetime import date
from decimal import Decimal

import pytest

from tests.imports.conftest import book, problems, warnings
from zhongchuang.spaces.models import Lease, Premises, StaffMember

pytestmark = pytest.mark.django_db


def test_sites_come_in_with_units_full_width_digits_and_choices_in_words(bring, space):
    rows = [
        ["场地名称", "面积（平方米）", "工位数", "场地性质", "起始日期"],
        ["Hall A", "１２００", "60个", "自有", "2016.3.1"],
        ["Hall B", "500平方米", 20, "租用", date(2020, 5, 6)],
    ]
    found = bring("bees.operator_clerk", "premises", rows, scope=space.code, confirm=True)
    assert (found.state, problems(found)) == ("done", [])
    sites = Premises.objects.filter(space=space).values_list(
        "name", "floor_area", "desks", "tenure", "valid_from"
    )
    assert list(sites) == [
        ("Hall A", Decimal(1200), 60, "owned", date(2016, 3, 1)),
        ("Hall B", Decimal(500), 20, "rented", date(2020, 5, 6)),
    ]
    space.refresh_from_db()
    assert (space.floor_area, space.desks) == (Decimal(1700), 80)


def test_nothing_is_written_before_it_is_confirmed(bring, space):
    found = bring("bees.operator_clerk", "premises", [["name", "total area"], ["A", 500]], scope=space.code)  # fmt: skip
    assert found.state == "checked"
    assert not Premises.objects.exists()


def test_every_faulty_cell_is_named(bring, space):
    rows = [
        ["name", "total area", "desks", "how it is held"],
        ["A", "1e400", 10, "owned"],
        ["", 500, "many", "stolen"],
        ["C", -5, 2.5, ""],
    ]
    found = bring("bees.operator_clerk", "premises", rows, scope=space.code)
    assert found.state == "mapped"
    assert problems(found) == [
        (2, "B", "too_large_number"), (3, "A", "missing"), (3, "C", "amount"), (3, "D", "choice"),
        (4, "B", "negative"), (4, "C", "not_whole"),
    ]  # fmt: skip


def test_leases_name_their_site(bring, space):
    bring("bees.operator_clerk", "premises", [["name", "total area"], ["A", 500]], scope=space.code, confirm=True)  # fmt: skip
    head = ["site", "landlord", "first day", "last day", "rent a year（万元）"]
    rows = [head, ["A", "City", "2020-01-01", "2029-12-31", 30], ["B", "City", "20200101", "2019/1/1", 300000]]  # fmt: skip
    found = bring("bees.operator_clerk", "leases", rows, scope=space.code)
    assert problems(found) == [(3, "A", "unknown_site"), (3, "D", "ends_early")]
    assert warnings(found) == [(3, "E", "yuan_in_wan")]
    found = bring("bees.operator_clerk", "leases", rows[:2], scope=space.code, confirm=True)
    lease = Lease.objects.get()
    assert (lease.yearly_rent, lease.ends, lease.site) == (
        Decimal(300_000), date(2029, 12, 31), Premises.objects.get().series
    )  # fmt: skip


@pytest.mark.parametrize(("existing", "education"), [("skip", "college"), ("change", "doctor")])
def test_who_is_recorded_already_is_left_or_changed(bring, space, existing, education):
    bring("bees.operator_clerk", "staff", [["name", "education"], ["Wang", "college"]], scope=space.code, confirm=True, on=date(2020, 1, 1))  # fmt: skip
    rows = [["name", "education"], ["Wang", "doctor"], ["Li", "master"]]
    found = bring("bees.operator_clerk", "staff", rows, scope=space.code, existing=existing, confirm=True)  # fmt: skip
    now = StaffMember.objects.filter(valid_until=None).values_list("name", "education")
    assert dict(now) == {"Wang": education, "Li": "master"}
    fate = {"skip": {"new": 1, "skipped": 1}, "change": {"new": 1, "changed": 1}}[existing]
    assert found.findings["counts"] == fate


def test_the_sheet_with_the_title_of_the_rows_is_read(bring, space):
    data = book([["what", "ever"], [1, 2]], more=[("Staff", [["name"], ["Wang"]])])
    found = bring("bees.operator_clerk", "staff", data, scope=space.code)
    assert found.findings["counts"] == {"new": 1}
