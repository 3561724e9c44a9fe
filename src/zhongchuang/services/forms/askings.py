"""Asking for a session with a mentor, and the answers."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.records.forms import Keyed, Seen
from zhongchuang.residents.models import Resident, Stay
from zhongchuang.services.forms.signups import time_input
from zhongchuang.services.models import Appointment, Mentor
from zhongchuang.spaces.forms import day_input

RATINGS = [(5, _("5 very helpful")), (4, "4"), (3, "3"), (2, "2"), (1, _("1 not helpful"))]


class AskForm(Keyed):
    """For whom, about what, when it would suit."""

    mentor = forms.ModelChoiceField(
        label=_("Mentor"), queryset=Mentor.objects.none(), empty_label=_("Choose one")
    )
    resident = forms.ModelChoiceField(
        label=_("For"), queryset=Resident.objects.none(), empty_label=_("Choose one")
    )
    topic = forms.CharField(label=_("About what"), max_length=200)
    wished = forms.CharField(
        label=_("Wished times"), max_length=200, required=False,
        help_text=_("Two or three times that would suit."),
    )  # fmt: skip

    def __init__(self, *args, by, space, **kwargs):
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        appointed = Appointment.objects.standing().on(today).filter(space=space)
        here = Stay.objects.standing().on(today).filter(space=space)
        residents = Resident.objects.filter(pk__in=here.values("resident"))
        if by.organisation != space.operator:
            residents = residents.own_of(by)
        self.fields["mentor"].queryset = Mentor.objects.filter(pk__in=appointed.values("mentor"))
        self.fields["resident"].queryset = residents.order_by("name", "pk")
        if residents.count() == 1:
            self.initial["resident"] = residents.get().pk


class AgreeForm(Seen):
    day = forms.DateField(label=_("Day of the session"), widget=day_input())
    begins = forms.TimeField(label=_("Begins at"), required=False, widget=time_input())
    place = forms.CharField(label=_("Venue"), max_length=200, required=False)


class DeclineForm(Seen):
    reason = forms.CharField(
        label=_("Why there will be no session"), max_length=500, widget=forms.Textarea({"rows": 3}),
        help_text=_("The resident reads it."),
    )  # fmt: skip


class HoldForm(Seen):
    day = forms.DateField(label=_("Day of the session"), widget=day_input())
    length = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=1440, required=False)


class RateForm(Seen):
    rating = forms.TypedChoiceField(
        label=_("How helpful was it"), choices=RATINGS, coerce=int, widget=forms.RadioSelect
    )
