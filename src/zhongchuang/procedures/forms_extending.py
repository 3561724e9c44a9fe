"""What is entered to give more time: for a round of applications, and for the step of a case."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from zhongchuang.procedures.models import Extension
from zhongchuang.records.forms import Keyed, Seen
from zhongchuang.spaces.models import Space

LONGEST = 1000
LISTED = 500
"""So many spaces stand on one list at most."""


def day_field(label, hint=""):
    """A day, chosen from a calendar."""
    return forms.DateField(label=label, help_text=hint, widget=forms.DateInput(attrs={"type": "date"}))  # fmt: skip


class ExtensionForm(Keyed):
    """Which round, until when, for whom, why; `spaces` are those that may stand on a list."""

    round = forms.ChoiceField(label=_("Round"))
    until = day_field(_("New last day"), _("Applications are taken until 24:00 of this day; the moment at which the server received one counts."))  # fmt: skip
    whom = forms.ChoiceField(label=_("For whom"), choices=Extension.Whom)
    codes = forms.CharField(
        label=_("Codes of the spaces"), required=False, widget=forms.Textarea({"rows": 4}),
        help_text=_("For a list alone: one code a line, as it stands on the page of the space. The public list shows how many they are, not their names."),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Reason"), max_length=LONGEST, widget=forms.Textarea({"rows": 4}),
        help_text=_("It is published; name no person."),
    )  # fmt: skip

    def __init__(self, *given, rounds, spaces, **more):
        super().__init__(*given, **more)
        self.spaces = spaces
        self.fields["round"].choices = [
            (first.isoformat(), _("%(first)s to %(last)s") % {"first": date_format(first), "last": date_format(last)})
            for first, last in rounds
        ]  # fmt: skip

    def clean_codes(self):
        """The spaces of the list; each has to be one for which the department decides."""
        codes = list(dict.fromkeys(self.cleaned_data["codes"].split()))
        if len(codes) > LISTED:
            raise ValidationError(_("At most %(most)s spaces stand on a list."), code="many", params={"most": LISTED})  # fmt: skip
        found = {one.code: one for one in self.spaces.filter(code__in=codes)}
        unknown = [code for code in codes if code not in found]
        if unknown:
            raise ValidationError(_("No registered space of your region has the code %(codes)s."), code="unknown", params={"codes": "，".join(unknown[:5])})  # fmt: skip
        return [found[code] for code in codes]

    @property
    def first(self):
        return date.fromisoformat(self.cleaned_data["round"])


def listable(department):
    """The spaces that may stand on a list of a department: the registered ones of its region."""
    return Space.objects.filter(path__startswith=department.region.path, state=Space.State.CONFIRMED)  # fmt: skip


class DecideExtensionForm(Seen):
    """Sign or refuse, with a reason."""

    agrees = forms.ChoiceField(
        label=_("Your decision"), widget=forms.RadioSelect,
        choices=[("yes", _("Sign and publish")), ("no", _("Do not sign"))],
    )  # fmt: skip
    words = forms.CharField(
        label=_("Why it is not signed"), required=False, max_length=LONGEST, widget=forms.Textarea({"rows": 3}),
    )  # fmt: skip


class TermForm(Seen):
    """A later last day for a step, and why."""

    until = day_field(_("New last day"))
    words = forms.CharField(
        label=_("Reason"), max_length=LONGEST, widget=forms.Textarea({"rows": 4}), help_text=_("The applicant reads it."),
    )  # fmt: skip
