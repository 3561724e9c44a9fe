"""Whom a department asks, and what an expert answers."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from zhongchuang.gap import words
from zhongchuang.organisations.models import User
from zhongchuang.panels.models import Seat
from zhongchuang.panels.rules import offered
from zhongchuang.policy.answer import tested
from zhongchuang.procedures.forms import JUDGED, LONGEST
from zhongchuang.records.forms import Keyed, Seen


class NameForm(Keyed):
    """An expert of those whom nothing keeps from the case."""

    expert = forms.ModelChoiceField(
        User.objects.none(), label=_("Expert"), empty_label=_("Choose"),
        help_text=_("Those who work or worked for the operator, at a department that reads this case, or on the case itself are left out."),
    )  # fmt: skip

    def __init__(self, *given, pool, **more):
        super().__init__(*given, **more)
        field = self.fields["expert"]
        field.queryset = pool if self.is_bound else pool[: offered()]
        field.label_from_instance = labelled


def labelled(user):
    """An expert with the organisations for which they are one."""
    names = [post.organisation.name for post in user.current_posts if post.organisation]
    return f"{user.name}（{'、'.join(names)}）" if names else user.name


class LeaveForm(Seen):
    words = forms.CharField(
        label=_("Reason"), max_length=1000, widget=forms.Textarea({"rows": 3}),
        help_text=_("Officials of the case read it."),
    )  # fmt: skip


class OpinionForm(Seen):
    """An opinion: a conclusion with its reasons, and what the expert says to conditions that a person judges."""

    conclusion = forms.ChoiceField(
        label=_("Conclusion"), choices=Seat.Conclusion.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("Reasons"), max_length=5000, widget=forms.Textarea({"rows": 6}),
        help_text=_("Who decides reads them with your name; the applicant reads how many experts recommend it, without names."),
    )  # fmt: skip
    free = forms.BooleanField(
        label=_("I have no interest in this case: I neither work nor worked for the applicant or a resident of the space, nor am I related to anyone there."),
        error_messages={"required": _("Confirm that you are free of interest, or give the place up.")},
    )  # fmt: skip

    def __init__(self, *given, cells=(), **more):
        super().__init__(*given, **more)
        self.ids = [cell.leaf.condition.id for cell in cells]
        for cell in cells:
            condition = cell.leaf.condition
            self.fields[f"met.{condition.id}"] = forms.ChoiceField(
                label=words.say(condition.text), choices=JUDGED, required=False,
                help_text=words.say(getattr(tested(condition), "look_at", None)),
            )  # fmt: skip
            self.fields[f"why.{condition.id}"] = forms.CharField(
                label=_("Reason"), required=False, max_length=LONGEST, widget=forms.Textarea({"rows": 2})
            )  # fmt: skip
        self.order_fields(["conclusion", "words", *(n for n in self.fields if "." in n), "free"])

    def clean(self):
        given = super().clean()
        for id_ in self.ids:
            if given.get(f"met.{id_}") == "no" and not given.get(f"why.{id_}"):
                self.add_error(f"why.{id_}", ValidationError(_("Say why this condition is not met."), code="why"))  # fmt: skip
        return given

    @property
    def judged(self):
        """What was judged, as `actions.give` takes it."""
        given = self.cleaned_data
        return {
            id_: {"met": given[f"met.{id_}"] == "yes", "reason": given.get(f"why.{id_}", "")}
            for id_ in self.ids
            if given.get(f"met.{id_}")
        }
