"""Who ends a title; every answer "no" says why."""

from django.utils.translation import gettext_lazy as _

from zhongchuang.organisations.models import Role
from zhongchuang.page.refusal import Refusal, conflict

ENDED = conflict("ended", _("This title has ended already."))


def may_revoke(acting, title):
    """Whether this post revokes a title: an approver of the department that granted it does."""
    if acting.organisation is None or acting.organisation != title.department or acting.role != Role.APPROVER:  # fmt: skip
        return Refusal("not_granting", _("A title is revoked by an approver of the department that granted it: %(name)s."), {"name": title.department.name})  # fmt: skip
    return None if title.is_valid else ENDED


def may_give_up(acting, title):
    """Whether this post gives a title up: the head of its operator does."""
    if acting.role != Role.OPERATOR_HEAD or acting.organisation != title.operator:
        return Refusal("not_the_head", _("The head of the operator gives a title up."))
    return None if title.is_valid else ENDED
