"""A session with a mentor: asked for, agreed or declined, held, rated."""

from http import HTTPStatus

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.audit.actions import log
from zhongchuang.ledgers.actions import write_down
from zhongchuang.page.refusal import Refusal, Refused, require
from zhongchuang.records.actions import change
from zhongchuang.services.access import may_answer, may_ask_for, may_hold, may_rate
from zhongchuang.services.models import Appointment, Asking, Session

NOT_APPOINTED = Refusal(
    "not_appointed",
    _("This mentor is not appointed at the space on that day. Choose another day or another mentor."),
    status=HTTPStatus.CONFLICT,
)  # fmt: skip
TO_COME = Refusal(
    "to_come", _("That day is still to come. Write the session down once it was held."),
    status=HTTPStatus.CONFLICT, field="day",
)  # fmt: skip


def appointed(space, mentor, day):
    """Whether a mentor is appointed at a space on a day."""
    lines = Appointment.objects.standing().on(day)
    return lines.filter(space=space, mentor=mentor).exists()


@transaction.atomic
def ask_for(space, *, by, mentor, resident, topic, wished=""):
    """A resident asks for a session, or the operator for it."""
    require(may_ask_for(by, space, resident))
    if not appointed(space, mentor, timezone.localdate()):
        raise Refused(NOT_APPOINTED)
    asking = Asking.objects.create(
        space=space, mentor=mentor, resident=resident, topic=topic, wished=wished, asked_by=by.user
    )
    told = {"space": space.code, "mentor": mentor, "resident": resident.code, "topic": topic}
    log(asking, "session_asked_for", by=by.who, new=told)
    return asking


@transaction.atomic
def agree(asking, *, by, version, day, begins=None, place=""):
    """Agree on a day; agreed anew it is moved."""
    require(may_answer(by, asking))
    if not appointed(asking.space, asking.mentor, day):
        raise Refused(NOT_APPOINTED)
    given = {"day": day, "begins": begins, "place": place}
    change(asking, version=version, state=Asking.State.AGREED, **given)
    log(asking, "session_agreed", by=by.who, new=given)
    return asking


@transaction.atomic
def decline(asking, *, by, version, reason):
    """Say why there will be no session."""
    require(may_answer(by, asking))
    change(asking, version=version, state=Asking.State.DECLINED, reason=reason)
    log(asking, "session_declined", by=by.who, given={"reason": reason})
    return asking


@transaction.atomic
def hold(asking, *, by, version, day, length=None):
    """The session was held: it becomes a line of the ledger."""
    require(may_hold(by, asking))
    if day > timezone.localdate():
        raise Refused(TO_COME)
    if not appointed(asking.space, asking.mentor, day):
        raise Refused(NOT_APPOINTED)
    session = write_down(
        Session, asking.space, by=by, mentor=asking.mentor, topic=asking.topic, day=day, length=length,
        residents=[asking.resident],
    )  # fmt: skip
    change(asking, version=version, state=Asking.State.HELD, session=session, day=day)
    log(asking, "session_held", by=by.who, new={"day": day})
    return asking


@transaction.atomic
def rate(asking, *, by, version, rating):
    """The resident says how good the session was; the operator passes on what it said."""
    require(may_rate(by, asking))
    change(asking, version=version)
    change(asking.session, version=asking.session.version, rating=rating)
    log(asking.session, "session_rated", by=by.who, new={"rating": rating})
    return asking
