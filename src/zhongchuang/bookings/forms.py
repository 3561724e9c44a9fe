"""The shape of resources with their opening hours, and of a booking."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from zhongchuang.bookings.models import A_DAY, CLOSED, USUAL, Booking, Resource, clock
from zhongchuang.ledgers.access import may_write
from zhongchuang.ledgers.forms import LineForm
from zhongchuang.records.forms import Keyed, Seen
from zhongchuang.residents.models import Resident, Stay
from zhongchuang.spaces.forms import day_input

WEEK = 7
MOST_WEEKS = 52
BEGINS = [(str(slot), clock(slot)) for slot in range(A_DAY)]
ENDS = [(str(slot), clock(slot)) for slot in range(1, A_DAY + 1)]


class HoursWidget(forms.MultiWidget):
    """From and to of each weekday, as rows."""

    template_name = "bookings/hours.html"
    use_fieldset = False

    def __init__(self):
        opens = [("", _("closed all day")), *BEGINS]
        pair = (forms.Select(choices=opens), forms.Select(choices=[("", CLOSED), *ENDS]))
        super().__init__([one for _day in range(WEEK) for one in pair])

    def decompress(self, value):
        """The half hours of a text such as 09:00-18:00, for each day."""
        parts = (value or USUAL).split(", ")
        found = [part.split("-") if part != CLOSED else ["", ""] for part in parts]
        return [half(text) for pair in found for text in pair]

    def value_from_datadict(self, data, files, name):
        """The selects of a page, or the whole text that a program sends."""
        if name not in data:
            return super().value_from_datadict(data, files, name)
        try:
            found = self.decompress(data[name])
        except (ValueError, IndexError, AttributeError):
            found = []
        return found if len(found) == 2 * WEEK else ["?"] * (2 * WEEK)

    def get_context(self, name, value, attrs):
        found = super().get_context(name, value, attrs)
        widgets = found["widget"]["subwidgets"]
        for one in widgets:
            one["attrs"]["class"] = "form-select"
        found["days"] = [
            (WEEKDAYS[day], widgets[day * 2], widgets[day * 2 + 1]) for day in range(WEEK)
        ]
        return found


def half(text):
    """The half hour that begins at a time, as a choice; empty where there is none."""
    if not text:
        return ""
    hours, minutes = text.split(":")
    if minutes not in {"00", "30"}:
        raise ValueError(text)
    return str(int(hours) * 2 + int(minutes) // 30)


class HoursField(forms.MultiValueField):
    """Opening hours as a text, a part for each weekday."""

    def __init__(self, **more):
        pair = (forms.ChoiceField(choices=[("", ""), *BEGINS]), forms.ChoiceField(choices=[("", ""), *ENDS]))  # fmt: skip
        fields = [one for _day in range(WEEK) for one in pair]
        super().__init__(fields, widget=HoursWidget(), require_all_fields=False, required=False, **more)  # fmt: skip
        for one in self.fields:
            one.required = False

    def clean(self, value):
        if value and all(one == "" for one in value):
            raise ValidationError(_("It is closed every day like this. Choose hours for a day, or end the sharing."), code="never_open")  # fmt: skip
        return super().clean(value)

    def compress(self, data_list):
        pairs = list(zip(data_list[::2], data_list[1::2], strict=True)) if data_list else []
        for day, (opens, closes) in enumerate(pairs):
            if bool(opens) != bool(closes) or (opens and int(opens) >= int(closes)):
                raise ValidationError(
                    _("%(day)s: choose when it opens and a later time when it closes, or leave both open."),
                    code="hours", params={"day": WEEKDAYS[day]},
                )  # fmt: skip
        said = [f"{clock(int(o))}-{clock(int(c))}" if o else CLOSED for o, c in pairs]
        return ", ".join(said) or USUAL


class ResourceForm(LineForm):
    rare = ("place", "fee", "rules", "hours", "until")

    hours = HoursField(label=_("Opening hours"))

    class Meta:
        model = Resource
        fields = ["name", "kind", "capacity", "day", "place", "fee", "hours", "rules", "until"]
        labels = {"day": _("Shared from"), "until": _("First day on which it is shared no more")}
        widgets = {"rules": forms.Textarea({"rows": 3})}


class BookForm(Keyed):
    """When, for whom, what for; with the weeks it is repeated."""

    day = forms.DateField(label=_("Day"), widget=day_input())
    begins = forms.TypedChoiceField(label=_("From (time)"), choices=BEGINS, coerce=int)
    ends = forms.TypedChoiceField(
        label=_("To (time)"), choices=ENDS, coerce=int,
        help_text=_("A time before the beginning is on the next day."),
    )  # fmt: skip
    resident = forms.ModelChoiceField(
        label=_("Booked for"), queryset=Resident.objects.none(), required=False,
        empty_label=_("the operator itself"),
    )  # fmt: skip
    purpose = forms.CharField(label=_("What for"), max_length=200)
    weeks = forms.IntegerField(
        label=_("For how many weeks"), min_value=1, max_value=MOST_WEEKS, initial=1,
        help_text=_("1 for once. All weeks are booked, or none of them."),
    )  # fmt: skip

    def __init__(self, *args, by, resource, **kwargs):
        super().__init__(*args, **kwargs)
        here = Stay.objects.standing().on(timezone.localdate()).filter(space=resource.space)
        residents = Resident.objects.filter(pk__in=here.values("resident"))
        field = self.fields["resident"]
        if may_write(by, resource.space) is not None:
            residents, field.required, field.empty_label = residents.own_of(by), True, None
        field.queryset = residents.order_by("name", "pk")

    @property
    def when(self):
        return [self[name] for name in ("day", "begins", "ends")]

    @property
    def rest(self):
        return [self[name] for name in ("resident", "purpose", "weeks")]


class CancelForm(Seen):
    reason = forms.CharField(
        label=_("Why it is cancelled"), max_length=500, widget=forms.Textarea({"rows": 2})
    )
    later = forms.BooleanField(label=_("Also those that follow it week by week"), required=False)

    def __init__(self, *args, booking, **kwargs):
        super().__init__(*args, **kwargs)
        following = Booking.objects.standing().filter(
            series=booking.series, start__gt=booking.start
        )
        if not booking.series or not following.exists():
            del self.fields["later"]


def soon(now):
    """Day and half hour that begin next."""
    later = timezone.localtime(now + timedelta(minutes=30))
    return later.date(), later.hour * 2 + later.minute // 30
