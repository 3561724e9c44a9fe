"""What is entered to decide many cases in one go."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhongchuang.policy.procedure import SEND_BACK
from zhongchuang.procedures.actions import Choice
from zhongchuang.procedures.models import Case
from zhongchuang.procedures.rules import reason_lengths
from zhongchuang.procedures.words import BUTTONS
from zhongchuang.records.forms import Keyed, Seen

LONGEST = 2000
UNREASONED = _("Conditions of this case are open. Give your reason for leading it on all the same, in at least %(least)s characters.")  # fmt: skip


class Chosen(forms.ModelMultipleChoiceField):
    """Cases to tick, by number and space."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, case):
        return f"{case.number} {case.space.name}"


class OpenForm(Keyed):
    """The cases with which a batch is opened; all of one step."""

    cases = Chosen(Case.objects.none(), label=pgettext_lazy("case", "Cases"))

    def __init__(self, *given, cases, **more):
        super().__init__(*given, **more)
        chosen = Case.objects.filter(pk__in=[one.pk for one in cases]).select_related("space")
        self.fields["cases"].queryset = chosen.in_turn()
        self.fields["cases"].initial = [one.pk for one in cases]


class AddForm(Seen, OpenForm):
    """More cases for a batch."""


class DecideForm(Seen):
    """A move for each case, with own words where the common ones do not fit; `rows` are those of `side_by_side`."""

    words = forms.CharField(
        label=_("Common reason"), required=False, max_length=LONGEST, widget=forms.Textarea({"rows": 3}),
        help_text=_("For every case without a reason of its own, except where conditions are open. It stays in the course of each case."),
    )  # fmt: skip

    def __init__(self, *given, rows, **more):
        super().__init__(*given, **more)
        self.rows = rows
        for row in self.mine:
            pk, name = row.case.pk, row.case.space.name
            choices = [("", _("not now")), *((one, BUTTONS[one]) for one in row.choices)]
            forward = next((one for one in row.choices if one != SEND_BACK), "")
            self.fields[f"move.{pk}"] = forms.ChoiceField(label=_("Decision on %(name)s") % {"name": name}, required=False, choices=choices, initial=forward)  # fmt: skip
            most = reason_lengths()[1] if row.asks else LONGEST
            self.fields[f"words.{pk}"] = forms.CharField(label=_("Reason for %(name)s") % {"name": name}, required=False, max_length=most)  # fmt: skip
            self.fields[f"version.{pk}"] = forms.IntegerField(widget=forms.HiddenInput, initial=row.case.version)  # fmt: skip

    def clean(self):
        """Where conditions are open, who leads the case on says why, of this case alone."""
        given, least = super().clean(), reason_lengths()[0]
        for row in self.mine:
            pk = row.case.pk
            leads_on = row.asks and given.get(f"move.{pk}") == row.case.at.forward
            if leads_on and f"words.{pk}" in given and len(given[f"words.{pk}"]) < least:
                self.add_error(f"words.{pk}", ValidationError(UNREASONED, code="unreasoned", params={"least": least}))  # fmt: skip
        return given

    @property
    def mine(self):
        """The rows with which it is the reader's turn."""
        return [row for row in self.rows if row.choices]

    def lines(self):
        """Each row with its fields, where it has some."""
        for row in self.rows:
            pk = row.case.pk
            yield row, [self[f"{name}.{pk}"] for name in ("move", "words", "version")] if row.choices else []  # fmt: skip

    @property
    def choices(self):
        """What was chosen, as `actions.decide_batch` takes it."""
        given = self.cleaned_data
        return {
            row.case.pk: Choice(given[f"move.{row.case.pk}"], given[f"version.{row.case.pk}"], given[f"words.{row.case.pk}"])
            for row in self.mine
        }  # fmt: skip
