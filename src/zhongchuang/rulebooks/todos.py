"""Proposals to activate a pack, for the approvers of the department."""

from django.utils.translation import gettext as _

from zhongchuang.organisations.models import Role
from zhongchuang.organisations.todos import ToDo
from zhongchuang.rulebooks.models import Activation

MOST = 20


def todos(acting):
    if acting.role != Role.APPROVER or acting.organisation is None:
        return []
    found = Activation.objects.visible_to(acting).waiting().filter(department=acting.organisation)
    return [to_decide(one) for one in found.select_related("rulebook").order_by("pk")[:MOST]]


def to_decide(activation):
    return ToDo(title=_("Activate, or not: rule pack %(name)s") % {"name": activation}, about=activation.reason, url=activation.get_absolute_url(), button=_("Look"), due=activation.starts)  # fmt: skip
