"""Monthly figures of residents: a ledger of their own, summed up beside the year; a missing month is unknown, never zero."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.residents.test_facts import OURS, facts
from zhongchuang.ledgers.actions import strike, write_down
from zhongchuang.page.refusal import Refused
from zhongchuang.residents import actions, merges
from zhongchuang.residents.models import MonthReport, Report
from zhongchuang.residents.models.month import last_day, years_of

pytestmark = pytest.mark.django_db
CLERK = "bees.operator_clerk"
YEAR = 2025


@pytest.fixture
def month(cast):
    """`month(resident, space, 3, staff=5)` writes the figures of a month down."""

    def one(resident, space, number, year=YEAR, **given):
        day = last_day(year, number)
        return write_down(MonthReport, space, by=cast[CLERK], resident=resident, day=day, **given)

    return one


@pytest.fixture
def take_in(cast):
    def one(space, name="云帆团队", **more):
        given = {"kind": "team", "stage": "nursery", "desks": 2, "founder": "", "founder_kind": ""}
        return actions.take_in(
            space, by=cast[CLERK], name=name, day=date(2023, 3, 1), **(given | more)
        ).resident

    return one


def year_of(resident, *, year=YEAR):
    lines = MonthReport.objects.standing().filter(merges.family(resident))
    return next(one for one in years_of(lines, resident) if one.year == year)


def test_flows_of_twelve_months_are_summed_and_stocks_are_those_of_december(
    registered, take_in, month
):
    space = registered()
    resident = take_in(space)
    for number in range(1, 13):
        month(resident, space, number, staff=number, income=Decimal("10.50"), taxes=0, graduates=1)
    year = year_of(resident)
    assert (year.count, year.whole, year.of("income"), year.of("staff")) == (12, True, Decimal("126.00"), 12)  # fmt: skip
    assert year.figures == {"staff": 12, "graduates": 12, "income": Decimal(126), "taxes": 0}


def test_a_missing_month_and_a_blank_figure_leave_the_sum_unknown(registered, take_in, month, cast):
    space = registered()
    resident = take_in(space)
    lines = [
        month(resident, space, n, staff=3, income=Decimal(10), taxes=None if n == 5 else Decimal(1))
        for n in range(1, 13)
    ]
    assert (year_of(resident).of("income"), year_of(resident).of("taxes")) == (120, None)
    strike(lines[1], by=cast[CLERK], version=1, reason="错")
    year = year_of(resident)
    assert (year.count, year.of("income"), year.of("staff")) == (11, None, 3)
    strike(lines[11], by=cast[CLERK], version=1, reason="错")
    assert year_of(resident).of("staff") is None


def test_a_month_that_two_spaces_know_counts_once_and_is_unknown_where_they_differ(
    registered, take_in, month
):
    here, there = registered(), registered("二号空间")
    resident = take_in(here)
    for number in range(1, 13):
        month(resident, here, number, income=Decimal(10), taxes=Decimal(1))
    month(resident, there, 3, income=Decimal(10), taxes=Decimal(2))
    year = year_of(resident)
    assert (year.count, year.of("income"), year.of("taxes")) == (12, 120, None)


def test_of_two_merged_records_the_month_of_the_one_that_counts_is_taken(
    registered, take_in, month, cast
):
    space = registered()
    stays, goes = take_in(space), take_in(space, "云帆团队二")
    for number in range(1, 13):
        month(stays, space, number, income=Decimal(10))
    month(goes, space, 3, income=Decimal(99))
    assert merges.consequences(goes, stays).months == 1
    made = merges.merge(goes, stays, by=cast[CLERK], reason="同一家")
    assert (year_of(stays).of("income"), year_of(stays).count) == (120, 12)
    merges.take_apart(made, by=cast[CLERK], reason="两家")
    assert year_of(goes).count == 1


def test_months_do_not_change_the_facts_of_the_year(registered, take_in, month, cast):
    space = registered()
    resident = take_in(space)
    write_down(Report, space, by=cast[CLERK], resident=resident, day=date(YEAR, 12, 31), staff=4, income=Decimal(9), taxes=Decimal(1))  # fmt: skip
    before = facts(space, *OURS, on=date(YEAR, 12, 31))
    assert facts(space, "jobs", on=date(YEAR, 12, 31)) == [4]
    for number in range(1, 13):
        month(resident, space, number, staff=50, income=Decimal(1000), taxes=Decimal(70))
    assert facts(space, *OURS, on=date(YEAR, 12, 31)) == before


def test_a_resident_reports_a_month_once(registered, take_in, month, cast):
    space = registered()
    resident = take_in(space)
    line = month(resident, space, 3, staff=1)
    with pytest.raises(Refused) as refused:
        month(resident, space, 3, staff=2)
    assert refused.value.refusal.code == "contradicts"
    strike(line, by=cast[CLERK], version=1, reason="错")
    assert month(resident, space, 3, staff=2).staff == 2


def test_the_operator_writes_a_month_down_that_has_ended(registered, take_in, signed_in):
    space = registered()
    resident = take_in(space)
    client, url = signed_in(CLERK), reverse("ledgers:new", args=[space.code, "months"])
    form = client.get(url).context["form"]
    days = [value for value, _told in form.fields["day"].choices]
    assert (form["day"].value(), days[0]) == (days[0], days[0])
    assert date.fromisoformat(days[0]) <= timezone.localdate()
    given = {"request_key": form["request_key"].value(), "resident": resident.pk, "staff": "5", "income": "0"}  # fmt: skip
    assert client.post(url, given | {"day": "2999-01-31"}).status_code == 200
    assert client.post(url, given | {"day": days[1]}).status_code == 302
    line = MonthReport.objects.get()
    assert (str(line.day), line.staff, line.income, line.taxes) == (days[1], 5, 0, None)


def test_the_page_of_a_resident_shows_the_sum_beside_the_yearly_report(
    registered, take_in, month, cast, signed_in
):
    space = registered()
    resident = take_in(space)
    for number in range(1, 13):
        month(resident, space, number, income=Decimal(10), invested=Decimal(1))
    write_down(Report, space, by=cast[CLERK], resident=resident, day=date(YEAR, 12, 31), income=Decimal(125))  # fmt: skip
    client = signed_in(CLERK)
    client.get(resident.get_absolute_url())
    with CaptureQueriesContext(connection) as queries:
        [(year, figures)] = client.get(resident.get_absolute_url()).context["months"]
    assert (year.year, figures[1], figures[4]) == (YEAR, ("income", 120, 125), ("invested", 12, None))  # fmt: skip
    month(resident, space, 1, year=2026, income=Decimal(3))
    write_down(Report, space, by=cast[CLERK], resident=resident, day=date(2024, 12, 31), income=Decimal(1))  # fmt: skip
    with CaptureQueriesContext(connection) as more:
        found = client.get(resident.get_absolute_url()).context["months"]
    assert ([year.year for year, _figures in found], len(more)) == ([2026, 2025], len(queries))
    assert found[0][1][1] == ("income", None, None)
