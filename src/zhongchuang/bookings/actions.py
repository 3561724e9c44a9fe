"""Resources are booked and bookings cancelled; nothing is deleted but the slots, which others may have then."""

import uuid
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.audit.actions import log
from zhongchuang.bookings.access import may_book, may_book_for, may_cancel
from zhongchuang.bookings.models import A_DAY, Booking, Slot, moment
from zhongchuang.page.refusal import Refused, conflict, require
from zhongchuang.records.actions import change

AHEAD = timedelta(days=366)
PAST = conflict("past", _("That time is over. Choose a later one."))
FAR = conflict("far", _("That is more than a year ahead. Choose an earlier day."))


@transaction.atomic
def book(  # noqa: PLR0913 -- when, for whom, what for
    resource, *, by, day, begins, ends, purpose, resident=None, weeks=1
):
    """Book half hours of a day, `ends` before `begins` being on the next; for so many weeks, all of them or none."""
    require(may_book(by, resource))
    require(may_book_for(by, resource, resident))
    require(FAR if day > timezone.localdate() + AHEAD else None)
    last = ends if ends > begins else ends + A_DAY
    series = uuid.uuid4() if weeks > 1 else None
    bookings = []
    for week in range(weeks):
        on = day + timedelta(weeks=week)
        one = Booking(
            space=resource.space, resource=resource, day=on, start=moment(on, begins), end=moment(on, last),
            resident=resident, purpose=purpose, fee=resource.fee_for(last - begins), series=series, recorded_by=by.user,
        )  # fmt: skip
        bookings.append(held(one, by=by))
    return bookings[0]


def held(booking, *, by):
    """The booking with its slots; where others have one of them, it says which."""
    slots = booking.slots_to_hold()
    require(why_not(booking, slots))
    try:
        with transaction.atomic():
            booking.save()
            Slot.objects.bulk_create(slots)
    except IntegrityError as fault:
        raise Refused(taken(slots)) from fault
    told = {"resource": booking.resource.name, "start": booking.start, "end": booking.end, "purpose": booking.purpose}  # fmt: skip
    log(booking, "booking_made", by=by.who, new=told | {"resident": booking.resident})
    return booking


def why_not(booking, slots):
    """Why a time cannot be booked at all: it is over, far ahead, or the resource is closed."""
    now = timezone.now()
    if booking.end <= now:
        return PAST
    if booking.start > now + AHEAD:
        return FAR
    shut = next((slot for slot in slots if not booking.resource.is_open(slot.start)), None)
    if shut is None:
        return None
    return conflict(
        "shut", _("%(name)s is closed on %(when)s. Choose a time within the opening hours."),
        name=booking.resource.name, when=words(shut.start),
    )  # fmt: skip


def taken(slots):
    """Which of the half hours somebody has."""
    resource, starts = slots[0].resource, [slot.start for slot in slots]
    found = Slot.objects.filter(resource=resource, start__in=starts).order_by("start")
    first = found.values_list("start", flat=True).first() or starts[0]
    return conflict(
        "taken", _("%(name)s is taken on %(when)s. Choose another time; nothing was booked."),
        name=resource.name, when=words(first),
    )  # fmt: skip


def words(start):
    return f"{timezone.localtime(start):%Y-%m-%d %H:%M}"


@transaction.atomic
def cancel(booking, *, by, version, reason, later=False):
    """Cancel a booking, and on request those that follow it in its series; others may have the time then."""
    require(may_cancel(by, booking))
    release(booking, by=by, version=version, reason=reason)
    if later and booking.series:
        following = Booking.objects.standing().filter(
            series=booking.series, start__gt=booking.start
        )
        for one in following.select_related("resource", "space__operator", "resident"):
            release(one, by=by, version=one.version, reason=reason)
    return booking


def release(booking, *, by, version, reason):
    change(booking, version=version, struck=timezone.now(), struck_reason=reason)
    booking.slots.all().delete()
    log(booking, "booking_cancelled", by=by.who, given={"reason": reason})
