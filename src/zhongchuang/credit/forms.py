"""What the list is filtered by, what a department enters, what an operator asks, and the answer."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.credit.models import Request
from zhongchuang.credit.rules import choices, matters, shown_until, terms
from zhongchuang.page.refusal import Refused
from zhongchuang.records.actions import look_at
from zhongchuang.records.forms import ACCEPTED, Keyed, Seen

LONGEST = 1000


class FilterForm(forms.Form):
    """It stands in the address, so that a list can be passed on."""

    q = forms.CharField(label=_("Operator, space, document or number"), max_length=100, required=False)  # fmt: skip
    kind = forms.ChoiceField(
        label=_("Good or bad"), required=False, choices=[("", _("all")), ("bad", _("bad record")), ("good", _("good record"))]
    )  # fmt: skip
    standing = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("all")), ("in_force", _("in force")), ("ended", _("ended"))]
    )  # fmt: skip


class EnterForm(Keyed):
    matter = forms.ChoiceField(label=_("Matter"))
    space = forms.ModelChoiceField(
        label=_("Space"), queryset=None, required=False, empty_label=_("the operator as a whole"),
        help_text=_("Where it is about one space alone; otherwise it counts for every space of the operator."),
    )  # fmt: skip
    basis = forms.CharField(
        label=_("Basis"), max_length=300, help_text=_("Document and article by which it is recorded, with its number."),
    )  # fmt: skip
    words = forms.CharField(
        label=_("Facts found"), max_length=LONGEST, widget=forms.Textarea({"rows": 4}),
        help_text=_("What was found, in facts; the operator reads it. No names of people."),
    )  # fmt: skip
    day = forms.DateField(
        label=_("Found on"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *given, spaces, **more):
        super().__init__(*given, **more)
        self.fields["matter"].choices = [("", _("Choose one")), *choices()]
        self.fields["space"].queryset = spaces.order_by("name", "pk")

    def clean_day(self):
        day = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise ValidationError(_("The day lies in the future. Enter one that is over, or today."), code="future")  # fmt: skip
        return day

    def clean(self):
        """A record that would be over already is a slip of the pen: nobody could ask about it."""
        given = super().clean()
        matter, day = given.get("matter"), given.get("day")
        until = shown_until(matter, day) if matter and day else None
        if until and until <= timezone.localdate():
            self.add_error("day", ValidationError(_("A record of this matter is shown for %(years)s years, so this one would be over already. Check the day, or bring it in from a file as one from before."), code="over", params={"years": matters()[matter]["years"]}))  # fmt: skip
        return given


class SeveralInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, or none."""

    widget = SeveralInput

    def clean(self, data, initial=None):
        given = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(FilesField, self).clean(one, initial) for one in given]


class AskForm(Keyed):
    kind = forms.ChoiceField(label=_("What you ask for"), choices=Request.Kind, widget=forms.RadioSelect)  # fmt: skip
    words = forms.CharField(
        label=_("Grounds"), max_length=3000, widget=forms.Textarea({"rows": 6}),
        help_text=_("Why the record is wrong, or what was done since to make it good. No names of people."),
    )  # fmt: skip
    files = FilesField(
        label=_("Files"), required=False, widget=SeveralInput({"accept": ACCEPTED}),
        help_text=_("PDF, Word (.docx), Excel (.xlsx), JPG or PNG, several at once. Hidden data of photographs (place, camera) is removed."),
    )  # fmt: skip

    def __init__(self, *given, by, **more):
        super().__init__(*given, **more)
        self.by = by

    def clean(self):
        """The files are looked at here, before anything is written."""
        given, most = super().clean(), terms()["files"]["most"]
        if len(given.get("files") or ()) > most:
            self.add_error("files", ValidationError(_("At most %(count)s files go with a request. Choose the ones that matter."), code="too_many", params={"count": most}))  # fmt: skip
        elif given.get("files") and not self.errors:
            self.look(given)
        return given

    def look(self, given):
        try:
            given["files"] = [look_at(one, by=self.by) for one in given["files"]]
        except Refused as refused:
            self.add_error("files", ValidationError(str(refused.refusal), code=refused.refusal.code))  # fmt: skip


class EndForm(Seen):
    words = forms.CharField(
        label=_("Reason"), max_length=LONGEST, widget=forms.Textarea({"rows": 4}),
        help_text=_("What was wrong about it. The operator reads it; no names of people."),
    )  # fmt: skip


class AnswerForm(Seen):
    granted = forms.TypedChoiceField(
        label=_("Answer"), widget=forms.RadioSelect, coerce=lambda one: one == "yes",
        choices=[("yes", _("grant: the record ends today")), ("no", _("refuse: the record stays"))],
    )  # fmt: skip
    words = forms.CharField(
        label=_("Reason"), max_length=LONGEST, widget=forms.Textarea({"rows": 4}),
        help_text=_("The operator reads it. Name the facts and the document; no names of people."),
    )  # fmt: skip
