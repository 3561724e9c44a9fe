"""The shape of what people enter about residents."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from zhongchuang.ledgers.forms import LineForm
from zhongchuang.organisations.forms import CreditCodeField, RegionField
from zhongchuang.records.forms import Keyed, Seen
from zhongchuang.residents.models import Founder, MonthReport, Report, Resident, Stage, Stay
from zhongchuang.residents.models.month import YEAR, last_day
from zhongchuang.residents.rules import meanings
from zhongchuang.sealed.forms import IdentityField, MobileField
from zhongchuang.spaces.forms import BLANK, day_input


def unknown_first(choices):
    return BLANK + list(choices)


class CodeBesideKind(forms.Form):
    """A firm has a credit code, a team and a maker have none."""

    def clean(self):
        given = super().clean()
        code, kind = given.get("credit_code"), given.get("kind")
        if code and kind and kind != Resident.Kind.FIRM:
            self.add_error(
                "credit_code", ValidationError(_("Who has a credit code is a startup. Choose that kind, or leave the code blank."), code="not_a_firm")
            )  # fmt: skip
        return given


class TakeInForm(CodeBesideKind, LineForm):
    """A resident moves in: what is needed at the door; the rest may follow."""

    rare = (
        "credit_code", "product", "industry", "people", "area", "agreement", "agreement_ends",
        "months_allowed", "monthly_fee", "registered_here",
    )  # fmt: skip

    kind = forms.ChoiceField(label=_("Kind"), choices=Resident.Kind)
    name = forms.CharField(label=_("Name"), max_length=200)
    credit_code = CreditCodeField(
        label=_("Unified social credit code"), required=False,
        help_text=_("Of a firm. One that sat elsewhere before is known again by it, with its history."),
    )  # fmt: skip
    founder = forms.CharField(label=_("Leading founder"), max_length=100, required=False)
    founder_kind = forms.ChoiceField(
        label=_("Kind of founder"), choices=unknown_first(Founder.Kind.choices), required=False
    )
    stage = forms.ChoiceField(
        label=_("Stage"), choices=unknown_first(Stage.Name.choices), required=False
    )
    desks = forms.IntegerField(
        label=_("Desks"), min_value=0, max_value=10_000, required=False,
        help_text=_("0 if it takes none; blank is unknown."),
    )  # fmt: skip
    product = forms.CharField(label=_("Product or project"), max_length=500, required=False)
    industry = forms.ChoiceField(
        label=_("Industry"), choices=unknown_first(Resident._meta.get_field("industry").choices), required=False
    )  # fmt: skip

    field_order = (
        "kind", "name", "founder", "founder_kind", "day", "stage", "desks", "free_months", "credit_code",
        "product", "industry", "people",
    )  # fmt: skip

    class Meta:
        model = Stay
        fields = [
            "day", "free_months", "people", "area", "agreement", "agreement_ends", "months_allowed",
            "monthly_fee", "registered_here",
        ]  # fmt: skip
        labels = {"day": _("Moved in on")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["file"]

    def clean_day(self):
        return not_to_come(self, "day")


class StayForm(LineForm):
    """Putting a stay right."""

    class Meta:
        model = Stay
        fields = [
            *TakeInForm.Meta.fields, "until", "outcome", "destination", "destination_name", "reason",
        ]  # fmt: skip
        labels = {"day": _("Moved in on"), "until": _("First day on which it was gone")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        ending = ("until", "outcome", "destination", "destination_name", "reason")
        for name in ending if self.instance.until is None else ():
            del self.fields[name]
        for name in ("until", "outcome") if self.instance.until else ():
            self.fields[name].required = True

    def clean(self):
        return leads_somewhere(self, super().clean())


def not_to_come(form, name):
    """A day of what has happened."""
    day = form.cleaned_data[name]
    if day > timezone.localdate():
        raise ValidationError(_("That day is still to come."), code="future")
    return day


def leads_somewhere(form, given):
    """Of who graduated or moved on it is said where to: placements and firms on the market are counted by it."""
    if given.get("outcome") in meanings()["leads_on"] and not given.get("destination"):
        form.add_error(
            "destination", ValidationError(_("Say where it went: what is counted by destination is unknown without it."), code="nowhere")
        )  # fmt: skip
    return given


class ResidentForm(CodeBesideKind, Seen, forms.ModelForm):
    credit_code = CreditCodeField(label=_("Unified social credit code"), required=False)
    region = RegionField(label=_("Where it comes from"), max_length=60, required=False)

    class Meta:
        model = Resident
        fields = [
            "kind", "name", "credit_code", "founded", "registered", "region", "registration", "taxpayer",
            "industry", "field", "product", "capital", "high_tech",
        ]  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("founded", "registered"):
            self.fields[name].widget = day_input()
        for name in ("registration", "taxpayer", "industry", "high_tech"):
            self.fields[name].choices = unknown_first(Resident._meta.get_field(name).choices)

    def clean(self):
        given = super().clean()
        if (
            given.get("kind") == Resident.Kind.FIRM
            and not given.get("registered")
            and not self.instance.credit_code
        ):
            self.add_error(
                "registered", ValidationError(_("A startup has the day on its business licence: newly registered firms are counted by it."), code="no_day")
            )  # fmt: skip
        return given

    def _post_clean(self):
        """The action writes the row, so no instance is built here."""


class FounderForm(Keyed, forms.ModelForm):
    mobile = MobileField(label=_("Mobile telephone"), required=False)
    identity_number = IdentityField(
        label=_("Identity number"), required=False,
        help_text=_("Only where it is needed. It is kept encrypted, shown masked, and each opening stands in the log."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Founder
        fields = [
            "name",
            "kind",
            "serial",
            "sex",
            "education",
            "mobile",
            "identity_number",
            "lead",
            "left",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version if self.instance.pk else None
        self.fields["left"].widget = day_input()
        for name in ("kind", "serial", "sex", "education"):
            self.fields[name].choices = unknown_first(Founder._meta.get_field(name).choices)
        if not self.instance.pk:
            del self.fields["left"]

    def _post_clean(self):
        """The action writes the row, so no instance is built here."""


class FromDayForm(Seen):
    """Something about a stay from a day on."""

    day = forms.DateField(label=_("From which day"), widget=day_input(), initial=timezone.localdate)

    def clean_day(self):
        return not_to_come(self, "day")


class StageForm(FromDayForm):
    stage = forms.ChoiceField(label=_("Stage"), choices=Stage.Name.choices)


class DesksForm(FromDayForm):
    desks = forms.IntegerField(label=_("Desks"), min_value=0, max_value=10_000)


class LeaveForm(Seen):
    day = forms.DateField(
        label=_("First day on which it was gone"), widget=day_input(), initial=timezone.localdate
    )
    outcome = forms.ChoiceField(
        label=_("How it ended"), choices=unknown_first(Stay.Outcome.choices)
    )
    destination = forms.ChoiceField(
        label=_("Where it went"), choices=unknown_first(Stay.Destination.choices), required=False
    )
    destination_name = forms.CharField(label=_("Name of the place"), max_length=200, required=False)
    reason = forms.CharField(
        label=_("Reason of leaving"), max_length=500, required=False,
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip

    def clean_day(self):
        return not_to_come(self, "day")

    def clean(self):
        return leads_somewhere(self, super().clean())


class OfResidentForm(LineForm):
    """Figures of one resident for a year or a month of which `days` are the last days; each is reported once."""

    said_already = ""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        stayed = Stay.objects.standing().filter(space=self.space)
        self.fields["resident"].queryset = Resident.objects.filter(pk__in=stayed.values("resident"))
        self.fields["resident"].queryset = self.fields["resident"].queryset.order_by("name", "pk")
        self.fields["day"] = forms.TypedChoiceField(
            label=self._meta.labels["day"], choices=self.days(), coerce=forms.DateField().to_python
        )
        self.order_fields(self._meta.fields)

    def clean(self):
        given = super().clean()
        if "resident" in given and "day" in given:
            same = self._meta.model.objects.standing().filter(space=self.space, resident=given["resident"], day=given["day"])  # fmt: skip
            if same.exclude(pk=self.instance.pk).exists():
                self.add_error("day", ValidationError(self.said_already, code="reported"))
        return given


class ReportForm(OfResidentForm):
    """The figures of one resident for one year; what is blank is unknown, 0 is none."""

    said_already = _("The figures of this year are in the ledger already. Correct that line.")
    rare = (
        "doctors", "college", "returnees", "net_profit", "exports", "rd_spending", "inventions_valid",
        "software", "plant_varieties", "layouts", "bought_abroad", "contracts", "contract_amount", "projects",
        "prizes", "has_mentor", "responsible",
    )  # fmt: skip

    class Meta:
        model = Report
        fields = [
            "resident", "day", "staff", "graduates", "income", "taxes", "ip_applied", "ip_granted", "ip_valid",
            "inventions_valid", "doctors", "college", "returnees", "net_profit", "exports", "rd_spending",
            "software", "plant_varieties", "layouts", "bought_abroad", "contracts", "contract_amount",
            "projects", "prizes", "has_mentor", "responsible",
        ]  # fmt: skip
        labels = {"day": _("Calendar year")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        last = timezone.localdate().year
        self.initial["day"] = str(self.initial.get("day") or f"{last - 1}-12-31")
        if self.instance.pk:
            self.initial["day"] = f"{self.instance.day.year}-12-31"

    def days(self):
        last = timezone.localdate().year
        years = range(last, max(last - 10, self.space.opened.year - 1), -1)
        return [(f"{year}-12-31", str(year)) for year in years]


MONTHS_BACK = 36


def ended_months(count):
    """The last days of the months that have ended, the newest first."""
    today = timezone.localdate()
    this = today.year * YEAR + today.month - 1
    days = (last_day(*in_year(this - back)) for back in range(count + 1))
    return [day for day in days if day <= today][:count]


def in_year(months):
    """Year and month by the number of months since the year 0."""
    year, month = divmod(months, YEAR)
    return year, month + 1


def told(day):
    """A month in words."""
    return date_format(day, "YEAR_MONTH_FORMAT")


class MonthForm(OfResidentForm):
    """The figures of one resident for one month; what is blank is unknown, 0 is none."""

    said_already = _("The figures of this month are in the ledger already. Correct that line.")
    rare = (
        "graduates",
        "net_profit",
        "exports",
        "ip_applied",
        "ip_granted",
        "ip_valid",
        "responsible",
    )

    class Meta:
        model = MonthReport
        fields = [
            "resident", "day", "staff", "income", "taxes", "rd_spending", "invested", "graduates", "net_profit",
            "exports", "ip_applied", "ip_granted", "ip_valid", "responsible",
        ]  # fmt: skip
        labels = {"day": _("Calendar month")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["day"] = str(self.instance.day if self.instance.pk else ended_months(1)[0])

    def days(self):
        opened = self.space.opened
        found = [day for day in ended_months(MONTHS_BACK) if day >= opened]
        own = self.instance.day if self.instance.pk else None
        return [
            (str(day), told(day)) for day in ([own] if own and own not in found else []) + found
        ]


class SameForm(forms.Form):
    q = forms.CharField(label=_("Name, credit code or product"), max_length=100)


class MergeForm(Keyed):
    """Two records are merged, or taken apart: with a reason."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea({"rows": 2}),
        help_text=_("It stands in the log and beside the record."),
    )  # fmt: skip
