"""Requests about credit records that wait for an answer at the department that keeps the record."""

from django.utils.translation import gettext as _

from zhongchuang.credit.access import DECIDING, may_answer
from zhongchuang.credit.models import Request
from zhongchuang.organisations.todos import ToDo

MOST = 20


def todos(acting):
    """For the post in which one acts: those that one may answer."""
    if acting.organisation is None or acting.role not in DECIDING:
        return []
    found = Request.objects.open().filter(record__department=acting.organisation)
    found = found.select_related("record__operator", "record__department").order_by("due", "pk")
    return [to_answer(one) for one in found[:MOST] if may_answer(acting, one) is None]


def to_answer(one):
    title = _("Answer a request about a credit record: %(name)s") % {"name": one.record.operator.name}  # fmt: skip
    about = f"{one.record.matter_name} · {one.get_kind_display()}"
    return ToDo(title=title, about=about, url=one.get_absolute_url(), button=_("Examine"), due=one.due)  # fmt: skip
