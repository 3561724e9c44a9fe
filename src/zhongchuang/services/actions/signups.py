"""Signing up for an event, calling it off, checking in at the door. Who does this has no account; the log holds no name of them."""

from http import HTTPStatus

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.audit.actions import log
from zhongchuang.organisations.jobs import write
from zhongchuang.page.refusal import Refusal, Refused, require
from zhongchuang.residents.models import Resident, Stay
from zhongchuang.sealed.actions import reveal
from zhongchuang.sealed.fields import matching
from zhongchuang.services.access import may_check_in, may_run_signup, may_sign_up
from zhongchuang.services.models import Attendee, Opening
from zhongchuang.services.models.events import keys_of_waiting

CONFLICT = HTTPStatus.CONFLICT
TWICE = Refusal(
    "twice",
    _("This telephone has signed up already. Its private page tells the place; if you lost that, ask the organiser."),
    status=CONFLICT, field="mobile",
)  # fmt: skip
NO_RESIDENT = Refusal(
    "no_resident",
    _("This event is for residents of the space. Enter the name of your team or firm as it stands in its agreement."),
    status=CONFLICT, field="organisation",
)  # fmt: skip
NOT_FOUND = Refusal(
    "not_found",
    _("Nobody signed up with this. Enter the last four digits of the telephone, or the name as you gave it; or sign in below."),
    status=CONFLICT, field="who",
)  # fmt: skip
SEVERAL = Refusal(
    "several",
    _("Several people have these. Enter the other: the last four digits in place of the name, or the name in place of the digits."),
    status=CONFLICT, field="who",
)  # fmt: skip
CALLED_OFF = Refusal("called_off", _("This was called off already."), status=CONFLICT)
CAME = Refusal("came", _("You have checked in at this event."), status=CONFLICT)
DIGITS = 4


def locked(opening):
    """The opening, held until the end of the transaction: places in line are given one after the other."""
    return Opening.objects.select_for_update().select_related(None).get(pk=opening.pk)


@transaction.atomic
def sign_up(opening, *, by, request_key, name, mobile, organisation="", email=""):
    """Take the next place in line; the same form again is the same place."""
    opening = locked(opening)
    if before := opening.attendees.filter(request_key=request_key).first():
        return before
    require(may_sign_up(opening))
    if opening.attendees.in_line().filter(matching(Attendee, "mobile", mobile)).exists():
        raise Refused(TWICE)
    resident = resident_called(opening, organisation)
    if resident is None and opening.audience == Opening.Audience.RESIDENTS:
        raise Refused(NO_RESIDENT)
    return put(
        opening, "signed_up", by=by, request_key=request_key, name=name, mobile=mobile, email=email,
        organisation=organisation, resident=resident,
    )  # fmt: skip


def put(opening, verb, *, by, **given):
    """The next number of an opening for one more person."""
    number = opening.tally().last + 1
    attendee = Attendee.objects.create(opening=opening, number=number, **given)
    log(attendee, verb, by=by.who, new={"event": str(opening.event.key), "number": number})
    return attendee


def resident_called(opening, name):
    """The resident of this name that stays at the space of the event on its day."""
    event = opening.event
    here = Stay.objects.standing().on(event.day).filter(space=event.space_id)
    return Resident.objects.filter(pk__in=here.values("resident"), name=name).first() if name else None  # fmt: skip


@transaction.atomic
def call_off(attendee, *, by):
    """Give the place back; the first who waits moves up."""
    opening, now = locked(attendee.opening), timezone.now()
    waited = keys_of_waiting(opening)
    gone = Attendee.objects.filter(pk=attendee.pk, cancelled=None, came=None).update(cancelled=now)
    if not gone:
        attendee.refresh_from_db()
        raise Refused(CAME if attendee.came else CALLED_OFF)
    write_to_moved_up(opening, waited - {attendee.pk})
    log(attendee, "signup_called_off", by=by.who)
    return attendee


def write_to_moved_up(opening, waited):
    """A letter to each of those who waited and have a seat now, as long as the event is to come."""
    if opening.event.struck or opening.event.day < timezone.localdate():
        return
    moved = opening.attendees.filter(pk__in=waited - keys_of_waiting(opening)).exclude(email="")
    for one in moved:
        write("moved_up", one.email, address=one.get_absolute_url(), app="services", opening=opening, event=opening.event)  # fmt: skip


# --- at the door ----------------------------------------------------------------------------------


def found(opening, who):
    """The one person of the opening with these last digits or this name."""
    standing = list(opening.attendees.standing())
    if who.isdecimal() and len(who) == DIGITS:
        fits = [one for one in standing if one.mobile and one.mobile.plain().endswith(who)]
    else:
        wanted = "".join(who.split()).casefold()
        fits = [one for one in standing if "".join(one.name.split()).casefold() == wanted]
    if len(fits) != 1:
        raise Refused(SEVERAL if fits else NOT_FOUND)
    return fits[0]


@transaction.atomic
def check_in(opening, *, by, who):
    """Check in whoever signed up with these last four digits or this name; twice is once."""
    require(may_check_in(opening))
    attendee = found(opening, who)
    came(attendee, by=by)
    return attendee


@transaction.atomic
def walk_in(opening, *, by, request_key, name, mobile="", organisation=""):
    """Somebody who did not sign up comes in."""
    opening = locked(opening)
    if before := opening.attendees.filter(request_key=request_key).first():
        return before
    require(may_check_in(opening))
    known = mobile and opening.attendees.standing().filter(matching(Attendee, "mobile", mobile)).first()  # fmt: skip
    if known:
        came(known, by=by)
        return known
    return put(
        opening, "walked_in", by=by, request_key=request_key, name=name, mobile=mobile, walk_in=True,
        organisation=organisation, resident=resident_called(opening, organisation), came=timezone.now(),
    )  # fmt: skip


def came(attendee, *, by, ticked_by=None):
    """Note that a person came, once."""
    standing = Attendee.objects.filter(pk=attendee.pk, came=None, cancelled=None)
    if standing.update(came=timezone.now(), ticked_by=ticked_by):
        log(attendee, "checked_in", by=by.who)


@transaction.atomic
def tick(attendee, *, by):
    """The operator ticks a person off on the day of the event."""
    opening = attendee.opening
    require(may_run_signup(by, opening) or may_check_in(opening))
    came(attendee, by=by, ticked_by=by.user)
    return opening


@transaction.atomic
def untick(attendee, *, by):
    """Take back a tick that was made by mistake."""
    opening = attendee.opening
    require(may_run_signup(by, opening) or may_check_in(opening))
    standing = Attendee.objects.filter(pk=attendee.pk, came__isnull=False, walk_in=False)
    if standing.update(came=None, ticked_by=None):
        log(attendee, "check_in_taken_back", by=by.who)
    return opening


def reveal_mobile(attendee, *, by, field, reason):
    """Open the telephone of somebody who signed up; the log says who and why."""
    return reveal(
        attendee, field, by=by, reason=reason,
        may=lambda who, row, _field: may_run_signup(who, row.opening),
    )  # fmt: skip
