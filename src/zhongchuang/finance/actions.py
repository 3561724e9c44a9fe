"""Bills are issued, paid and cancelled; nothing is deleted."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.audit.actions import log, log_all
from zhongchuang.finance.access import may_bill, may_cancel, may_pay, may_strike
from zhongchuang.finance.models import Bill, Payment
from zhongchuang.page.refusal import Refusal, Refused, require
from zhongchuang.records.actions import change
from zhongchuang.spaces.models import Space


@transaction.atomic
def issue(space, *, by, month, due, charges):
    """The bills of a month in one step: `charges` are pairs of a stay and its amounts (rent, services, other)."""
    require(may_bill(by, space))
    Space.objects.select_for_update().get(pk=space.pk)
    stays = [stay.pk for stay, _amounts in charges]
    twice = Bill.objects.standing().filter(month=month, stay__in=stays).select_related("stay__resident").first()  # fmt: skip
    if twice:
        raise Refused(
            Refusal(
                "twice", _("%(name)s has a bill for this month already. Load the page again."),
                {"name": str(twice.stay)}, status=409,
            )
        )  # fmt: skip
    last = Bill.objects.filter(space=space, month=month).count()
    bills = [
        Bill(
            space=space, stay=stay, month=month, due=due, issued_by=by.user,
            number=f"{month:%Y%m}-{number:03d}", **amounts,
        )
        for number, (stay, amounts) in enumerate(charges, last + 1)
    ]  # fmt: skip
    Bill.objects.bulk_create(bills)
    log_all([(bill, "bill_issued", {"new": told(bill)}) for bill in bills], by=by.who)
    return bills


def told(bill):
    names = ("month", "rent", "services", "other", "due")
    return {"space": bill.space.code, "stay": bill.stay_id} | {
        name: getattr(bill, name) for name in names
    }


@transaction.atomic
def pay(bill, *, by, day, amount, method):
    """Take a payment down; more than is owed is refused."""
    bill = Bill.objects.select_for_update().get(pk=bill.pk)
    require(may_pay(by, bill))
    if amount > bill.balance:
        raise Refused(
            Refusal(
                "too_much", _("Only %(balance)s yuan are owed. Enter this or less."),
                {"balance": f"{bill.balance:,.2f}"}, status=409,
            )
        )  # fmt: skip
    payment = Payment.objects.create(bill=bill, day=day, amount=amount, method=method, recorded_by=by.user)  # fmt: skip
    log(payment, "payment_recorded", by=by.who, new={"day": day, "amount": amount, "method": method})  # fmt: skip
    return bill


@transaction.atomic
def strike(payment, *, by, version, reason):
    """Strike out a payment that was entered by mistake; the bill owes it again."""
    require(may_strike(by, payment))
    change(payment, version=version, struck=timezone.now(), struck_reason=reason)
    log(payment, "payment_struck", by=by.who, given={"reason": reason})
    return payment.bill


@transaction.atomic
def cancel(bill, *, by, version, reason):
    """Cancel a bill of which nothing was paid; the month can be billed anew."""
    bill = Bill.objects.select_for_update().get(pk=bill.pk)
    require(may_cancel(by, bill))
    change(bill, version=version, cancelled=timezone.now(), cancelled_reason=reason)
    log(bill, "bill_cancelled", by=by.who, given={"reason": reason})
    return bill
