"""Requests about credit records that wait for an answer at the department, or for somebody who may answer, and new bad records for the operator to read."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhongchuang.credit.answering import DECIDING, lying_with
from zhongchuang.credit.models import Record, Request
from zhongchuang.credit.rules import terms
from zhongchuang.organisations.models.people import APPLICANTS, Role
from zhongchuang.organisations.todos import ToDo
from zhongchuang.procedures.access import people_of

MOST = 20


def todos(acting):
    """For the post in which one acts: what one may answer, or what one may ask about."""
    if acting.organisation is None:
        return []
    if acting.role in APPLICANTS:
        return [to_read(one) for one in new_ones(acting.organisation)]
    if acting.role == Role.SECURITY_ADMIN:
        return [to_appoint(one) for one in without_hands(acting.organisation)]
    return to_be_answered(acting) if acting.role in DECIDING else []


def new_ones(operator):
    """Bad records in force that were entered lately, about which it has not asked yet."""
    now = timezone.now()
    found = (
        Record.objects.on(timezone.localdate(now)).bad().filter(operator=operator, requests=None)
    )
    return found.filter(recorded__gt=now - timedelta(days=terms()["reply"]["days"]))[:MOST]


def to_read(one):
    title = _("Read a new credit record: %(matter)s") % {"matter": one.matter_name}
    about = _("If it is wrong or was made good, say so on its page.")
    return ToDo(title=title, about=about, url=one.get_absolute_url(), button=_("Open"))


def to_be_answered(acting):
    """What lies with the department: about its own records, and about those below it where nobody there may answer."""
    below = Request.objects.open().filter(record__department__region__path__startswith=acting.organisation.region.path)  # fmt: skip
    found = lying_with(below).filter(lies_with=acting.organisation.pk)
    people = people_of(acting)
    found = found.exclude(record__by__in=people).exclude(asked_by__in=people)
    found = found.select_related("record__operator").order_by("due", "pk")
    return [to_answer(one) for one in found[:MOST]]


def without_hands(department):
    """Requests about records of a department that nobody may answer, at it or above it."""
    found = lying_with(Request.objects.open().filter(record__department=department))
    return found.filter(lies_with=None).select_related("record").order_by("due", "pk")[:MOST]


def to_appoint(one):
    """The record by its code alone: who administers accounts does not read it."""
    return ToDo(
        title=_("Appoint somebody for a request about the credit record %(code)s") % {"code": one.record.code},
        about=_("Nobody but who entered the record could answer it: a reviewer or an approver is missing."),
        url=reverse("organisations:organisation", args=[one.record.department_id]), button=_("Appoint"), due=one.due,
    )  # fmt: skip


def to_answer(one):
    title = _("Answer a request about a credit record: %(name)s") % {"name": one.record.operator.name}  # fmt: skip
    about = f"{one.record.matter_name} · {one.get_kind_display()}"
    return ToDo(title=title, about=about, url=one.get_absolute_url(), button=_("Examine"), due=one.due)  # fmt: skip
