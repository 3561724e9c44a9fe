"""Who writes about mentors, runs the sign-up of an event, asks for a session; every answer "no" says why."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from zhongchuang.ledgers.access import may_correct, may_write
from zhongchuang.organisations.models.people import APPLICANTS
from zhongchuang.page.refusal import Refusal, conflict
from zhongchuang.residents.access import APART, NOT_MERGING, acts_for, in_reach, merges
from zhongchuang.residents.models import Stay
from zhongchuang.services.models import Appointment, Asking, Opening
from zhongchuang.spaces.models import Space


def may_change(acting, mentor):
    """Whether this post changes what is known of a mentor: those of the operator who appointed the person."""
    if acting.role not in APPLICANTS or acting.organisation != mentor.operator:
        return Refusal(
            "not_yours", _("Only the operator that appointed a mentor writes about this person.")
        )
    return None


OUT_OF_REACH = Refusal(
    "out_of_reach",
    _("One of both is or was appointed at a space that is not yours. The department of the region that has all these spaces merges them."),
)  # fmt: skip


def may_merge(acting, *mentors):
    """Whether this post merges these records: all their appointments lie within its reach."""
    if not merges(acting):
        return NOT_MERGING
    for one in mentors:
        theirs = Appointment.objects.standing().filter(one.family())
        if not theirs.exists() or theirs.exclude(in_reach(acting)).exists():
            return OUT_OF_REACH
    return None


def may_take_apart(acting, made):
    """Whether this post takes a merger of mentors back."""
    refusal = may_merge(acting, made.survivor, made.merged)
    return refusal or (APART if made.undone else None)


# --- sign-up of events ----------------------------------------------------------------------------


def may_open_signup(acting, event):
    """Whether this post opens an event for sign-up: before its day is over, and once."""
    refusal = may_correct(acting, event)
    if refusal is None and event.day < timezone.localdate():
        return conflict("past", _("The event took place already. Enter the people who came in its line."))  # fmt: skip
    if refusal is None and Opening.objects.filter(event=event).exists():
        return conflict("open", _("This event is open for sign-up already. Change its sign-up."))
    return refusal


def may_run_signup(acting, opening):
    """Whether this post looks after those who signed up."""
    return may_correct(acting, opening.event)


def may_sign_up(opening):
    """Whether anybody signs up now."""
    event = opening.event
    if event.struck:
        return conflict("struck", _("This event does not take place."))
    if not opening.is_open:
        return conflict(
            "closed", _("Sign-up ended on %(when)s. At the door you can still sign in."),
            when=date_format(timezone.localtime(opening.until), "DATETIME_FORMAT"),
        )  # fmt: skip
    return None


def may_check_in(opening):
    """Whether one checks in now: on the day of the event alone."""
    event = opening.event
    if event.struck:
        return conflict("struck", _("This event does not take place."))
    if event.day != timezone.localdate():
        return conflict(
            "other_day", _("One checks in on the day of the event alone: %(day)s."),
            day=date_format(event.day, "DATE_FORMAT"),
        )  # fmt: skip
    return None


# --- sessions of mentors --------------------------------------------------------------------------


def may_ask_for(acting, space, resident):
    """Whether this post asks for a session: its own people for a resident, the operator for all who stay."""
    if not acts_for(acting, resident) and (refusal := may_write(acting, space)):
        return refusal
    if space.state == Space.State.CLOSED:
        return conflict("closed", _("This space is closed; nobody is asked for there any more."))
    here = Stay.objects.standing().on(timezone.localdate())
    if not here.filter(space=space, resident=resident).exists():
        return conflict("not_here", _("This resident does not stay at the space now."))
    return None


def may_answer(acting, asking):
    """Whether this post agrees on a day or declines."""
    refusal = may_write(acting, asking.space)
    if refusal is None and asking.state not in {Asking.State.ASKED, Asking.State.AGREED}:
        return conflict("answered", _("This was answered already: %(state)s."), state=asking.get_state_display())  # fmt: skip
    return refusal


def may_hold(acting, asking):
    """Whether this post writes the session down."""
    refusal = may_answer(acting, asking)
    if refusal is None and asking.state != Asking.State.AGREED:
        return conflict("not_agreed", _("No day is agreed for this session yet. Agree on one first."))  # fmt: skip
    return refusal


def may_rate(acting, asking):
    """Whether this post rates the session: the resident's own people, or the operator with what it was told."""
    if not acts_for(acting, asking.resident) and (refusal := may_write(acting, asking.space)):
        return refusal
    if asking.state != Asking.State.HELD or asking.session.struck:
        return conflict("not_held", _("A session is rated after it was held."))
    return None
