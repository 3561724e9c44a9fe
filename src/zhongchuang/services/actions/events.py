"""Events: opened for sign-up, their attendance taken over from those who checked in, photographs added."""

from http import HTTPStatus

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.audit.actions import log
from zhongchuang.audit.models import Subject
from zhongchuang.ledgers import actions as ledger_actions
from zhongchuang.ledgers.access import may_correct
from zhongchuang.page.refusal import Refusal, Refused, require
from zhongchuang.records.actions import change
from zhongchuang.services.access import may_open_signup, may_run_signup
from zhongchuang.services.actions.signups import write_to_moved_up
from zhongchuang.services.models import Attendee, Opening
from zhongchuang.services.models.events import keys_of_waiting
from zhongchuang.services.rules import KEPT

NOBODY = Refusal(
    "nobody",
    _("Nobody has checked in yet, so there is no number to take over. Count the people, and correct the line."),
    status=HTTPStatus.CONFLICT,
)  # fmt: skip


@transaction.atomic
def open_signup(event, *, by, **given):
    """Open an event for sign-up; there is one address to sign up at, and one to check in at."""
    require(may_open_signup(by, event))
    opening = Opening.objects.create(event=event, opened_by=by.user, **given)
    log(opening, "signup_opened", by=by.who, new=given)
    return opening


@transaction.atomic
def change_opening(opening, *, by, version, **given):
    """Change seats, times or terms. With fewer seats than people the last ones wait, with more they move up."""
    require(may_run_signup(by, opening))
    old = {name: getattr(opening, name) for name in given}
    waited = keys_of_waiting(opening)
    change(opening, version=version, **given)
    write_to_moved_up(opening, waited)
    log(opening, "signup_changed", by=by.who, old=old, new=given)
    return opening


@transaction.atomic
def take_over(opening, *, by, version):
    """The number of those who checked in becomes the attendance of the event."""
    require(may_correct(by, opening.event))
    came = opening.tally().came
    if not came:
        raise Refused(NOBODY)
    ledger_actions.correct(opening.event, by=by, version=version, attendance=came)
    return opening


@transaction.atomic
def add_photograph(event, *, by, photograph):
    """Put a looked-at picture behind an event."""
    require(may_correct(by, event))
    ledger_actions.attach(event, photograph, by=by)
    log(event, "photograph_attached", by=by.who, new={"name": photograph.name})
    return event


@transaction.atomic
def forget(now=None):
    """Delete names and numbers of those who signed up for events long past; the counts stay. Returns how many."""
    now = now or timezone.now()
    old = Attendee.objects.filter(
        forgotten=None, opening__event__day__lt=timezone.localdate(now) - KEPT
    )
    count = old.update(
        name="", mobile="", mobile_index="", email="", organisation="", forgotten=now
    )
    if count:
        log(Subject("services.attendee", label="attendees"), "data_cleared", by=None, new={"attendees": count})  # fmt: skip
    return count
