"""The shape of services as people enter them: what just happened needs few fields, the rest is folded away."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.ledgers.forms import LineForm
from zhongchuang.records.forms import Seen
from zhongchuang.residents.models import Resident, Stay
from zhongchuang.sealed.forms import MobileField
from zhongchuang.services.models import (
    Appointment,
    Case,
    Event,
    Mentor,
    PolicyService,
    Result,
    Session,
    TechnicalService,
)
from zhongchuang.spaces.forms import BLANK

AHEAD = timedelta(days=366)


class HappenedForm(LineForm):
    """Something that has happened."""

    def clean_day(self):
        day = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise ValidationError(_("That day is still to come."), code="future")
        return day


class ServedForm(HappenedForm):
    """Something done for residents of the space."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        stays = Stay.objects.standing().filter(space=self.space)
        field = self.fields["residents"]
        field.queryset = Resident.objects.filter(pk__in=stays.values("resident")).order_by(
            "name", "pk"
        )
        field.widget.attrs["size"] = 6
        field.help_text = _(
            "Those who stay or stayed here. Leave it open if it was for people from outside."
        )


class EventForm(LineForm):
    """An event that took place, or one that is planned: nobody has counted the people of that yet."""

    rare = ("part", "international", "place", "partner", "minutes")

    class Meta:
        model = Event
        fields = [
            "title", "kind", "day", "attendance", "part", "international", "place", "partner", "minutes",
        ]  # fmt: skip

    def clean_day(self):
        day = self.cleaned_data["day"]
        if day > timezone.localdate() + AHEAD:
            raise ValidationError(_("That day is more than a year ahead. Compare the year."), code="far_ahead")  # fmt: skip
        return day

    def clean(self):
        given = super().clean()
        to_come = given.get("day") and given["day"] > timezone.localdate()
        if to_come and given.get("attendance") is not None:
            self.add_error(
                "attendance",
                ValidationError(_("The event is still to come. Leave this open until the people were counted."), code="future"),
            )  # fmt: skip
        return given


class TechnicalForm(ServedForm):
    rare = ("done_by", "provider", "times")

    class Meta:
        model = TechnicalService
        fields = ["subject", "kind", "day", "residents", "done_by", "provider", "times"]


class ResultForm(HappenedForm):
    rare = ("giver", "taker", "mode", "amount")

    class Meta:
        model = Result
        fields = ["name", "what", "day", "giver", "taker", "mode", "amount"]


class PolicyForm(ServedForm):
    class Meta:
        model = PolicyService
        fields = ["subject", "kind", "day", "residents"]


class CaseForm(HappenedForm):
    class Meta:
        model = Case
        fields = ["title", "day", "text"]


# --- mentors --------------------------------------------------------------------------------------


class AppointForm(LineForm):
    """A mentor is appointed: one who is known by name and employer is the same person."""

    rare = ("position", "field", "level", "mobile", "fulltime")

    name = forms.CharField(label=_("Name"), max_length=100)
    employer = forms.CharField(label=_("Works at"), max_length=200, required=False)
    position = forms.CharField(label=_("Position"), max_length=100, required=False)
    field = forms.CharField(label=_("Field of advice"), max_length=100, required=False)
    level = forms.ChoiceField(
        label=_("Accredited as a mentor"),
        choices=BLANK + list(Mentor.Level.choices),
        required=False,
    )
    mobile = MobileField(label=_("Mobile telephone"), required=False)

    field_order = ("name", "employer", "day", "position", "field", "level", "mobile", "fulltime")

    class Meta:
        model = Appointment
        fields = ["day", "fulltime"]
        labels = {"day": _("Appointed on")}


class AppointmentForm(LineForm):
    """Putting an appointment right, or ending it."""

    class Meta:
        model = Appointment
        fields = ["day", "until", "fulltime"]
        labels = {"day": _("Appointed on"), "until": _("First day on which it no longer held")}


class MentorForm(Seen, forms.ModelForm):
    mobile = MobileField(label=_("Mobile telephone"), required=False)

    class Meta:
        model = Mentor
        fields = ["name", "employer", "position", "field", "level", "availability", "mobile"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = BLANK + list(Mentor.Level.choices)

    def _post_clean(self):
        """The action writes the row, so no instance is built here."""


class SessionForm(ServedForm):
    rare = ("length", "rating")

    class Meta:
        model = Session
        fields = ["mentor", "topic", "day", "residents", "length", "rating"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        appointed = Appointment.objects.standing().filter(space=self.space)
        self.fields["mentor"].queryset = Mentor.objects.filter(pk__in=appointed.values("mentor"))

    def clean(self):
        """A mentor advises in the name of a space while appointed there."""
        given = super().clean()
        if given.get("mentor") and given.get("day"):
            held = Appointment.objects.standing().on(given["day"])
            if not held.filter(space=self.space, mentor=given["mentor"]).exists():
                self.add_error(
                    "day", ValidationError(_("On that day %(mentor)s was not appointed here. Correct the day, or the appointment."), code="not_appointed", params={"mentor": given["mentor"]})
                )  # fmt: skip
        return given
