"""Who may register, change, examine and group spaces; every answer "no" says why."""

from dataclasses import replace
from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from zhongchuang.organisations.models import Organisation, Role
from zhongchuang.organisations.models.people import APPLICANTS, OFFICIALS
from zhongchuang.page.refusal import Refusal, conflict
from zhongchuang.spaces.deciding import way_of
from zhongchuang.spaces.models import Change, Space

DECIDING = {Role.REVIEWER, Role.APPROVER}
State = Space.State
DECIDED = conflict("decided", _("This change has already been decided."))
BY_CASE = conflict("by_case", _("The space holds a title, so a case decides on this change: %(name)s (%(cite)s). Its operator begins it."))  # fmt: skip
IN_CASE = conflict("in_case", _("A case decides on this change. Withdraw the case, as long as nobody examines it; the change is then withdrawn with it."))  # fmt: skip


def may_register(acting):
    """Whether this post registers spaces: those who work for a confirmed operator do."""
    own = acting.organisation
    if own is None or own.kind != Organisation.Kind.OPERATOR or acting.role not in APPLICANTS:
        return Refusal(
            "not_an_operator", _("Spaces are registered by those who work for their operator.")
        )
    if own.state != Organisation.State.CONFIRMED:
        return Refusal(
            "not_confirmed",
            _("Your organisation is not confirmed yet. Spaces can be registered when it is."),
            status=HTTPStatus.CONFLICT,
        )
    return None


def may_edit(acting, space):
    """Whether this post writes what is recorded of a space: its operator does, as long as it runs."""
    if acting.role not in APPLICANTS or acting.organisation != space.operator:
        return Refusal(
            "not_yours", _("Only those who work for the operator of this space change it.")
        )
    if space.state == State.CLOSED:
        return Refusal(
            "closed",
            _("This space is closed; nothing is changed in it any more."),
            status=HTTPStatus.CONFLICT,
        )
    if space.state == State.SUBMITTED:
        return Refusal(
            "being_examined",
            _("This space is being examined. Take it back first, or wait for the answer."),
            status=HTTPStatus.CONFLICT,
        )
    return None


def may_submit(acting, space):
    """Whether this post sends a space to its department."""
    if acting.role not in APPLICANTS or acting.organisation != space.operator:
        return Refusal(
            "not_yours", _("Only those who work for the operator of this space submit it.")
        )
    if not space.is_in_preparation:
        return Refusal(
            "submitted", _("This space was already submitted."), status=HTTPStatus.CONFLICT
        )
    return None


def may_take_back(acting, space):
    """Whether this post takes a submitted space back, as long as nobody decided."""
    if acting.role not in APPLICANTS or acting.organisation != space.operator:
        return Refusal(
            "not_yours", _("Only those who work for the operator of this space take it back.")
        )
    if space.state != State.SUBMITTED:
        return Refusal(
            "not_submitted",
            _("There is nothing to take back: nobody is examining it."),
            status=HTTPStatus.CONFLICT,
        )
    return None


def may_close(acting, space):
    """Whether this post ends a space: the head of its operator does, once it is registered."""
    if acting.role != Role.OPERATOR_HEAD or acting.organisation != space.operator:
        return Refusal("not_the_head", _("The head of the operator closes a space."))
    if space.state != State.CONFIRMED:
        return Refusal(
            "not_registered", _("Only a registered space is closed."), status=HTTPStatus.CONFLICT
        )
    return None


def decides(acting, space):
    """Whether this post examines the space: a reviewer or approver of the department that is competent for it."""
    decider = space.decider
    if decider is None or acting.organisation != decider:
        return Refusal(
            "other_department",
            _("This space is examined by %(name)s."),
            {"name": decider.name if decider else space.region.full_name},
        )
    if acting.role not in DECIDING:
        return Refusal("not_a_reviewer", _("A reviewer or an approver decides on the register."))
    return None


def may_reveal(acting, row, _field=None):
    """Whether this post opens a sealed number of a member of staff."""
    return may_reveal_any(acting, row.space)


def may_reveal_any(acting, space):
    """Whether this post opens sealed numbers of the staff of a space: its operator does, or who examines it."""
    runs = acting.role in APPLICANTS and acting.organisation == space.operator
    if runs or decides(acting, space) is None:
        return None
    return Refusal(
        "not_concerned",
        _("Only those who work for the operator of this space, or examine it, open these numbers."),
    )


def may_decide(acting, space):
    """Whether this post confirms a submitted space or returns it."""
    if space.state != State.SUBMITTED:
        return Refusal(
            "decided",
            _("Nobody waits for a decision here: the space is not submitted, or it was decided."),
            status=HTTPStatus.CONFLICT,
        )
    return decides(acting, space)


def may_decide_change(acting, change):
    """Whether this post confirms a change or not: a click decides where no case does."""
    if change.state != Change.State.WAITING:
        return DECIDED
    refusal = decides(acting, change.space)
    if refusal is None and (way := way_of(change)):
        return replace(BY_CASE, params={"name": way.title, "cite": way.cite})
    return refusal


def may_withdraw_change(acting, change):
    """Whether this post takes back a change that it asked for."""
    if acting.role not in APPLICANTS or acting.organisation != change.space.operator:
        return Refusal(
            "not_yours", _("Only those who work for the operator of this space take it back.")
        )
    if change.state != Change.State.WAITING:
        return DECIDED
    return IN_CASE if change.in_case else None


def may_keep_clusters(acting):
    """Whether this post keeps lists of clusters: officials of a department do, within their reach."""
    own = acting.organisation
    if own is None or not own.is_department or acting.role not in OFFICIALS - {Role.FINANCE}:
        return Refusal("not_a_department", _("Clusters are kept by departments."))
    return None


def may_change_cluster(acting, cluster):
    """Whether this post changes a cluster: the department that keeps it."""
    refusal = may_keep_clusters(acting)
    if refusal is None and cluster.keeper != acting.organisation:
        return Refusal(
            "not_yours", _("This cluster is kept by %(name)s."), {"name": cluster.keeper.name}
        )
    if refusal is None and cluster.ended:
        return Refusal("ended", _("This cluster has ended."), status=HTTPStatus.CONFLICT)
    return refusal
