"""Facts of the ledgers of money against a hand count; what is missing is unknown, never zero."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhongchuang.finance.facts import SOURCES
from zhongchuang.finance.models import Cooperation, Fund, Investment, Partner, YearAccounts
from zhongchuang.finance.models.lines import PARTS
from zhongchuang.ledgers import actions
from zhongchuang.policy.facts import derive, space_catalogue
from zhongchuang.records.register import collect, rows_behind
from zhongchuang.residents.models import Resident

pytestmark = pytest.mark.django_db
ON = date(2026, 6, 30)
OURS = [name for source in SOURCES for name in source.names]


def facts(space, *names, on=ON, window="calendar_year"):
    columns = collect([space.pk], names, on, window).columns
    return [columns[name][0] for name in names]


def test_funds_that_hold_on_the_day_add_up_and_one_without_size_makes_the_sum_unknown(
    registered, line
):
    space = registered()
    assert facts(space, "fund_amount", "fund_own") == [None, None]
    line(Fund, space, name="A", kind="own", amount="1000000.10", at_disposal="yes")
    line(Fund, space, name="B", kind="contract", amount="2000000.20", at_disposal="no")
    line(Fund, space, name="C", kind="own", amount=7, at_disposal="yes", until=date(2025, 1, 1))  # fmt: skip
    assert [float(one) for one in facts(space, "fund_amount", "fund_own")] == [3000000.3, 1000000.1]
    assert facts(space, "fund_own", on=date(2024, 12, 31)) == [Decimal("1000007.10")]
    assert facts(space, "fund_amount", on=date(2024, 2, 29)) == [None]
    line(Fund, space, name="D", kind="contract", amount=5)
    assert facts(space, "fund_amount", "fund_own") == [Decimal("3000005.30"), None]
    line(Fund, space, name="E", kind="contract", at_disposal="no")
    assert facts(space, "fund_amount") == [None]
    assert {row.name for row in rows_behind("fund_own", space.pk, ON)} == {"A", "D"}


def test_funds_that_all_ended_are_a_real_zero(registered, line):
    space = registered()
    line(Fund, space, name="A", kind="own", amount=5, at_disposal="yes", until=date(2025, 1, 1))
    assert facts(space, "fund_amount", "fund_own") == [0, 0]


def test_partners_and_technical_service_bodies_count_by_name_while_their_agreement_holds(
    registered, line
):
    for table, fact in ((Partner, "investor_partners"), (Cooperation, "technical_service_bodies")):
        space = registered(fact)
        assert facts(space, fact) == [None]
        line(table, space, name="甲创投")
        line(table, space, name="甲创投", day=date(2025, 1, 1))
        line(table, space, name="乙创投", until=date(2026, 7, 1))
        assert facts(space, fact) == [2]
        assert facts(space, fact, on=date(2026, 7, 1)) == [1]
        assert facts(space, fact, on=date(2024, 2, 29)) == [None]
        assert len(rows_behind(fact, space.pk, ON)) == 3


INVESTED = ("projects_invested", "investment_cases", "residents_financed", "financing", "financing_own")  # fmt: skip


def of(kind):
    return [f"{name}.{kind}" for name in INVESTED]


@pytest.fixture
def invested(registered, stay, line):
    """Three residents with seven investments."""
    space = registered()
    a, b, c = (stay(space, name).resident for name in ("甲科技", "乙科技", "丙科技"))
    given = (
        (a, "own", "100000.50", "yes", date(2025, 3, 1)),
        (a, "own", "200000.25", "yes", date(2025, 12, 31)),
        (b, "cofounded", "300000", "yes", date(2025, 1, 1)),
        (b, "close", "50000", "yes", date(2024, 12, 31)),
        (c, "other", "70000", "yes", date(2026, 2, 1)),
        (c, "own", "990000", "no", date(2025, 6, 1)),
        (c, "close", "10000", "yes", date(2026, 6, 30)),
    )
    for resident, source, amount, arrived, day in given:
        line(Investment, space, resident=resident, source=source, amount=amount, arrived=arrived, day=day)  # fmt: skip
    return space


def test_money_of_anyone_finances_residents_but_only_the_own_or_cofounded_fund_invests_in_projects(
    invested,
):
    assert facts(invested, *of("year")) == [2, 3, 2, Decimal("600000.75"), Decimal("300000.75")]
    assert facts(invested, *of("total")) == [2, 5, 3, Decimal("730000.75"), Decimal("300000.75")]


def test_the_year_is_the_last_full_one_or_the_last_twelve_months(invested):
    assert facts(invested, *of("year"), window="last_12_months") == [
        1, 2, 2, Decimal("280000.25"), Decimal("200000.25"),
    ]  # fmt: skip
    assert facts(invested, *of("total"), on=date(2025, 3, 1)) == [
        2, 3, 2, Decimal("450000.50"), Decimal("100000.50"),
    ]  # fmt: skip


def test_a_year_that_ended_before_the_first_line_is_unknown_and_a_quiet_one_after_it_is_zero(
    invested,
):
    assert facts(invested, *of("year"), on=date(2024, 12, 31)) == [None] * 5
    assert facts(invested, *of("total"), on=date(2024, 12, 30)) == [None] * 5
    assert facts(invested, *of("year"), on=date(2028, 6, 1)) == [0] * 5


def test_money_of_which_nobody_says_whether_it_arrived_leaves_the_figures_open(
    invested, line, cast
):
    a = Resident.objects.get(name="甲科技")
    again = line(Investment, invested, resident=a, source="own", amount=1, day=date(2025, 5, 1))
    year = facts(invested, *of("year"))
    assert (year[1], year[3], year[4]) == (None, None, None)
    actions.strike(again, by=cast["bees.operator_clerk"], version=1, reason="误填")
    assert facts(invested, "financing.year") == [Decimal("600000.75")]
    line(Investment, invested, resident=a, source="other", arrived="yes", day=date(2025, 5, 1))
    assert facts(invested, *of("year"))[1:] == [3, 2, None, Decimal("300000.75")]


def test_a_resident_that_surely_counts_already_is_not_made_unknown_by_an_open_answer(
    invested, line
):
    a = Resident.objects.get(name="甲科技")
    line(Investment, invested, resident=a, source="own", amount=1, day=date(2025, 5, 1))
    assert facts(invested, "projects_invested.year", "residents_financed.year") == [2, 2]
    assert facts(invested, "investment_cases.year") == [None]


def test_the_rows_behind_a_figure_are_those_that_count_or_may(invested):
    def behind(name):
        return sorted(str(row.amount) for row in rows_behind(name, invested.pk, ON))

    assert behind("projects_invested.year") == ["100000.50", "200000.25", "300000.00"]
    assert behind("financing_own.total") == ["100000.50", "200000.25"]
    assert len(behind("residents_financed.total")) == 6


def accounts(line, space, year=2025, **more):
    amounts = dict(zip(PARTS, ("300000.01", "200000.02", "50000", "100000", "0"), strict=True))
    return line(
        YearAccounts, space, year=year, day=date(year, 12, 31), **amounts | {"operating_cost": "400000"} | more
    )  # fmt: skip


def test_income_is_that_of_the_accounts_of_the_year_and_its_parts_add_up(registered, line):
    space = registered()
    assert facts(space, "income", "operating_cost") == [None, None]
    accounts(line, space)
    accounts(line, space, 2026, income_rent=1)
    assert facts(space, "income", *PARTS, "operating_cost") == [
        Decimal("650000.03"), Decimal("300000.01"), Decimal("200000.02"), 50000, 100000, 0, 400000,
    ]  # fmt: skip
    assert facts(space, "income_rent", window="last_12_months") == [1]
    assert facts(space, "income", on=date(2025, 6, 30)) == [None]
    assert [row.year for row in rows_behind("income", space.pk, ON)] == [2025]


def test_income_of_which_a_part_is_missing_is_unknown_as_a_whole(registered, line, cast):
    space = registered()
    wrong = accounts(line, space, income_other=None)
    assert facts(space, "income", "income_rent", "income_other") == [None, Decimal("300000.01"), None]  # fmt: skip
    actions.strike(wrong, by=cast["bees.operator_clerk"], version=1, reason="误填")
    assert facts(space, "income_rent") == [None]


def test_the_share_of_services_and_investment_follows_by_the_formula_of_the_catalogue(
    registered, line
):
    space = registered()
    accounts(line, space, income_rent=300000, income_services=150000)
    names = ("income", *PARTS)
    told = dict(zip(names, facts(space, *names), strict=True))
    derived = derive(space_catalogue(), told)
    assert float(derived["income_service_share"]) == pytest.approx(200000 / 600000 * 100)


def test_all_facts_of_three_spaces_cost_one_query_a_table_as_those_of_one(registered, stay, line):
    counts = []
    for number in (1, 2, 3):
        space = registered(f"空间 {number}")
        line(Investment, space, resident=stay(space, f"甲 {number}").resident, source="own", amount=1, arrived="yes")  # fmt: skip
        with CaptureQueriesContext(connection) as queries:
            collect(range(1, number + 1), OURS, ON)
        counts.append(len(queries))
    assert counts == [5, 5, 5]


def test_facts_do_not_mix_spaces(registered, invested, line):
    other = registered("另一空间")
    line(Fund, other, name="A", kind="own", amount=5, at_disposal="yes")
    columns = collect([other.pk, invested.pk], ["fund_amount", "projects_invested.total"], ON).columns  # fmt: skip
    assert columns == {"fund_amount": [5, None], "projects_invested.total": [None, 2]}
