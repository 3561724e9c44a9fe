"""The shape of a line as people enter it."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from zhongchuang.ledgers.periods import plausible
from zhongchuang.records.forms import ACCEPTED, Keyed, Seen
from zhongchuang.spaces.forms import BLANK, WritingForm, day_input

MOST = 99_999_999
"""No whole number of daily work is larger; databases bound it differently."""


def bounded(validators):
    """The validators of a whole number with one upper bound, so that a number beyond it is refused in one sentence."""
    bounds = [one for one in validators if isinstance(one, MaxValueValidator)]
    if any(one.limit_value <= MOST for one in bounds):
        return [one for one in validators if one not in bounds or one.limit_value <= MOST]
    return [one for one in validators if one not in bounds] + [MaxValueValidator(MOST)]


class LineForm(Keyed, forms.ModelForm):
    """The fields of a line with a file behind it; a blank choice is unknown. Forms of the apps name model and fields.

    Fields named in `rare` are folded away: who writes down what just happened does not need them.
    """

    rare: tuple[str, ...] = ()

    file = forms.FileField(
        label=_("File behind it"), required=False, widget=forms.FileInput({"accept": ACCEPTED}),
        help_text=_("A photograph, an attendance list, a contract; at most 50 MB."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, by, space, **kwargs):
        self.by, self.space = by, space
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version if self.instance.pk else None
        if not self.instance.pk and "day" in self.fields:
            self.initial["day"] = self.initial.get("day") or timezone.localdate()
        for name in self._meta.fields:
            field, column = self.fields[name], self._meta.model._meta.get_field(name)
            if column.choices and column.blank:
                field.choices = BLANK + list(column.choices)
            elif column.choices and not column.has_default():
                field.choices = [("", _("Choose one")), *column.choices]
            elif type(field) is forms.ModelChoiceField:
                field.empty_label = _("Choose one") if field.required else _("unknown")
            field.validators += [one for one in column.validators if one not in field.validators]
            if isinstance(field, forms.DateField):
                field.widget = day_input()
        self.number_fields()

    def number_fields(self):
        """Numbers have a bound that people understand, and bring up the digits of a telephone."""
        for field in self.fields.values():
            if type(field) is forms.IntegerField and not field.widget.is_hidden:
                field.validators = bounded(field.validators)
                field.widget.attrs["inputmode"] = "numeric"
            elif isinstance(field, forms.DecimalField):
                field.widget.attrs["inputmode"] = "decimal"

    clean_file = WritingForm.clean_file

    def refuse_mistyped(self, given):
        """A day of another age is a slip of the year."""
        for name, field in self.fields.items():
            day = given.get(name) if isinstance(field, forms.DateField) else None
            first, last = plausible(timezone.localdate(), begins=name == "day")
            if day and not first <= day <= last:
                self.add_error(
                    name,
                    ValidationError(
                        _("Days from %(first)s to %(last)s are taken. Compare the year."),
                        code="other_age", params={"first": date_format(first), "last": date_format(last)},
                    ),
                )  # fmt: skip

    def clean(self):
        """What lasts ends after it began."""
        given = super().clean()
        self.refuse_mistyped(given)
        if given.get("until") and given.get("day") and given["until"] <= given["day"]:
            self.add_error(
                "until",
                ValidationError(
                    _("It began on %(day)s. Enter a later day, or leave it blank while it goes on."),
                    code="before_it_began", params={"day": given["day"]},
                ),
            )  # fmt: skip
        return given

    def _post_clean(self):
        """The action writes the line, so no instance is built here."""

    @property
    def usual(self):
        """Fields in their order without those folded away."""
        return [self[name] for name in self.fields if name not in self.rare]

    @property
    def folded(self):
        return [self[name] for name in self.fields if name in self.rare]


class StrikeForm(Seen):
    reason = forms.CharField(
        label=_("Why it is struck out"), max_length=500, widget=forms.Textarea({"rows": 3}),
        help_text=_("It stays readable beside the line."),
    )  # fmt: skip


class LookForm(forms.Form):
    """What narrows a list: words, a year, lines that were struck out."""

    q = forms.CharField(label=_("Search"), max_length=100, required=False)
    year = forms.TypedChoiceField(
        label=_("Calendar year"), coerce=int, required=False, empty_value=None
    )
    struck = forms.BooleanField(label=_("Also what was struck out"), required=False)
    function = forms.ChoiceField(required=False, widget=forms.HiddenInput)

    def __init__(self, *given, years=(), functions=(), **more):
        super().__init__(*given, **more)
        self.fields["function"].choices = [("", ""), *((name, name) for name in functions)]
        self.fields["year"].choices = [("", _("All years")), *((str(y), str(y)) for y in years)]
