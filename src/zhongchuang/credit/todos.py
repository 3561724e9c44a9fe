"""Requests about credit records that wait for an answer at the department, and new bad records for the operator to read."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from zhongchuang.credit.access import DECIDING, may_answer
from zhongchuang.credit.models import Record, Request
from zhongchuang.credit.rules import terms
from zhongchuang.organisations.models.people import APPLICANTS
from zhongchuang.organisations.todos import ToDo

MOST = 20


def todos(acting):
    """For the post in which one acts: what one may answer, or what one may ask about."""
    if acting.organisation is None:
        return []
    if acting.role in APPLICANTS:
        return [to_read(one) for one in new_ones(acting.organisation)]
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
    found = Request.objects.open().filter(record__department=acting.organisation)
    found = found.select_related("record__operator", "record__department").order_by("due", "pk")
    return [to_answer(one) for one in found[:MOST] if may_answer(acting, one) is None]


def to_answer(one):
    title = _("Answer a request about a credit record: %(name)s") % {"name": one.record.operator.name}  # fmt: skip
    about = f"{one.record.matter_name} · {one.get_kind_display()}"
    return ToDo(title=title, about=about, url=one.get_absolute_url(), button=_("Examine"), due=one.due)  # fmt: skip
