"""The accounts of a space over the years, its bills, and what was paid of them."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhongchuang.finance import actions
from zhongchuang.finance.access import may_bill, may_cancel, may_pay, may_strike
from zhongchuang.finance.charts import accounts_of, picture, sources
from zhongchuang.finance.forms import BillsForm, CancelForm, IssueForm, MonthForm, PayForm
from zhongchuang.finance.models import Bill, Payment
from zhongchuang.finance.models.bills import proposals, run_by
from zhongchuang.finance.models.lines import PARTS
from zhongchuang.ledgers.access import may_write
from zhongchuang.ledgers.forms import StrikeForm
from zhongchuang.organisations.access import acting
from zhongchuang.organisations.views import posted
from zhongchuang.page.paging import page_of
from zhongchuang.policy.facts import space_catalogue
from zhongchuang.records.views.requests import send
from zhongchuang.spaces.views.space import visible_space

AT_ONCE = 100
"""So many bills are issued in one step; a form holds no more fields. The others follow in the next."""
BY = ("month", "pk")


# --- accounts -------------------------------------------------------------------------------------


@login_required
@require_safe
def accounts(request, code):
    """Income by source of the last years as stacked bars, with the same as a table and what each source means."""
    space, me = visible_space(request, code), acting(request)
    shown = accounts_of(me, space, timezone.localdate())
    names = ("income", *PARTS, "operating_cost")
    page = {
        "space": space,
        "picture": picture(shown),
        "labels": sources(),
        "rows": [(one, [getattr(one, name) for name in (*PARTS, "income", "operating_cost")]) for one in reversed(shown)],
        "definitions": [space_catalogue().find(name).fact for name in names],
        "may_write": may_write(me, space) is None,
        "bills": may_bill(me, space) is None,
    }  # fmt: skip
    return render(request, "finance/accounts.html", page)


# --- bills ----------------------------------------------------------------------------------------


def billing_space(request, code):
    """A space whose operator the reader works for."""
    return get_object_or_404(run_by(acting(request)).select_related("operator", "region"), code=code)  # fmt: skip


def narrowed(rows, form):
    """The bills that the form asks for."""
    given = form.cleaned_data if form.is_valid() else {}
    for word in given.get("q", "").split():
        rows = rows.filter(Q(stay__resident__name__icontains=word) | Q(number__icontains=word))
    match given.get("state"):
        case "unpaid":
            return rows.unpaid()
        case "overdue":
            return rows.overdue(timezone.localdate())
        case "cancelled":
            return rows.exclude(cancelled=None)
    return rows


@login_required
@require_safe
def bills(request, code):
    """The bills of a space, the newest month first."""
    space, me = billing_space(request, code), acting(request)
    form = BillsForm(request.GET or None)
    found = narrowed(Bill.objects.visible_to(me).filter(space=space), form)
    page = {
        "space": space,
        "form": form,
        "page": page_of(found.with_paid().select_related("stay__resident"), request, by=BY),
        "narrowed": form.is_bound and form.is_valid() and any(form.cleaned_data.values()),
        "may_bill": may_bill(me, space) is None,
    }
    return render(request, "finance/bills.html", page)


@login_required
def issue(request, code):
    """The bills of a month as proposed, looked through and issued in one step."""
    space, me = billing_space(request, code), acting(request)
    choice = MonthForm(request.GET if "month" in request.GET else None)
    today = timezone.localdate()
    month = choice.cleaned_data["month"] if choice.is_valid() else today.replace(day=1)
    found = proposals(space, month)
    form = IssueForm(posted(request), month=month, proposals=found[:AT_ONCE])
    page = {
        "template": "finance/issue.html", "space": space, "choice": choice, "month": month,
        "more": max(len(found) - AT_ONCE, 0),
    }  # fmt: skip
    return send(
        request, form, partial(actions.issue, space, by=me, month=month), purpose="finance.issue",
        key=f"{code}.{month}", title=f"{_('Issue bills')}{_(': ')}{space.name}", done=_("The bills are issued."),
        page=page, to=("finance:bills", code), refusal=may_bill(me, space),
    )  # fmt: skip


def visible_bill(request, key):
    seen = Bill.objects.visible_to(acting(request)).select_related(
        "space__operator", "stay__resident", "issued_by"
    )
    return get_object_or_404(seen, key=key)


@login_required
@require_safe
def bill(request, key):
    """A bill as it is printed, with what was paid of it."""
    shown, me = visible_bill(request, key), acting(request)
    page = {
        "bill": shown,
        "space": shown.space,
        "payments": shown.payments.select_related("recorded_by"),
        "may_pay": may_pay(me, shown) is None,
        "may_cancel": may_cancel(me, shown) is None,
        "may_strike": may_bill(me, shown.space) is None,
    }
    return render(request, "finance/bill.html", page)


@login_required
def pay(request, key):
    shown, me = visible_bill(request, key), acting(request)
    begun = {"day": timezone.localdate(), "amount": shown.balance, "method": Payment.Method.TRANSFER}  # fmt: skip
    form = PayForm(posted(request), initial=begun)
    page = {"template": "finance/form.html", "bill": shown, "space": shown.space, "heading": _("Record a payment")}  # fmt: skip
    return send(
        request, form, partial(actions.pay, shown, by=me), purpose="finance.pay", key=key, title=str(shown),
        done=_("The payment is recorded."), page=page, to=shown, refusal=may_pay(me, shown),
    )  # fmt: skip


@login_required
def cancel(request, key):
    shown, me = visible_bill(request, key), acting(request)
    form = CancelForm(posted(request), initial={"version": shown.version})
    page = {"template": "finance/form.html", "bill": shown, "space": shown.space, "heading": _("Cancel the bill")}  # fmt: skip
    return send(
        request, form, partial(actions.cancel, shown, by=me), purpose="finance.cancel", key=key, title=str(shown),
        done=_("The bill is cancelled."), page=page, to=shown, refusal=may_cancel(me, shown),
    )  # fmt: skip


@login_required
def strike(request, key):
    me = acting(request)
    seen = Payment.objects.visible_to(me).select_related("bill__space__operator")
    shown = get_object_or_404(seen, key=key)
    form = StrikeForm(posted(request), initial={"version": shown.version})
    page = {
        "template": "finance/form.html", "bill": shown.bill, "space": shown.bill.space,
        "heading": _("Strike out a payment"),
    }  # fmt: skip
    return send(
        request, form, partial(actions.strike, shown, by=me), purpose="finance.strike", key=key, title=str(shown),
        done=_("The payment is struck out."), page=page, to=shown.bill, refusal=may_strike(me, shown),
    )  # fmt: skip
