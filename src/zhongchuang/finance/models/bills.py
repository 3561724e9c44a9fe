"""Bills of a space to those who stay there, a month each, and what was paid of them."""

import calendar
import uuid
from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhongchuang.organisations.models.people import APPLICANTS
from zhongchuang.policy.term import day_after_months
from zhongchuang.records.models import Versioned
from zhongchuang.residents.models import Stay
from zhongchuang.spaces.models import Space

CENT = Decimal("0.01")
ZERO = Decimal("0.00")
HALF_A_CENT = Decimal("0.005")
"""Less than this is nothing: a database may keep sums of cents in binary."""


def run_by(viewer):
    """Spaces whose operator the viewer works for: bills are seen by no one else."""
    posts = [post for post in getattr(viewer, "current_posts", ()) if post.role in APPLICANTS]
    return Space.objects.filter(operator__in=[one.organisation_id for one in posts])


class BillQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        return self.filter(space__in=run_by(viewer))

    def standing(self):
        """Without those that were cancelled."""
        return self.filter(cancelled=None)

    def with_paid(self):
        """Each with what was paid of it."""
        paid = Sum("payments__amount", filter=Q(payments__struck=None))
        owed = F("rent") + F("services") + F("other") - F("paid")
        zero = models.Value(ZERO, output_field=models.DecimalField(max_digits=16, decimal_places=2))
        return self.annotate(paid=Coalesce(paid, zero)).annotate(owed=owed)

    def unpaid(self):
        """Those of which something is still owed."""
        return self.standing().with_paid().filter(owed__gte=HALF_A_CENT)

    def overdue(self, day):
        return self.unpaid().filter(due__lt=day)


class Bill(Versioned):
    """What one stay owes for one month; a bill that was wrong is cancelled, and the month billed anew."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("bill", "not paid")
        PART = "part", pgettext_lazy("bill", "part paid")
        PAID = "paid", pgettext_lazy("bill", "paid")
        CANCELLED = "cancelled", pgettext_lazy("bill", "cancelled")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    space = models.ForeignKey(Space, models.PROTECT, related_name="bills")
    stay = models.ForeignKey(Stay, models.PROTECT, related_name="bills")
    month = models.DateField(_("month"), help_text="Its first day.")
    number = models.CharField(_("number of the bill"), max_length=20)
    rent = models.DecimalField(_("rent"), max_digits=12, decimal_places=2, default=ZERO)
    services = models.DecimalField(_("services"), max_digits=12, decimal_places=2, default=ZERO)
    other = models.DecimalField(_("other charges"), max_digits=12, decimal_places=2, default=ZERO)
    due = models.DateField(_("to be paid by"))
    issued = models.DateTimeField(default=timezone.now)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    cancelled = models.DateTimeField(null=True)
    cancelled_reason = models.CharField(_("reason"), max_length=500, blank=True)

    objects = BillQuerySet.as_manager()

    class Meta:
        ordering = ["-month", "-pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["stay", "month"], condition=Q(cancelled=None), name="a_month_is_billed_once"
            ),
            models.UniqueConstraint(fields=["space", "number"], name="a_bill_has_its_number"),
            models.CheckConstraint(condition=Q(month__day=1), name="a_bill_is_of_a_whole_month"),
            models.CheckConstraint(
                condition=Q(rent__gte=0, services__gte=0, other__gte=0)
                & (Q(rent__gt=0) | Q(services__gt=0) | Q(other__gt=0)),
                name="a_bill_asks_for_something",
            ),
            models.CheckConstraint(
                condition=Q(cancelled=None) | ~Q(cancelled_reason=""),
                name="a_bill_is_cancelled_with_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["space", "-month", "-id"], name="bills_by_month")]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("finance:bill", args=[self.key])

    @property
    def total(self):
        return self.rent + self.services + self.other

    @property
    def received(self):
        """What was paid of it, to the cent."""
        if not hasattr(self, "paid"):
            paid = self.payments.standing().aggregate(sum=Sum("amount"))["sum"]
            return (paid or ZERO).quantize(CENT)
        return self.paid.quantize(CENT)

    @property
    def balance(self):
        """What is still owed; nothing of a bill that was cancelled."""
        return ZERO if self.cancelled else self.total - self.received

    @property
    def state(self):
        if self.cancelled:
            return self.State.CANCELLED
        if not self.balance:
            return self.State.PAID
        return self.State.PART if self.received else self.State.OPEN

    @property
    def is_overdue(self):
        return bool(self.balance) and self.due < timezone.localdate()


class PaymentQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        return self.filter(bill__in=Bill.objects.visible_to(viewer))

    def standing(self):
        """Without those that were struck out."""
        return self.filter(struck=None)


class Payment(Versioned):
    """Money that came in for a bill; one that was entered by mistake is struck out with a reason."""

    class Method(models.TextChoices):
        TRANSFER = "transfer", _("bank transfer")
        ONLINE = "online", _("online payment")
        CASH = "cash", _("cash")
        OFFSET = "offset", _("set off against a deposit")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    bill = models.ForeignKey(Bill, models.PROTECT, related_name="payments")
    day = models.DateField(_("day of the payment"))
    amount = models.DecimalField(
        _("amount paid"), max_digits=12, decimal_places=2, validators=[MinValueValidator(CENT)]
    )
    method = models.CharField(_("how it was paid"), max_length=8, choices=Method)
    recorded = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    struck = models.DateTimeField(null=True)
    struck_reason = models.CharField(_("reason"), max_length=500, blank=True)

    objects = PaymentQuerySet.as_manager()

    class Meta:
        ordering = ["day", "pk"]
        default_permissions = []
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_payment_is_money"),
            models.CheckConstraint(
                condition=Q(struck=None) | ~Q(struck_reason=""), name="a_payment_struck_with_reason"
            ),
        ]

    def __str__(self):
        return f"{self.bill.number} {self.amount}"


# --- what a month asks for ------------------------------------------------------------------------


@dataclass(frozen=True)
class Proposal:
    """What a stay would be billed for a month; `rent` None is unknown, and `why` says what decides it."""

    stay: Stay
    rent: Decimal | None
    why: str


def proposals(space, month):
    """A proposal for every stay that sat here in the month and has no bill for it yet."""
    after = next_month(month)
    here = Stay.objects.standing().filter(space=space, day__lt=after)
    here = here.filter(Q(until=None) | Q(until__gt=month)).select_related("resident")
    billed = Bill.objects.standing().filter(space=space, month=month).values("stay")
    return [proposal(stay, month) for stay in here.exclude(pk__in=billed).order_by("day", "pk")]


def proposal(stay, month):
    """The fee for those days of the month that come after the free months; a part of a month costs its share of days."""
    if stay.free_months is None:
        return Proposal(stay, None, _("The free months are not recorded."))
    if stay.monthly_fee is None:
        return Proposal(stay, None, _("The fee is not recorded."))
    after, begins = next_month(month), day_after_months(stay.day, stay.free_months)
    first, last = max(month, begins), min(after, stay.until or after)
    if first >= last:
        return Proposal(stay, ZERO, _("The free months last until then."))
    days, all_days = (last - first).days, (after - month).days
    rent = (stay.monthly_fee * days / all_days).quantize(CENT, ROUND_HALF_UP)
    return Proposal(stay, rent, "" if days == all_days else _("A part of the month."))


def next_month(month):
    """The first day of the month after."""
    return month + timedelta(days=calendar.monthrange(month.year, month.month)[1])
