"""Who issues bills and takes payments down; every answer "no" says why."""

from django.utils.translation import gettext_lazy as _

from zhongchuang.organisations.models.people import APPLICANTS
from zhongchuang.page.refusal import Refusal, conflict


def may_bill(acting, space):
    """Those who act for the operator, of a closed space too: what is owed stays owed."""
    if acting.role not in APPLICANTS or acting.organisation != space.operator:
        return Refusal(
            "not_yours",
            _("Only those who act for the operator of this space issue its bills and record payments."),
        )  # fmt: skip
    return None


def may_pay(acting, bill):
    """Whether a payment of this bill is taken down."""
    refusal = may_bill(acting, bill.space)
    if refusal is None and bill.cancelled:
        return conflict("cancelled", _("This bill is cancelled. Record the payment with the bill that replaces it."))  # fmt: skip
    if refusal is None and not bill.balance:
        return conflict("paid", _("This bill is paid in full."))
    return refusal


def may_cancel(acting, bill):
    """A bill of which something was paid is cancelled after its payments are struck out."""
    refusal = may_bill(acting, bill.space)
    if refusal is None and bill.cancelled:
        return conflict("cancelled", _("This bill is cancelled already."))
    if refusal is None and bill.received:
        return conflict("part_paid", _("Something was paid of this bill. Strike the payments out first, then cancel it."))  # fmt: skip
    return refusal


def may_strike(acting, payment):
    refusal = may_bill(acting, payment.bill.space)
    if refusal is None and payment.struck:
        return conflict("struck", _("This payment is struck out already."))
    return refusal
