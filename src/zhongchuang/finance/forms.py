"""The shape of lines about money and of bills, as people enter them."""

from datetime import date, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhongchuang.finance.models import (
    Cooperation,
    Fund,
    Investment,
    Partner,
    Payment,
    YearAccounts,
)
from zhongchuang.finance.models.bills import CENT, ZERO, next_month
from zhongchuang.finance.models.lines import PARTS
from zhongchuang.ledgers.forms import LineForm
from zhongchuang.records.forms import Keyed, Seen
from zhongchuang.residents.models import Resident
from zhongchuang.spaces.forms import day_input

YUAN = "finance/yuan_field.html"
"""A field with its unit beside it."""


class MoneyForm(LineForm):
    """A line with amounts; each stands with its unit."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.DecimalField):
                field.template_name = YUAN


class FundForm(MoneyForm):
    rare = ("partner", "manager", "until")

    class Meta:
        model = Fund
        fields = ["name", "kind", "amount", "day", "at_disposal", "partner", "manager", "until"]
        labels = {"day": _("Set up on")}


class PartnerForm(LineForm):
    rare = ("agreement", "until")

    class Meta:
        model = Partner
        fields = ["name", "kind", "day", "agreement", "until"]
        labels = {"day": _("Agreement in force since")}


class CooperationForm(LineForm):
    rare = ("agreement", "until")

    class Meta:
        model = Cooperation
        fields = ["name", "services", "day", "agreement", "until"]
        labels = {"day": _("Agreement in force since")}


class InvestmentForm(MoneyForm):
    """Money for a resident that sits or sat here."""

    rare = ("investor",)

    class Meta:
        model = Investment
        fields = ["resident", "source", "amount", "day", "arrived", "form", "investor"]
        labels = {"day": _("Day of the investment")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        here = Resident.objects.filter(stays__space=self.space, stays__struck=None)
        self.fields["resident"].queryset = here.order_by("name", "pk").distinct()
        self.fields["resident"].empty_label = _("Choose a resident")


class YearAccountsForm(MoneyForm):
    """The accounts of a year that has begun, once a year; a blank amount is unknown, 0 is none."""

    class Meta:
        model = YearAccounts
        fields = ["year", *PARTS, "operating_cost"]
        help_texts = {"income_rent": _("0 where there was none, blank where you do not know.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            self.initial["year"] = self.initial.get("year") or timezone.localdate().year - 1

    def clean_year(self):
        year, last = self.cleaned_data["year"], timezone.localdate().year
        if not self.space.opened.year <= year <= last:
            raise ValidationError(
                _("Accounts are entered for the years %(first)s to %(last)s: from the opening of the space until now."),
                code="outside", params={"first": self.space.opened.year, "last": last},
            )  # fmt: skip
        others = YearAccounts.objects.standing().filter(space=self.space, year=year)
        if others.exclude(pk=self.instance.pk).exists():
            raise ValidationError(
                _("The accounts of %(year)s stand in the ledger already. Correct that line instead."),
                code="twice", params={"year": year},
            )  # fmt: skip
        return year

    def clean(self):
        """The accounts stand at the last day of their year."""
        given = super().clean()
        if "year" in given:
            given["day"] = date(given["year"], 12, 31)
        return given


# --- bills ----------------------------------------------------------------------------------------

MONTHS_BACK = 12
AMOUNTS = ("rent", "services", "other")


def months(today):
    """The months that may be billed, the next one first."""
    found = [next_month(today.replace(day=1))]
    while len(found) <= MONTHS_BACK + 1:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found


class MonthForm(forms.Form):
    """Which month is billed; without an answer the one that runs."""

    month = forms.TypedChoiceField(label=_("Month"), coerce=date.fromisoformat)

    def __init__(self, *given, **more):
        super().__init__(*given, **more)
        today = timezone.localdate()
        choices = [
            (one.isoformat(), date_format(one, "YEAR_MONTH_FORMAT")) for one in months(today)
        ]
        self.fields["month"].choices = choices
        self.fields["month"].initial = today.replace(day=1).isoformat()


class BillsForm(forms.Form):
    """What narrows the list of bills."""

    q = forms.CharField(label=_("Resident or number"), max_length=100, required=False)
    state = forms.ChoiceField(
        label=_("State"), required=False,
        choices=[
            ("", _("All bills")), ("unpaid", _("not paid in full")), ("overdue", _("overdue")),
            ("cancelled", pgettext_lazy("bill", "cancelled")),
        ],
    )  # fmt: skip


def charge(label, initial=None):
    return forms.DecimalField(
        label=label,
        min_value=0,
        max_digits=12,
        decimal_places=2,
        required=False,
        initial=initial,
        widget=forms.NumberInput({"aria-label": label}),
    )


class IssueForm(Keyed):
    """The bills that a month asks for, one row a stay: taken or left out, each amount as proposed or put right."""

    due = forms.DateField(label=_("To be paid by"), widget=day_input())

    def __init__(self, *given, month, proposals, **more):
        super().__init__(*given, **more)
        self.month, self.proposals = month, proposals
        last = next_month(month) - timedelta(days=1)
        self.fields["due"].initial = max(last, timezone.localdate())
        for one in proposals:
            key, name = one.stay.pk, one.stay.resident.name
            self.fields[f"take_{key}"] = forms.BooleanField(
                label=_("Bill for %(name)s") % {"name": name},
                required=False,
                initial=bool(one.rent),
            )
            self.fields[f"rent_{key}"] = charge(_("Rent of %(name)s") % {"name": name}, one.rent)
            self.fields[f"services_{key}"] = charge(_("Services to %(name)s") % {"name": name})
            self.fields[f"other_{key}"] = charge(_("Other charges to %(name)s") % {"name": name})

    @property
    def rows(self):
        """Each proposal with its fields."""
        return [
            (one, self[f"take_{one.stay.pk}"], [self[f"{name}_{one.stay.pk}"] for name in AMOUNTS])
            for one in self.proposals
        ]

    def clean_due(self):
        if self.cleaned_data["due"] < self.month:
            raise ValidationError(
                _("A bill is paid after its month began. Choose a later day."), code="too_early"
            )
        return self.cleaned_data["due"]

    def clean(self):
        """The rows that were taken, as pairs of a stay and its amounts; blank services and other charges are none."""
        given = super().clean()
        charges = []
        for one in self.proposals:
            key = one.stay.pk
            if given.get(f"take_{key}"):
                self.check(one, given)
                amounts = {name: given.get(f"{name}_{key}") or ZERO for name in AMOUNTS}
                charges.append((one.stay, amounts))
        if not charges:
            self.add_error(None, ValidationError(_("Tick at least one bill."), code="none"))
        kept = {name: given.get(name) for name in ("request_key", "due")}
        return kept | {"charges": charges}

    def check(self, one, given):
        """A bill asks for something, and its rent is known."""
        name = f"rent_{one.stay.pk}"
        if name in self.errors:
            return
        if given.get(name) is None:
            problem = _("Enter the rent; 0 if there is none this month.")
        elif any(given.get(f"{what}_{one.stay.pk}") for what in AMOUNTS):
            return
        else:
            problem = _("This bill asks for nothing. Enter an amount, or leave it out.")
        self.add_error(name, ValidationError(problem, code="nothing"))


class PayForm(Keyed):
    """Money that came in for a bill."""

    day = forms.DateField(label=_("Day of the payment"), widget=day_input())
    amount = forms.DecimalField(
        label=_("Amount paid"), min_value=CENT, max_digits=12, decimal_places=2, template_name=YUAN
    )
    method = forms.ChoiceField(label=_("How it was paid"), choices=Payment.Method)

    def clean_day(self):
        if self.cleaned_data["day"] > timezone.localdate():
            raise ValidationError(
                _("This day has not come. Record the payment when the money is there."),
                code="future",
            )
        return self.cleaned_data["day"]


class CancelForm(Seen):
    reason = forms.CharField(
        label=_("Why the bill is cancelled"), max_length=500, widget=forms.Textarea({"rows": 3}),
        help_text=_("It stays readable beside the bill; the month can be billed anew."),
    )  # fmt: skip
