"""Opinions that an expert owes."""

from django.utils.translation import gettext as _

from zhongchuang.gap import words
from zhongchuang.organisations.models import Role
from zhongchuang.organisations.todos import ToDo
from zhongchuang.panels.models import Seat

MOST = 20


def todos(acting):
    if acting.role != Role.EXPERT:
        return []
    found = Seat.objects.open_for(acting.user.pk).select_related("case__space", "case__rules")
    return [
        ToDo(
            title=_("Give your opinion: %(name)s") % {"name": one.case.space.name}, about=words.say(one.case.course.title),
            url=one.get_absolute_url(), button=_("Write"), due=one.due,
        )
        for one in found.order_by("due", "pk")[:MOST]
    ]  # fmt: skip
