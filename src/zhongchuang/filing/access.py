"""Who ends a title; every answer "no" says why."""

from django.utils.translation import gettext_lazy as _

from zhongchuang.organisations.models import Organisation, Role
from zhongchuang.organisations.models.people import OFFICIALS
from zhongchuang.page.refusal import Refusal, conflict

FROM_BEFORE = conflict("from_before", _("This title was granted before the platform. What was issued then counts; another certificate would be a second one of the same title, so none is printed here."))  # fmt: skip
ENDED = conflict("ended", _("This title has ended already."))
NO_MORE = conflict("no_more", _("This title was ended early, so no certificate of it is printed any more. Its page still says since when and until when it held."))  # fmt: skip


def may_revoke(acting, title):
    """Whether this post revokes a title: an approver of the department that granted it does."""
    if acting.organisation is None or acting.organisation != title.department or acting.role != Role.APPROVER:  # fmt: skip
        return Refusal("not_granting", _("A title is revoked by an approver of the department that granted it: %(name)s."), {"name": title.department.name})  # fmt: skip
    return ENDED if title.is_over else None


def may_give_up(acting, title):
    """Whether this post gives a title up: the head of its operator does."""
    if acting.role != Role.OPERATOR_HEAD or acting.organisation != title.operator:
        return Refusal("not_the_head", _("The head of the operator gives a title up."))
    return ENDED if title.is_over else None


def has_certificate(title):
    """Why no certificate is printed of a title; None where one is."""
    if title.is_from_before:
        return FROM_BEFORE
    return NO_MORE if title.state in {title.State.REVOKED, title.State.WITHDRAWN} else None


def may_bring_in(acting, _scope=""):
    """Whether this post brings past titles and bans in: those who work on cases at a competent department do."""
    own = acting.organisation
    is_theirs = own is not None and own.kind == Organisation.Kind.DEPARTMENT and own.competent
    if not is_theirs or acting.role not in OFFICIALS - {Role.FINANCE}:
        return Refusal("not_competent", _("Past titles and bans are brought in by the department that granted or set them."))  # fmt: skip
    return None
