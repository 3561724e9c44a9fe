"""The dated tables: from which day something holds, why, and the files behind it; answers to changes of them."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from zhongchuang.organisations.forms import CreditCodeField, RegionField
from zhongchuang.organisations.models import Organisation, Region
from zhongchuang.page.refusal import Refused
from zhongchuang.policy.facts import space_catalogue
from zhongchuang.records.actions import look_at
from zhongchuang.records.forms import ACCEPTED, Keyed
from zhongchuang.records.models import Evidence
from zhongchuang.sealed.forms import IdentityField, MobileField
from zhongchuang.spaces.models import (
    Equipment,
    Host,
    Lease,
    Particulars,
    Premises,
    StaffCount,
    StaffMember,
)
from zhongchuang.spaces.models.tables import bounds

BLANK = [("", _("unknown"))]
RECENT = 200
"""So many of the newest files are offered to choose from."""


def day_input():
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


def area_input():
    return forms.NumberInput({"step": "0.01", "min": "0", "inputmode": "decimal"})


def likely(day):
    """The day, refused where its year must be a slip of the pen."""
    if day and day.year < timezone.localdate().year - 100:
        raise ValidationError(
            _("%(day)s lies more than a hundred years back. Check the year."),
            code="long_ago", params={"day": date_format(day)},
        )  # fmt: skip
    return day


def unhelped():
    """A field whose entries no browser offers to the next person."""
    return forms.TextInput({"autocomplete": "off"})


class EvidenceChoice(forms.ModelMultipleChoiceField):
    def label_from_instance(self, evidence):
        return f"{evidence.name} ({timezone.localdate(evidence.moment)})"


class WritingForm(Keyed):
    """From which day something holds, why, and the files behind it."""

    values = {}

    on = forms.DateField(label=_("From which day"), widget=day_input())
    reason = forms.CharField(
        label=_("Reason"), max_length=500, required=False, widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip
    file = forms.FileField(
        label=_("File behind it"), required=False,
        widget=forms.FileInput({"accept": ACCEPTED}),
        help_text=_("PDF, Word (.docx), Excel (.xlsx), JPG or PNG, at most 50 MB."),
    )  # fmt: skip
    evidence = EvidenceChoice(
        label=_("Files handed in before"), queryset=Evidence.objects.none(), required=False,
        widget=forms.SelectMultiple({"size": 4}),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, by, reason_needed=False, **kwargs):
        super().__init__(*args, **kwargs)
        own = Evidence.objects.visible_to(by).current().filter(organisation=by.organisation)
        self.fields["evidence"].queryset = Evidence.objects.filter(
            pk__in=own.order_by("-moment").values("pk")[:RECENT]
        )
        if not own.exists():
            del self.fields["evidence"]
        self.fields["reason"].required = reason_needed
        self.by = by

    def clean_on(self):
        return likely(self.cleaned_data["on"])

    def clean_file(self):
        """The file is looked at here, before anything is written: that takes seconds."""
        file = self.cleaned_data["file"]
        if not file:
            return None
        try:
            return look_at(file, by=self.by)
        except Refused as refused:
            raise ValidationError(str(refused), code=refused.refusal.code) from refused


class RowForm(WritingForm, forms.ModelForm):
    """The entered fields of a dated table, with day, reason and files; a blank choice is unknown."""

    def __init__(self, *args, space=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.space = space
        for name in self._meta.fields:
            field, column = self.fields[name], self._meta.model._meta.get_field(name)
            if column.choices and column.blank:
                field.choices = BLANK + list(column.choices)
            if isinstance(field, forms.DateField):
                field.widget = day_input()
            if limits := bounds(column):
                field.validators = [MinValueValidator(limits[0]), MaxValueValidator(limits[1])]

    def _post_clean(self):
        """The action writes the row, so no instance is built here."""

    @property
    def values(self):
        """What is entered of the row itself."""
        return {name: self.cleaned_data[name] for name in self._meta.fields}


class ParticularsForm(RowForm):
    region = RegionField(label=_("Region"), max_length=60)
    website = forms.URLField(
        label=_("Website"), max_length=200, required=False, assume_scheme="https"
    )

    class Meta:
        model = Particulars
        fields = [
            "name", "short_name", "region", "address", "operator_kind", "industry", "founder",
            "service", "direction", "goals", "separate_accounts", "free_broadband",
            "online_platform", "website", "phone", "hours", "introduction",
        ]  # fmt: skip
        widgets = {
            "direction": forms.Textarea({"rows": 2}),
            "goals": forms.Textarea({"rows": 2}),
            "introduction": forms.Textarea({"rows": 4}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        region = self.initial.get("region")
        if isinstance(region, int):
            self.initial["region"] = Region.objects.get(pk=region).full_name


class PremisesForm(RowForm):
    class Meta:
        model = Premises
        fields = ["name", "address", "floor_area", "public_area", "desk_area", "desks", "tenure"]
        widgets = {name: area_input() for name in ("floor_area", "public_area", "desk_area")}

    def clean(self):
        given = super().clean()
        whole = given.get("floor_area")
        if whole is not None and whole == 0:
            self.add_error("floor_area", _("A site has more than 0 m². Enter its area."))
        parts = sum(given.get(name) or 0 for name in ("public_area", "desk_area"))
        if whole and parts > whole:
            self.add_error(
                "floor_area",
                ValidationError(
                    _("Public and desk area are %(parts)s m² together, more than the %(whole)s m² in all. Correct one of the three."),
                    code="parts", params={"parts": parts, "whole": whole},
                ),
            )  # fmt: skip
        return given


class LeaseForm(RowForm):
    site = forms.TypedChoiceField(label=_("Site"))

    class Meta:
        model = Lease
        fields = ["site", "landlord", "number", "begins", "ends", "area", "yearly_rent"]
        widgets = {"area": area_input(), "yearly_rent": area_input()}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        sites = self.space.premises_rows.filter(valid_until=None)
        self.fields["site"].choices = [(str(site.series), site.name) for site in sites]

    def clean(self):
        given = super().clean()
        begins, ends = given.get("begins"), given.get("ends")
        if begins and ends and ends < begins:
            self.add_error("ends", _("The last day lies before the first day."))
        return given


class StaffForm(RowForm):
    mobile = MobileField(
        label=_("Mobile telephone"), max_length=30, required=False, widget=unhelped(),
        help_text=_("It is kept encrypted and shown masked; whoever opens it gives a reason."),
    )  # fmt: skip
    identity_number = IdentityField(
        label=_("Identity number"), max_length=30, required=False, widget=unhelped(),
        help_text=_("It is kept encrypted and shown masked; whoever opens it gives a reason."),
    )  # fmt: skip

    class Meta:
        model = StaffMember
        fields = [
            "name", "duty", "education", "fulltime", "professional", "mobile", "identity_number",
        ]  # fmt: skip


class StaffCountForm(RowForm):
    PARTS = ("fulltime", "college", "professional", "investment_managers", "trainers")

    class Meta:
        model = StaffCount
        fields = [
            "staff", "fulltime", "college", "professional", "investment_managers", "trainers",
        ]  # fmt: skip

    def clean(self):
        given = super().clean()
        whole = given.get("staff")
        for name in self.PARTS:
            part = given.get(name)
            if whole is not None and part is not None and part > whole:
                self.add_error(
                    name,
                    ValidationError(
                        _("%(part)s is more than the %(whole)s people in all."),
                        code="part", params={"part": part, "whole": whole},
                    ),
                )  # fmt: skip
        return given


class EquipmentForm(RowForm):
    class Meta:
        model = Equipment
        fields = ["name", "model", "pieces", "value", "holding", "shared"]
        widgets = {"value": area_input()}


def platform_choices():
    """Innovation platforms of a host with their levels, in the codes of the fact."""
    fact = space_catalogue().facts["host_platforms"]
    levels = dict(Host.Level.choices)
    return [
        (f"{kind}@{level}", (text, levels[level]))
        for kind, text in fact.choices.items()
        for level in fact.levels
    ]


class PlatformsField(forms.MultipleChoiceField):
    """Platforms that the host holds; nothing chosen is unknown unless `none` is ticked."""

    NONE = "none"

    def __init__(self, **more):
        super().__init__(
            required=False,
            label=_("Innovation platforms"),
            widget=forms.CheckboxSelectMultiple,
            help_text=_("Tick all that the host holds in its field. Nothing ticked means unknown."),
            **more,
        )

    def clean(self, value):
        chosen = super().clean(value)
        if self.NONE in chosen:
            return []
        return chosen or None


class HostForm(RowForm):
    platforms = PlatformsField()

    class Meta:
        model = Host
        fields = ["kind", "name", "level", "credit_code", "platforms"]

    def __init__(self, *args, language="zh", **kwargs):
        super().__init__(*args, **kwargs)
        words = [
            (code, f"{text[language]} ({level})") for code, (text, level) in platform_choices()
        ]
        self.fields["platforms"].choices = [(PlatformsField.NONE, _("none")), *words]
        if self.initial.get("platforms") == []:
            self.initial["platforms"] = [PlatformsField.NONE]


ROW_FORMS = {
    "particulars": ParticularsForm,
    "premises": PremisesForm,
    "leases": LeaseForm,
    "staff": StaffForm,
    "staff-count": StaffCountForm,
    "equipment": EquipmentForm,
    "host": HostForm,
}
"""The form of each table that is entered row by row."""


class EndForm(WritingForm):
    """Ending a thing: the day, and why."""


class OperatorChangeForm(WritingForm):
    code = CreditCodeField(
        label=_("Unified social credit code of the new operator"), max_length=30,
        help_text=_("It must be registered here and confirmed."),
    )  # fmt: skip
    field_order = ["code", "on", "reason", "file", "evidence"]

    def clean_code(self):
        code = self.cleaned_data["code"]
        found = Organisation.objects.confirmed().filter(kind="operator", credit_code=code).first()
        if found is None:
            raise ValidationError(
                _("No confirmed operator has the code %(code)s. Ask it to register first."),
                code="unknown", params={"code": code},
            )  # fmt: skip
        return found

    @property
    def values(self):
        """The new operator."""
        return {"operator": self.cleaned_data["code"]}


class RevealForm(forms.Form):
    """Which number of a member of staff is to be opened, and why."""

    field = forms.ChoiceField(label=_("Which number"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why you need to see it"), max_length=300, widget=forms.Textarea({"rows": 2}),
        help_text=_("The log keeps your name, the moment, whose number it is, and this reason."),
    )  # fmt: skip

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = row.sealed_numbers()


class AnswerForm(Keyed):
    answer = forms.CharField(
        label=_("Why it is not confirmed"), max_length=500, widget=forms.Textarea({"rows": 4}),
        help_text=_("The operator reads this."),
    )  # fmt: skip
