"""What the lists are filtered by, and the row that puts another right."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.past.models import Evaluation, Grant
from zhongchuang.past.rules import rules
from zhongchuang.records.forms import Seen

LONGEST_REASON = 500
CENTS = {"max_digits": 16, "decimal_places": 2, "min_value": 0}
Recipient = Grant.Recipient


class FilterForm(forms.Form):
    """It stands in the address, so that a list can be passed on."""

    q = forms.CharField(label=_("Space, operator, programme or document"), max_length=100, required=False)  # fmt: skip
    year = forms.TypedChoiceField(
        label=_("Year of the row"), required=False, coerce=int, empty_value=None
    )
    programme = forms.ChoiceField(label=_("Programme"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)

    def __init__(self, *given, found, regions, **more):
        super().__init__(*given, **more)
        every = [("", _("all"))]
        years, programmes = (found.order_by(f"-{name}").values_list(name, flat=True).distinct() for name in ("year", "programme"))  # fmt: skip
        self.fields["year"].choices = [*every, *((str(one), one) for one in years)]
        self.fields["programme"].choices = [*every, *((one, one) for one in programmes)]
        self.fields["region"].choices = [*every, *regions]


class CorrectForm(Seen):
    """The row as it should have been, and why."""

    def fields_of(self, record, names):
        """The fields of the model, filled with what stands there; dates and figures as people enter them."""
        made = forms.fields_for_model(type(record), names, localized_fields=())
        self.fields |= made
        for name in names:
            self.initial.setdefault(name, getattr(record, name))
        for name in {"day", "paid"} & {*names}:
            self.fields[name].widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
        self.fields["note"].widget = forms.Textarea({"rows": 2})
        self.fields["reason"] = forms.CharField(
            label=_("Why the row is put right"), max_length=LONGEST_REASON, widget=forms.Textarea({"rows": 2}),
            help_text=_("It stays beside both rows. No names of people."),
        )  # fmt: skip
        self.order_fields([*names, "reason"])

    def clean_year(self):
        year = self.cleaned_data["year"]
        if not rules()["earliest_year"] <= year <= timezone.localdate().year:
            raise ValidationError(_("%(year)s is no year from before today. Write it with four digits."), code="year", params={"year": year})  # fmt: skip
        return year

    def clean_day(self):
        return past_day(self.cleaned_data["day"])


def past_day(day):
    if day and day > timezone.localdate():
        raise ValidationError(_("The day lies in the future. Enter one that is over, or today."), code="future")  # fmt: skip
    return day


class EvaluationForm(CorrectForm):
    NAMES = ("year", "period", "programme", "grade", "result", "score", "evaluator", "basis", "day", "note")  # fmt: skip

    def __init__(self, *given, record, **more):
        super().__init__(*given, **more)
        self.fields_of(record, self.NAMES)

    def clean(self):
        given = super().clean()
        if not self.errors and not given["grade"] and not given["result"] and given["score"] is None:  # fmt: skip
            self.add_error("grade", ValidationError(_("Say what came out: a grade, a result or a score. A row that says none of them tells nothing."), code="nothing"))  # fmt: skip
        return given


class GrantForm(CorrectForm):
    NAMES = ("year", "programme", "recipient_kind", "recipient", "recipient_code", "amount", "payer", "basis", "day", "paid", "note")  # fmt: skip

    def __init__(self, *given, record, **more):
        super().__init__(*given, **more)
        self.fields_of(record, self.NAMES)
        self.record = record
        self.fields["amount"] = forms.DecimalField(
            label=_("Amount (yuan)"), required=False, initial=record.amount, **CENTS,
            help_text=_("Blank is unknown; of what a person got, blank leaves it as it is sealed."),
        )  # fmt: skip
        self.order_fields([*self.NAMES, "reason"])

    def clean_paid(self):
        return past_day(self.cleaned_data["paid"])

    def clean(self):
        given = super().clean()
        if self.errors:
            return given
        is_operator = given["recipient_kind"] == Recipient.OPERATOR
        if is_operator == bool(given["recipient"]):
            self.add_error("recipient", ValidationError(_("Name who got it; only a payment to the operator stays without a name."), code="recipient"))  # fmt: skip
        if given["recipient_kind"] == Recipient.PERSON:
            if given["amount"] is not None:
                given["personal_amount"] = f"{given['amount']:.2f}"
            given["amount"] = None
        else:
            given["personal_amount"] = ""
        return given


FORMS = {Evaluation.KIND: EvaluationForm, Grant.KIND: GrantForm}
