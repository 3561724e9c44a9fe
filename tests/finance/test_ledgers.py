"""The ledgers of money as their clerk writes them."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from zhongchuang.finance.models import Fund, Investment, YearAccounts
from zhongchuang.finance.models.lines import PARTS
from zhongchuang.ledgers import actions
from zhongchuang.page.refusal import Refused
from zhongchuang.residents.models import Resident

pytestmark = pytest.mark.django_db
KEY = "6f1d2b0c-0000-4000-8000-00000000000"


def new(client, space, ledger, number=1, **sent):
    return client.post(
        reverse("ledgers:new", args=[space.code, ledger]), {"request_key": f"{KEY}{number}"} | sent
    )


def errors(answer, field):
    return [one.code for one in answer.context["form"].errors.as_data().get(field, [])]


FUND = {"name": "慧谷种子基金", "kind": "own", "amount": "1000000.50", "day": "2024-03-01"}


def test_a_fund_is_written_down_with_its_amount_to_the_cent(registered, signed_in):
    space, client = registered(), signed_in("bees.operator_clerk")
    assert errors(new(client, space, "funds", **FUND | {"amount": "-1"}), "amount") == ["min_value"]
    assert new(client, space, "funds", 2, **FUND).status_code == 302
    fund = Fund.objects.get()
    assert (fund.amount, fund.at_disposal) == (Decimal("1000000.50"), "")
    assert "1,000,000.5" in client.get(reverse("ledgers:ledger", args=[space.code, "funds"])).content.decode()  # fmt: skip


def test_an_investment_is_in_a_resident_that_sits_or_sat_here(registered, signed_in, stay):
    space, client = registered(), signed_in("bees.operator_clerk")
    gone = stay(space, day=date(2023, 1, 1), until=date(2024, 1, 1), outcome="left").resident
    elsewhere = stay(registered("另一空间"), "乙科技").resident
    sent = {"source": "own", "day": "2024-03-01", "amount": "5"}
    refused = new(client, space, "investments", resident=elsewhere.pk, **sent)
    assert errors(refused, "resident") == ["invalid_choice"]
    assert new(client, space, "investments", 2, resident=gone.pk, **sent).status_code == 302
    assert Investment.objects.get().resident == gone


def test_the_choice_of_residents_names_each_once_and_nobody_who_never_sat_here(
    registered, signed_in, stay
):
    space, client = registered(), signed_in("bees.operator_clerk")
    first = stay(space, day=date(2022, 1, 1), until=date(2023, 1, 1), outcome="left")
    type(first).objects.create(space=space, resident=first.resident, day=date(2024, 1, 1))
    Resident.objects.create(kind="team", name="从未入驻")
    page = client.get(reverse("ledgers:new", args=[space.code, "investments"]))
    assert [str(one) for one in page.context["form"].fields["resident"].queryset] == ["甲科技"]


ACCOUNTS = {"year": "2025", "income_rent": "300000", "income_services": "200000.25", "income_investment": "0", "income_public": "1"}  # fmt: skip


def test_the_accounts_of_a_year_stand_once_and_their_sum_is_computed(registered, signed_in, cast):
    space, client = registered(), signed_in("bees.operator_clerk")
    assert new(client, space, "accounts", **ACCOUNTS, income_other="9").status_code == 302
    first = YearAccounts.objects.get()
    assert (first.day, first.income) == (date(2025, 12, 31), Decimal("500010.25"))
    assert "500,010.25" in client.get(reverse("ledgers:ledger", args=[space.code, "accounts"])).content.decode()  # fmt: skip
    assert errors(new(client, space, "accounts", 2, **ACCOUNTS), "year") == ["twice"]
    actions.strike(first, by=cast["bees.operator_clerk"], version=1, reason="误填")
    assert new(client, space, "accounts", 3, **ACCOUNTS).status_code == 302
    assert YearAccounts.objects.standing().get().income is None


def test_the_database_too_keeps_the_accounts_of_a_year_once(registered, line):
    space = registered()
    given = {"year": 2025, "day": date(2025, 12, 31)}
    line(YearAccounts, space, **given)
    for again in (given, given | {"year": 2024}):
        with pytest.raises(Refused) as refused:
            line(YearAccounts, space, **again)
        assert isinstance(refused.value.__cause__, IntegrityError)


@pytest.mark.parametrize("year", ["2019", "2199"])
def test_accounts_are_of_years_in_which_the_space_ran(registered, signed_in, year):
    space, client = registered(), signed_in("bees.operator_clerk")
    answer = new(client, space, "accounts", **ACCOUNTS | {"year": year})
    assert errors(answer, "year") == ["outside"]


def test_accounts_that_are_corrected_keep_their_year_and_move_their_day_with_it(
    registered, signed_in, line
):
    space, client = registered(), signed_in("bees.operator_clerk")
    found = line(YearAccounts, space, year=2025, day=date(2025, 12, 31), **dict.fromkeys(PARTS, 1))
    url = reverse("ledgers:correct", args=["accounts", found.key])
    sent = {"request_key": f"{KEY}1", "version": 1, **ACCOUNTS, "year": "2024"}
    assert client.post(url, sent).status_code == 302
    found.refresh_from_db()
    assert (found.year, found.day) == (2024, date(2024, 12, 31))


def test_a_list_of_three_investments_costs_as_many_queries_as_one_of_one(
    registered, signed_in, stay, line
):
    space, client = registered(), signed_in("bees.operator_clerk")
    url, counts = reverse("ledgers:ledger", args=[space.code, "investments"]), []
    for name in ("甲", "乙", "丙"):
        line(Investment, space, resident=stay(space, name).resident, source="own")
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        counts.append(len(queries))
    assert counts[1] == counts[2] <= counts[0]
