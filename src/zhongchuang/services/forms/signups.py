"""Opening an event for sign-up, signing up on a phone, checking in at the door, adding a photograph."""

from datetime import datetime, time

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.page.refusal import Refused
from zhongchuang.records.actions import look_at
from zhongchuang.records.forms import Keyed, Seen
from zhongchuang.sealed.forms import MobileField
from zhongchuang.services.models import Opening


def time_input():
    return forms.TimeInput({"type": "time"}, format="%H:%M")


class OpeningForm(Seen, forms.ModelForm):
    """Seats, until when, for whom; sign-up ends when the event begins where nothing else is said."""

    class Meta:
        model = Opening
        fields = ["begins", "ends", "seats", "audience", "until", "about"]
        widgets = {
            "begins": time_input(),
            "ends": time_input(),
            "about": forms.Textarea({"rows": 3}),
        }

    def __init__(self, *args, event, **kwargs):
        super().__init__(*args, **kwargs)
        self.event = event
        self.fields["version"].required = False
        self.fields["until"] = forms.DateTimeField(
            label=_("Sign-up until"), required=False,
            widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
            help_text=_("Left open: until the event begins."),
        )  # fmt: skip

    def clean(self):
        given = super().clean()
        begins, ends = given.get("begins"), given.get("ends")
        if begins and ends and ends <= begins:
            self.add_error("ends", ValidationError(_("It ends before it begins. Compare the times."), code="ends_first"))  # fmt: skip
        if "until" in given and given["until"] is None:
            end = datetime.combine(self.event.day, begins or time(23, 59))
            given["until"] = timezone.make_aware(end)
        if given.get("until") and timezone.localdate(given["until"]) > self.event.day:
            self.add_error("until", ValidationError(_("That is after the event. Enter an earlier moment, or leave it open."), code="after_event"))  # fmt: skip
        return given

    def _post_clean(self):
        """The action writes the row, so no instance is built here."""


def name_field():
    return forms.CharField(
        label=_("Your name"), max_length=50, widget=forms.TextInput({"autocomplete": "name"})
    )


def organisation_field():
    return forms.CharField(
        label=_("Team, firm or organisation"), max_length=100, required=False,
        widget=forms.TextInput({"autocomplete": "organization"}),
    )  # fmt: skip


class SignUpForm(Keyed):
    """What a visitor enters on a phone."""

    name = name_field()
    mobile = MobileField(
        label=_("Mobile telephone"),
        widget=forms.TextInput({"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
    )
    email = forms.EmailField(
        label=_("E-mail"), max_length=254, required=False,
        widget=forms.EmailInput({"autocomplete": "email"}),
        help_text=_("You get a letter if you wait for a seat and move up."),
    )  # fmt: skip
    organisation = organisation_field()

    def __init__(self, *args, opening, **kwargs):
        super().__init__(*args, **kwargs)
        if not opening.seats:
            del self.fields["email"]
        self.fields["organisation"].required = opening.audience == Opening.Audience.RESIDENTS


class CheckInForm(forms.Form):
    """One field at the door."""

    who = forms.CharField(
        label=_("The last four digits of your telephone, or your name"), max_length=50,
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip


class WalkInForm(Keyed):
    """Who did not sign up signs in at once."""

    name = name_field()
    mobile = MobileField(
        label=_("Mobile telephone"), required=False,
        widget=forms.TextInput({"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
    )  # fmt: skip
    organisation = organisation_field()


class TakeOverForm(forms.Form):
    """A button with the version of the event that its reader saw."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class PhotographForm(Keyed):
    """A picture taken now, or one from the album of the phone."""

    taken = forms.FileField(
        label=_("Take a photograph"), required=False,
        widget=forms.FileInput({"accept": "image/*", "capture": "environment"}),
    )  # fmt: skip
    chosen = forms.FileField(
        label=_("Or choose one"), required=False, widget=forms.FileInput({"accept": "image/*"}),
        help_text=_("JPG or PNG, at most 50 MB. Hidden data of photographs (place, camera) is removed."),
    )  # fmt: skip

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by

    def clean(self):
        """The picture is looked at here, before anything is written: that takes seconds."""
        given = super().clean()
        name = "taken" if given.get("taken") else "chosen"
        file = given.pop("taken", None) or given.pop("chosen", None)
        given.pop("chosen", None)
        if not file:
            self.add_error("chosen", ValidationError(_("Take a photograph, or choose one."), code="required"))  # fmt: skip
            return given
        try:
            given["photograph"] = look_at(file, by=self.by)
        except Refused as refused:
            self.add_error(name, ValidationError(str(refused), code=refused.refusal.code))
            return given
        if not given["photograph"].content.thumbnail_digest:
            self.add_error(name, ValidationError(_("This is no photograph. Choose a JPG or PNG; other files are added in the line."), code="no_picture"))  # fmt: skip
        return given
