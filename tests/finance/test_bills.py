"""Bills for a month are proposed from the stays, issued in one step, paid and cancelled; money is exact."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from zhongchuang.audit.models import Entry
from zhongchuang.finance import actions
from zhongchuang.finance.models import Bill, Payment
from zhongchuang.finance.models.bills import proposals
from zhongchuang.organisations.todos import all_todos
from zhongchuang.page.refusal import Refused

pytestmark = pytest.mark.django_db
NOVEMBER = date(2026, 11, 1)
DUE = date(2026, 11, 30)
KEY = "6f1d2b0c-0000-4000-8000-00000000000"


@pytest.fixture(autouse=True)
def november():
    with time_machine.travel(datetime(2026, 11, 20, 4, tzinfo=UTC)):
        yield


@pytest.fixture
def renting(stay):
    """`renting(space, "甲科技")` moves a firm in that pays 3,000 yuan a month from its first day."""

    def one(space, name="甲科技", **more):
        return stay(space, name, **{"free_months": 0, "monthly_fee": Decimal("3000.00")} | more)

    return one


def proposed(space, month=NOVEMBER):
    return [(one.stay.resident.name, one.rent) for one in proposals(space, month)]


def test_the_fee_begins_after_the_free_months_and_a_part_of_a_month_costs_its_days(
    registered, renting
):
    space = registered()
    renting(space, "甲")
    renting(space, "乙", day=date(2026, 5, 21), free_months=6)
    renting(space, "丙", day=date(2026, 6, 1), free_months=6)
    renting(space, "丁", day=date(2024, 1, 15), until=date(2026, 11, 11), outcome="left")
    renting(space, "戊", day=date(2024, 1, 15), until=NOVEMBER, outcome="left")
    renting(space, "己", day=date(2026, 12, 1))
    assert proposed(space) == [
        ("甲", 3000), ("丁", 1000), ("乙", 1000), ("丙", 0),
    ]  # fmt: skip


def test_a_share_of_a_fee_is_rounded_to_the_cent_half_up(registered, renting):
    space = registered()
    renting(space, day=date(2026, 11, 30), monthly_fee=Decimal("1000.35"))
    assert proposed(space) == [("甲科技", Decimal("33.35"))]


def test_a_fee_that_is_not_known_is_not_proposed_as_zero(registered, stay):
    space = registered()
    stay(space, "甲", monthly_fee=1)
    stay(space, "乙", free_months=0)
    assert proposed(space) == [("甲", None), ("乙", None)]


def test_a_month_that_is_billed_is_proposed_no_more_until_its_bill_is_cancelled(
    registered, renting, billed, cast
):
    bill = billed()
    assert proposed(bill.space) == []
    assert proposed(bill.space, date(2026, 12, 1)) == [("甲科技", 3000)]
    actions.cancel(bill, by=cast["bees.operator_clerk"], version=1, reason="金额有误")
    assert proposed(bill.space) == [("甲科技", 3000)]


@pytest.fixture
def billed(registered, renting, cast):
    """`billed()` is a bill of 3,000.10 yuan for November."""

    def one(name="甲科技", space=None, due=DUE):
        place = space or registered()
        charges = [(renting(place, name), {"rent": Decimal("3000.00"), "other": Decimal("0.10")})]
        (bill,) = actions.issue(place, by=cast["bees.operator_clerk"], month=NOVEMBER, due=due, charges=charges)  # fmt: skip
        return Bill.objects.get(pk=bill.pk)

    return one


def issue(client, space, number=1, **sent):
    url = f"{reverse('finance:issue', args=[space.code])}?month={NOVEMBER}"
    return client.post(url, {"request_key": f"{KEY}{number}", "due": "2026-11-30"} | sent)


def test_what_is_ticked_is_issued_in_one_step_with_numbers_in_their_order(
    registered, renting, signed_in
):
    space, client = registered(), signed_in("bees.operator_clerk")
    a, b, c = (renting(space, name).pk for name in "甲乙丙")
    sent = {f"take_{a}": "on", f"rent_{a}": "3000", f"services_{a}": "200.50", f"take_{b}": "on", f"rent_{b}": "2500"}  # fmt: skip
    assert issue(client, space, **sent, **{f"rent_{c}": "1"}).status_code == 302
    found = Bill.objects.order_by("number")
    assert [(one.number, one.stay_id, one.total) for one in found] == [
        ("202611-001", a, Decimal("3200.50")), ("202611-002", b, Decimal("2500.00")),
    ]  # fmt: skip
    assert Entry.objects.filter(verb="bill_issued").count() == 2
    page = client.get(reverse("finance:bills", args=[space.code])).content.decode()
    assert "3,200.50" in page
    assert proposed(space) == [("丙", 3000)]


def test_a_ticked_bill_names_its_rent_and_asks_for_something(registered, renting, signed_in):
    space, client = registered(), signed_in("bees.operator_clerk")
    key = renting(space).pk
    for rent in ("", "0", "-1"):
        answer = issue(client, space, **{f"take_{key}": "on", f"rent_{key}": rent})
        assert f"rent_{key}" in answer.context["form"].errors
    assert issue(client, space, **{f"rent_{key}": "5"}).context["form"].non_field_errors()
    assert issue(client, space, **{f"take_{key}": "on", f"rent_{key}": "0", f"other_{key}": "5"}).status_code == 302  # fmt: skip
    assert Bill.objects.get().total == 5


def test_the_same_month_is_billed_once_a_stay_by_whatever_way(billed, cast):
    bill = billed()
    charges = [(bill.stay, {"rent": Decimal(1)})]
    given = {"by": cast["bees.operator_clerk"], "month": NOVEMBER, "due": DUE, "charges": charges}
    with pytest.raises(Refused) as refused:
        actions.issue(bill.space, **given)
    assert refused.value.refusal.code == "twice"
    again = Bill(space=bill.space, stay=bill.stay, month=NOVEMBER, number="x", rent=1, due=DUE, issued_by=bill.issued_by)  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()
    actions.cancel(bill, by=cast["bees.operator_clerk"], version=1, reason="金额有误")
    (new,) = actions.issue(bill.space, **given)
    assert new.number == "202611-002"


def pay(client, bill, amount, number=1, day="2026-11-10"):
    sent = {"request_key": f"{KEY}{number}", "day": day, "amount": amount, "method": "transfer"}
    return client.post(reverse("finance:pay", args=[bill.key]), sent)


def fresh(bill):
    return Bill.objects.with_paid().get(pk=bill.pk)


def test_a_bill_is_paid_in_parts_to_the_cent_and_never_more_than_is_owed(billed, signed_in):
    bill, client = billed(), signed_in("bees.operator_clerk")
    assert (fresh(bill).state, fresh(bill).balance) == ("open", Decimal("3000.10"))
    assert pay(client, bill, "1000.03").status_code == 302
    assert (fresh(bill).state, fresh(bill).balance) == ("part", Decimal("2000.07"))
    assert pay(client, bill, "2000.08", 2).status_code == 409
    assert pay(client, bill, "1", 3, day="2026-11-21").context["form"].errors["day"]
    assert pay(client, bill, "2000.07", 4).status_code == 302
    assert (fresh(bill).state, fresh(bill).balance) == ("paid", 0)
    assert not Bill.objects.unpaid().exists()
    assert pay(client, bill, "0.01", 5).status_code == 409


def test_a_payment_that_was_a_mistake_is_struck_out_and_the_bill_owes_it_again(
    billed, signed_in, cast
):
    bill, client = billed(), signed_in("bees.operator_clerk")
    pay(client, bill, "3000.10")
    url = reverse("finance:strike", args=[Payment.objects.get().key])
    sent = {"request_key": f"{KEY}8", "version": 1, "reason": "记在了别家账上"}
    assert client.post(url, sent).status_code == 302
    assert (fresh(bill).state, fresh(bill).balance) == ("open", Decimal("3000.10"))
    page = client.get(bill.get_absolute_url()).content.decode()
    assert "记在了别家账上" in page
    assert client.get(url).status_code == 409
    assert Entry.objects.filter(verb="payment_struck").count() == 1


def test_a_bill_is_cancelled_with_a_reason_as_long_as_nothing_was_paid(billed, signed_in):
    bill, client = billed(), signed_in("bees.operator_clerk")
    paid = billed("乙科技", bill.space)
    pay(client, paid, "1")
    assert client.get(reverse("finance:cancel", args=[paid.key])).status_code == 409
    url, sent = reverse("finance:cancel", args=[bill.key]), {"request_key": f"{KEY}9", "version": 1}
    assert client.post(url, sent).context["form"].errors["reason"]
    assert client.post(url, sent | {"reason": "金额有误"}).status_code == 302
    assert (fresh(bill).state, fresh(bill).balance) == ("cancelled", 0)
    assert "金额有误" in client.get(bill.get_absolute_url()).content.decode()
    assert client.get(reverse("finance:pay", args=[bill.key])).status_code == 409


def test_what_is_overdue_waits_on_the_workbench_of_the_operator_alone(billed, signed_in, cast):
    space = billed(due=date(2026, 11, 19)).space
    late = billed("乙科技", space, due=date(2026, 11, 10))
    billed("丙科技", space, due=date(2026, 11, 20))

    def waiting(who):
        return [(todo.about, todo.due) for todo in all_todos(cast[who]) if "bills" in todo.url]

    assert waiting("bees.operator_clerk") == [("2 份账单已逾期。", date(2026, 11, 10))]
    assert waiting("ants.operator_clerk") == waiting("ping.reviewer") == []
    client = signed_in("bees.operator_clerk")
    pay(client, late, "3000.10")
    assert waiting("bees.operator_clerk") == [("1 份账单已逾期。", date(2026, 11, 19))]
    page = client.get(reverse("finance:bills", args=[space.code]), {"state": "overdue"})
    assert [one.stay.resident.name for one in page.context["page"].rows] == ["甲科技"]


@pytest.mark.parametrize("who", ["ants.operator_clerk", "ping.reviewer"])
def test_bills_are_between_the_operator_and_its_residents(billed, signed_in, who, cast):
    bill, client = billed(), signed_in(who)
    for url in (
        reverse("finance:bills", args=[bill.space.code]),
        reverse("finance:issue", args=[bill.space.code]),
        bill.get_absolute_url(),
        reverse("finance:pay", args=[bill.key]),
    ):
        assert client.get(url).status_code == 404
    with pytest.raises(Refused):
        actions.pay(bill, by=cast[who], day=DUE, amount=Decimal(1), method="cash")


def test_bills_are_found_by_resident_number_and_state(billed, signed_in):
    bill, client = billed(), signed_in("bees.operator_clerk")
    billed("乙科技", bill.space)

    def found(**asked):
        page = client.get(reverse("finance:bills", args=[bill.space.code]), asked)
        return [one.stay.resident.name for one in page.context["page"].rows]

    assert found() == ["乙科技", "甲科技"]
    assert found(q="甲") == found(q="611-001") == ["甲科技"]
    pay(client, bill, "3000.10")
    assert found(state="unpaid") == ["乙科技"]
    assert found(state="cancelled") == []


def test_a_list_of_three_bills_costs_as_many_queries_as_one_of_one(billed, signed_in):
    client, counts = signed_in("bees.operator_clerk"), []
    space = billed("甲").space
    for name in ("乙", "丙", "丁"):
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("finance:bills", args=[space.code]))
        counts.append(len(queries))
        billed(name, space)
    assert counts[1] == counts[2]
