"""The facts of residents against a hand count; what is missing is unknown, never zero."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhongchuang.ledgers import actions as ledger_actions
from zhongchuang.records.register import REGISTER, collect, rows_behind
from zhongchuang.residents import actions
from zhongchuang.residents.models import Report, Resident, Stay

pytestmark = pytest.mark.django_db
ON = date(2026, 7, 1)
OURS = [
    n
    for n, s in REGISTER.sources.items()
    if s.collect.__module__.startswith("zhongchuang.residents")
]


def facts(space, *names, on=ON, window="calendar_year"):
    columns = collect([space.pk], names, on, window).columns
    return [columns[name][0] for name in names]


@pytest.fixture
def move(registered, cast):
    """`move("A", "team", "2024-01-01")` takes in, with `until` and how it ended it also leaves."""
    space = registered()
    by = cast["bees.operator_clerk"]

    def one(name, kind, day, *, until=None, left=("", ""), **more):
        given = {"desks": 2, "founder": "张三", "founder_kind": "", "stage": "nursery"} | more
        stay = actions.take_in(
            space, by=by, kind=kind, name=name, day=date.fromisoformat(day), **given
        )
        if until:
            outcome, destination = left
            actions.leave(
                stay, by=by, version=1, day=date.fromisoformat(until), outcome=outcome,
                destination=destination,
            )  # fmt: skip
        return stay

    one.space = space
    return one


@pytest.fixture
def life(move):
    """Seven stays, counted by hand in the tests."""
    move("A", "team", "2024-02-01", free_months=6, months_allowed=24)
    move("B", "firm", "2023-05-01", until="2025-06-01", left=("graduated", "market"))
    move("C", "firm", "2024-05-01", until="2025-03-01", left=("closed", ""))
    move("D", "firm", "2025-12-31", until="2026-06-30", left=("moved", "incubator"))
    move("E", "firm", "2026-01-01", free_months=3, months_allowed=36, desks=5)
    move("F", "maker", "2026-06-30", free_months=0, months_allowed=12, desks=1)
    move("G", "team", "2026-07-02")
    return move.space


def test_stocks_count_who_stays_on_the_day(life):
    assert facts(life, "residents", "resident_teams", "resident_firms") == [2, 1, 1]
    assert facts(life, "residents", on=date(2026, 6, 29)) == [3]
    assert facts(life, "residents", on=date(2026, 7, 2)) == [3]
    assert facts(life, "desks_occupied") == [2 + 5 + 1]
    assert facts(life, "free_months", "stay_months_max", "makers") == [0, 36, 3]


def test_the_last_day_before_leaving_still_counts_and_the_day_of_leaving_does_not(life):
    assert facts(life, "resident_firms", on=date(2025, 2, 28)) == [2]
    assert facts(life, "resident_firms", on=date(2025, 3, 1)) == [1]


def test_periods_count_by_the_window(life):
    # 2025: A, B until June, C until March, D from the last day.
    assert facts(life, "residents_served.year") == [4]
    # July 2025 to June 2026: A, D, E; F is a maker.
    assert facts(life, "residents_served.year", window="last_12_months") == [3]
    assert facts(life, "residents_served.total", "residents_served.years3") == [5, 4]
    assert facts(life, "cases_incubated.year", "cases_incubated.total") == [1, 1]
    assert facts(life, "firms_commercialised.year", "growth_placements.year") == [1, 0]
    assert facts(life, "growth_placements.year", window="last_12_months") == [1]


def test_a_second_stay_of_one_resident_counts_once(life, move):
    move("B", "firm", "2026-02-01", resident=Resident.objects.get(name="B"))
    assert facts(life, "residents_served.total", "resident_firms") == [5, 2]


def test_survival_looks_at_firms_that_moved_in_two_years_ago(life):
    # B (May 2023) went on to the market, C (May 2024) gave up; E is too young, A is no firm.
    assert facts(life, "survival_rate") == [50]
    assert facts(life, "survival_rate", on=date(2025, 5, 31)) == [100]
    assert facts(life, "survival_rate", on=date(2025, 4, 30)) == [None]


def test_a_team_that_was_registered_while_it_stayed_is_a_new_firm(life, cast):
    team, by = Resident.objects.get(name="A"), cast["bees.operator_clerk"]
    assert facts(life, "firms_registered.total") == [0]
    actions.revise(team, by=by, version=1, kind="firm", registered=date(2025, 5, 5))
    assert facts(life, "firms_registered.year", "firms_registered.total") == [1, 1]
    assert facts(life, "firms_registered.year", window="last_12_months") == [0]


def test_a_space_without_a_stay_in_its_ledger_knows_nothing(registered):
    space = registered()
    assert set(facts(space, *OURS)) == {None}


def test_a_year_that_ended_before_the_first_stay_is_unknown_and_not_zero(move):
    move("A", "team", "2026-02-01")
    assert facts(move.space, "residents_served.year", "residents_served.total") == [None, 1]
    assert facts(move.space, "residents_served.year", on=date(2027, 2, 1)) == [1]


def test_what_is_not_said_of_one_makes_the_whole_unknown(life, move):
    move("H", "team", "2026-01-01", desks=None, founder="")
    assert facts(life, "desks_occupied", "free_months", "stay_months_max", "makers") == [None] * 4
    assert facts(life, "residents") == [3]


def test_a_stay_that_was_struck_out_counts_nowhere(life, cast):
    stay = Stay.objects.get(resident__name="E")
    ledger_actions.strike(stay, by=cast["bees.operator_clerk"], version=stay.version, reason="误填")
    assert facts(life, "resident_firms", "desks_occupied", "residents_served.total") == [0, 3, 4]


# --- yearly figures -------------------------------------------------------------------------------


@pytest.fixture
def report(move, cast):
    def one(name, year, **figures):
        return ledger_actions.write_down(
            Report, move.space, by=cast["bees.operator_clerk"], resident=Resident.objects.get(name=name),
            day=date(year, 12, 31), **figures,
        )  # fmt: skip

    return one


def test_figures_of_the_year_add_up_once_everyone_reported(move, report):
    move("A", "team", "2024-02-01")
    move("B", "firm", "2024-03-01")
    report("A", 2025, staff=4, graduates=1, ip_applied=2)
    assert facts(move.space, "jobs", "graduates_employed.year") == [None, None]
    report("B", 2025, staff=20, graduates=0, ip_applied=3)
    assert facts(move.space, "jobs", "graduates_employed.year", "ip_applied.year") == [24, 1, 5]
    assert facts(move.space, "ip_granted.year", "ip_valid") == [None, None]
    assert facts(move.space, "jobs", on=date(2025, 12, 30)) == [None]
    assert facts(move.space, "jobs", on=date(2025, 12, 31)) == [24]


def test_totals_of_figures_go_over_all_years(move, report):
    move("A", "team", "2023-02-01")
    report("A", 2024, graduates=3)
    report("A", 2025, graduates=2)
    assert facts(move.space, "graduates_employed.total", "graduates_employed.year") == [5, 2]
    report("A", 2023)
    assert facts(move.space, "graduates_employed.total") == [None]


# --- behind a figure, and its cost ----------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "residents",
        "resident_firms",
        "residents_served.year",
        "cases_incubated.total",
        "growth_placements.year",
    ],
)
def test_as_many_rows_stand_behind_a_count_as_it_says(life, name):
    assert len(rows_behind(name, life.pk, ON)) == facts(life, name)[0]


def test_facts_of_many_spaces_cost_as_many_queries_as_of_one(registered):
    def cost(spaces):
        with CaptureQueriesContext(connection) as seen:
            collect([space.pk for space in spaces], OURS, ON)
        return len(seen)

    one = registered()
    three = [one, registered("二号空间"), registered("三号空间")]
    assert cost([one]) == cost(three) <= 7


def test_a_firm_that_was_registered_later_was_a_team_till_then(life):
    Resident.objects.filter(name="A").update(kind="firm", registered=date(2026, 3, 1))
    assert facts(life, "resident_teams", "resident_firms", on=date(2026, 2, 28)) == [1, 2]
    assert facts(life, "resident_teams", "resident_firms", on=date(2026, 3, 1)) == [0, 3]


def test_who_graduated_to_nobody_knows_where_leaves_the_placements_unknown(life):
    Stay.objects.filter(resident__name="B").update(destination="")
    names = ("firms_commercialised.year", "growth_placements.total", "cases_incubated.year")
    assert facts(life, *names) == [None, None, None]
    assert facts(life, "growth_placements.year", window="last_12_months") == [1]
