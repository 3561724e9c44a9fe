"""Mentors: appointed, put right, their telephone opened for a reason."""

from http import HTTPStatus

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from zhongchuang.audit.actions import log
from zhongchuang.ledgers.access import may_write
from zhongchuang.page.refusal import Refusal, Refused, require
from zhongchuang.records.actions import change
from zhongchuang.sealed.actions import reveal
from zhongchuang.services.access import may_change
from zhongchuang.services.models import Appointment, Mentor

APPOINTED = Refusal(
    "appointed", _("This mentor is appointed here already."), status=HTTPStatus.CONFLICT
)
SAME = Refusal(
    "same", _("Another mentor of yours has this name and employer."), status=HTTPStatus.CONFLICT
)


@transaction.atomic
def appoint(space, *, by, day, name, employer="", fulltime="", file=None, **more):
    """A mentor begins at a space; one of this name and employer is known already, and what is new about the person is added."""
    require(may_write(by, space))
    mentor = (
        Mentor.objects.filter(operator=space.operator, name=name, employer=employer)
        .select_related("merged_into")
        .first()
    )
    mentor = mentor and (mentor.merged_into or mentor)
    if mentor is None:
        mentor = Mentor.objects.create(
            operator=space.operator, name=name, employer=employer, **more
        )
        log(mentor, "mentor_recorded", by=by.who, new={"name": name, "employer": employer})
    elif fresh := {key: value for key, value in more.items() if value and not getattr(mentor, key)}:
        revise_mentor(mentor, by=by, version=mentor.version, **fresh)
    try:
        with transaction.atomic():
            here = Appointment.objects.standing().filter(mentor.family(), space=space, until=None)
            require(APPOINTED if here.exists() else None)
            line = Appointment.objects.create(
                space=space, mentor=mentor, day=day, fulltime=fulltime, recorded_by=by.user
            )
    except IntegrityError as fault:
        raise Refused(APPOINTED) from fault
    del file
    log(line, "line_written", by=by.who, new={"space": space.code, "mentor": name, "day": day})
    return line


@transaction.atomic
def revise_mentor(mentor, *, by, version, **given):
    """Put right what is known of a mentor."""
    require(may_change(by, mentor))
    old = {name: getattr(mentor, name) for name in given if name != "mobile"}
    for name, value in given.items():
        setattr(mentor, name, value)
    plain = {name: value for name, value in given.items() if name != "mobile"}
    try:
        with transaction.atomic():
            change(mentor, version=version, **plain)
    except IntegrityError as fault:
        raise Refused(SAME) from fault
    if "mobile" in given:
        mentor.save(update_fields=["mobile", "mobile_index"])
    log(mentor, "mentor_changed", by=by.who, old=old, new=plain)
    return mentor


def reveal_number(mentor, *, by, field, reason):
    """Open the telephone of a mentor; the log says who and why."""
    return reveal(
        mentor, field, by=by, reason=reason, may=lambda who, row, _field: may_change(who, row)
    )
