"""The ledgers of what is shared, and of who had it."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.bookings.access import may_cancel
from zhongchuang.bookings.forms import ResourceForm
from zhongchuang.bookings.models import Booking, Resource
from zhongchuang.ledgers.declaration import Column, Ledger


def ledgers():
    return [RESOURCES, BOOKINGS]


def booking_verbs(acting, line):
    """Cancelling, as long as it is not cancelled."""
    if may_cancel(acting, line) is not None:
        return []
    return [(reverse("bookings:cancel", args=[line.key]), _("Cancel the booking"))]


RESOURCES = Ledger(
    name="resources",
    title=_("Shared rooms and instruments"),
    about=_("What residents use by the hour: rooms, halls, instruments, with opening hours and fee."),
    button=_("Share a room or an instrument"),
    model=Resource,
    form=ResourceForm,
    columns=(
        Column("name", _("Name")),
        Column("kind", _("Kind")),
        Column("capacity", _("People it holds"), number=True),
        Column("place", _("Place")),
        Column("fee", _("Fee an hour (yuan)"), number=True),
        Column("hours", _("Opening hours")),
        Column("until", _("Until"), ending=True),
    ),
    group="services",
    searched=("name", "place"),
    verbs=lambda acting, line: [(line.get_absolute_url(), _("Calendar"))],  # noqa: ARG005 -- for every reader
)  # fmt: skip
BOOKINGS = Ledger(
    name="bookings",
    title=_("Bookings"),
    about=_("Who had which room or instrument, when and what for."),
    button=_("Book"),
    model=Booking,
    form=ResourceForm,
    columns=(
        Column("resource", _("Room or instrument"), value=lambda line: line.resource.name),
        Column("start", _("From (time)"), value=lambda line: f"{timezone.localtime(line.start):%H:%M}"),
        Column("end", _("To (time)"), value=lambda line: line.ends),
        Column("length", _("Hours"), number=True, value=lambda line: line.length),
        Column("resident", _("Booked for"), value=lambda line: line.resident and line.resident.name),
        Column("purpose", _("What for")),
        Column("fee", _("Fee (yuan)"), number=True),
    ),
    group="services",
    queries=("resource", "resident"),
    searched=("resource__name", "resident__name", "purpose"),
    written=False,
    begin="bookings:resources",
    verbs=booking_verbs,
)  # fmt: skip
