"""The shape of lines about money, as people enter them."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.finance.models import Cooperation, Fund, Investment, Partner, YearAccounts
from zhongchuang.finance.models.lines import PARTS
from zhongchuang.ledgers.forms import LineForm
from zhongchuang.residents.models import Resident

YUAN = _("In yuan.")


class FundForm(LineForm):
    rare = ("partner", "manager", "until")

    class Meta:
        model = Fund
        fields = ["name", "kind", "amount", "day", "at_disposal", "partner", "manager", "until"]
        labels = {"day": _("Set up on")}
        help_texts = {"amount": YUAN}


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


class InvestmentForm(LineForm):
    """Money for a resident that sits or sat here."""

    rare = ("investor",)

    class Meta:
        model = Investment
        fields = ["resident", "source", "amount", "day", "arrived", "form", "investor"]
        labels = {"day": _("Day of the investment")}
        help_texts = {"amount": YUAN}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        here = Resident.objects.filter(stays__space=self.space, stays__struck=None)
        self.fields["resident"].queryset = here.order_by("name", "pk").distinct()


class YearAccountsForm(LineForm):
    """The accounts of a year that has begun, once a year; a blank amount is unknown, 0 is none."""

    class Meta:
        model = YearAccounts
        fields = ["year", *PARTS, "operating_cost"]
        help_texts = dict.fromkeys(PARTS, YUAN) | {
            "income_rent": _("In yuan; 0 where there was none, blank where you do not know."),
            "operating_cost": YUAN,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            self.initial.setdefault("year", timezone.localdate().year - 1)

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
