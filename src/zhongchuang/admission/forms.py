"""The shape of what applicants, residents and the operator enter."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.admission.models import Application, Call
from zhongchuang.ledgers.forms import LineForm
from zhongchuang.organisations.forms import CreditCodeField, agreed_field
from zhongchuang.records.forms import Keyed, Seen
from zhongchuang.residents.forms import (
    CodeBesideKind,
    MonthForm,
    ReportForm,
    ended_months,
    told,
    unknown_first,
)
from zhongchuang.residents.models import Founder, MonthReport, Report, Resident
from zhongchuang.sealed.forms import MobileField
from zhongchuang.spaces.forms import BLANK

YEARS_BACK, MONTHS_BACK = 3, 12


def lines(rows):
    return forms.Textarea({"rows": rows})


class RegionForm(forms.Form):
    """Which region's spaces are listed."""

    region = forms.ChoiceField(label=_("Region"), required=False)

    def __init__(self, *args, regions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["region"].choices = [("", _("All regions")), *regions]


class CallForm(Keyed, forms.ModelForm):
    """If and how a space takes applications; `version` is the number of the call that its reader saw."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    class Meta:
        model = Call
        fields = ["is_open", *Call.CONDITIONS, "question"]
        widgets = {name: forms.Textarea({"rows": 4}) for name in Call.CONDITIONS}

    def clean(self):
        """Who applies has to know by what it is chosen."""
        given = super().clean()
        if given.get("is_open") and not given.get("admission"):
            self.add_error(
                "admission", ValidationError(_("Write down the conditions of moving in before you open: applicants and you go by them."), code="no_conditions")
            )  # fmt: skip
        return given

    def _post_clean(self):
        """The action writes the row, so no instance is built here."""


class ApplicationForm(CodeBesideKind, Keyed):
    """What a space needs to know to answer; what is blank is unknown."""

    rare = ("people", "founder_kind", "desks", "answer")

    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("Choose one")), *Resident.Kind.choices]
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        help_text=_("Of the team or firm; a maker enters the own name."),
    )
    credit_code = CreditCodeField(
        label=_("Unified social credit code"), required=False, help_text=_("Only of a firm.")
    )
    product = forms.CharField(label=_("Product in one sentence"), max_length=200, widget=lines(2))
    contact = forms.CharField(
        label=_("Contact"), max_length=100, widget=forms.TextInput({"autocomplete": "name"})
    )
    mobile = MobileField(
        label=_("Mobile telephone"), widget=forms.TextInput({"autocomplete": "tel", "inputmode": "tel"}),
        help_text=_("It is kept encrypted; only the operator of the space opens it."),
    )  # fmt: skip
    email = forms.EmailField(
        label=_("E-mail"), max_length=254, widget=forms.EmailInput({"autocomplete": "email"}),
        help_text=_("A code goes to it, and later the answer."),
    )  # fmt: skip
    people = forms.IntegerField(
        label=_("People now"), min_value=0, max_value=100_000, required=False
    )
    founder_kind = forms.ChoiceField(
        label=_("Kind of founder"), choices=unknown_first(Founder.Kind.choices), required=False
    )
    desks = forms.IntegerField(
        label=_("Desks wished"), min_value=0, max_value=10_000, required=False
    )
    answer = forms.CharField(max_length=500, required=False, widget=lines(2))
    agreed = agreed_field()

    def __init__(self, *args, question="", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["answer"].label = question
        if not question:
            del self.fields["answer"]

    def clean_email(self):
        return self.cleaned_data["email"].strip().lower()

    @property
    def usual(self):
        """Fields in their order without those folded away and the box at the end."""
        return [self[n] for n in self.fields if n not in (*self.rare, "agreed", "request_key")]

    @property
    def folded(self):
        return [self[name] for name in self.fields if name in self.rare]


class CodeForm(forms.Form):
    code = forms.RegexField(
        r"^\s*\d{6}\s*$", label=_("Code from the letter"), strip=True,
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": 8}),
        error_messages={"invalid": _("The code has six digits.")},
    )  # fmt: skip


class VersionForm(forms.Form):
    """A button of a visitor on the row as it was shown."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class WordsForm(Seen):
    """What the applicant or the resident reads."""

    words = forms.CharField(
        label=_("What the applicant reads"), max_length=1000, widget=forms.Textarea({"rows": 5})
    )

    def __init__(self, *args, label="", hint="", required=True, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["words"]
        field.label, field.help_text, field.required = label or field.label, hint, required


class LookForm(forms.Form):
    """What narrows the decided applications."""

    q = forms.CharField(label=_("Search"), max_length=100, required=False)
    state = forms.ChoiceField(
        label=_("State"), required=False,
        choices=[("", _("All states")), *((s.value, s.label) for s in Application.State if s not in (Application.State.BEGUN, *Application.OPEN))],
    )  # fmt: skip


# --- figures --------------------------------------------------------------------------------------


def years():
    """The last years, the newest full one first."""
    this = timezone.localdate().year
    return [(year, str(year)) for year in range(this - 1, this - 1 - YEARS_BACK, -1)]


def months():
    """The last months that have ended, the newest first."""
    return [(f"{day:%Y-%m}", told(day)) for day in ended_months(MONTHS_BACK)]


def year_and_month(text):
    """What the value of a choice means, as the verbs take it."""
    year, _dash, month = text.partition("-")
    return {"year": int(year)} | ({"month": int(month)} if month else {})


class PeriodForm(forms.Form):
    """A year or a month of which figures are given."""

    period = forms.TypedChoiceField(label=_("Time of the figures"), coerce=year_and_month)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["period"].choices = [
            (_("A year"), [(str(year), text) for year, text in years()]), (_("A month"), months()),
        ]  # fmt: skip


class AskForm(Keyed):
    """An e-mail address beside each resident; who has none is not asked."""

    def __init__(self, *args, asked=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.residents = {}
        for resident, email in asked:
            name = f"email_{resident.pk}"
            self.residents[name] = resident
            self.fields[name] = forms.EmailField(
                label=resident.name, max_length=254, required=False, initial=email
            )

    def clean(self):
        given = super().clean()
        pairs = [(self.residents[n], given[n].lower()) for n in self.residents if given.get(n)]
        if not pairs and not self.errors:
            raise ValidationError(
                _("Enter the e-mail address of at least one resident."), code="nobody"
            )
        return {"request_key": given.get("request_key"), "addresses": pairs}

    @property
    def rows(self):
        return [self[name] for name in self.residents]


UNKNOWN = (None, "")


def given_by_it(form):
    """The fields of a form of the ledger that the resident itself fills in."""
    return [name for name in form.Meta.fields if name not in ("resident", "day")]


class FiguresForm(forms.ModelForm):
    """The figures of a year as a resident fills them in on a telephone; what is blank is unknown, 0 is none."""

    rare = ReportForm.rare
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    giver = forms.CharField(
        label=_("Your name"), max_length=100, widget=forms.TextInput({"autocomplete": "name"}),
        help_text=_("The space sees who gave the figures."),
    )  # fmt: skip

    class Meta:
        model = Report
        fields = given_by_it(ReportForm)

    usual, folded, number_fields = LineForm.usual, LineForm.folded, LineForm.number_fields

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self._meta.fields:
            field, column = self.fields[name], self._meta.model._meta.get_field(name)
            field.validators += [one for one in column.validators if one not in field.validators]
            if column.choices:
                field.choices = BLANK + list(column.choices)
            elif isinstance(field, forms.DecimalField):
                field.help_text = "" if str(_("yuan")) in str(field.label) else _("In yuan.")
        self.number_fields()
        self.order_fields([*self._meta.fields, "giver"])

    def clean(self):
        """A form without a figure says nothing."""
        given = super().clean()
        if not self.errors and all(given.get(name) in UNKNOWN for name in self._meta.fields):
            raise ValidationError(_("Enter at least one figure. 0 is none; what you do not know stays blank."), code="nothing")  # fmt: skip
        return given

    def _post_clean(self):
        """The action keeps the figures, so no instance is built here."""


class MonthFiguresForm(FiguresForm):
    """The figures of a month, fewer than those of a year."""

    rare = MonthForm.rare

    class Meta:
        model = MonthReport
        fields = given_by_it(MonthForm)


def form_of(figures):
    """The form in which these figures are given."""
    return MonthFiguresForm if figures.monthly else FiguresForm
