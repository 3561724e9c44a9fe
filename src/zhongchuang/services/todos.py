"""What waits around events and mentors, for those who work for the operator."""

from datetime import timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhongchuang.organisations.models.people import APPLICANTS
from zhongchuang.organisations.todos import ToDo
from zhongchuang.services.models import Asking, Opening

SHOWN = 10
RECENT = timedelta(days=30)


def todos(acting):
    """Sessions asked for, sessions agreed whose day is over, events whose people checked in and were not counted."""
    if acting.organisation is None or acting.role not in APPLICANTS:
        return []
    today = timezone.localdate()
    own = Asking.objects.filter(space__operator=acting.organisation).select_related("mentor", "resident")  # fmt: skip
    asked = own.waiting().order_by("asked", "pk")[:SHOWN]
    over = own.filter(state=Asking.State.AGREED, day__lt=today).order_by("day", "pk")[:SHOWN]
    return [
        *(answer(one) for one in asked),
        *(write_down(one) for one in over),
        *(count(one) for one in uncounted(acting.organisation, today)),
    ]


def answer(asking):
    return ToDo(
        title=_("Answer: a session with %(mentor)s") % {"mentor": asking.mentor},
        about=f"{asking.resident}{_(': ')}{asking.topic}",
        url=asking.get_absolute_url(),
        button=_("Answer"),
    )


def write_down(asking):
    return ToDo(
        title=_("Write down: a session with %(mentor)s") % {"mentor": asking.mentor},
        about=f"{asking.resident}{_(': ')}{asking.topic}",
        url=reverse("services:hold", args=[asking.key]),
        button=_("Write down"),
        due=asking.day,
    )


def uncounted(operator, today):
    """Openings of events of the last weeks at which people checked in, and whose line states no number."""
    came = Count("attendees", filter=Q(attendees__came__isnull=False))
    days = {"event__day__lt": today, "event__day__gte": today - RECENT}
    found = Opening.objects.filter(
        event__space__operator=operator, event__struck=None, event__attendance=None, **days
    )
    found = found.annotate(people=came).filter(people__gt=0).select_related("event")
    return found.order_by("event__day", "pk")[:SHOWN]


def count(opening):
    about = ngettext("%(count)s person checked in.", "%(count)s people checked in.", opening.people)
    return ToDo(
        title=_("State how many came: %(title)s") % {"title": opening.event.title},
        about=about % {"count": opening.people},
        url=opening.get_absolute_url(),
        button=_("Show"),
    )
