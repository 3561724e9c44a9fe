"""Who enters, changes and closes organisations, and who delegates a department's powers."""

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from zhongchuang.organisations.access import Kind, is_decider, stands_below
from zhongchuang.organisations.models import Organisation, Role
from zhongchuang.page.refusal import Refusal

NOT_THE_REGISTRAR = Refusal(
    "not_the_registrar",
    _("Organisations are entered by the system administrator of a department above them."),
)


def may_enter(acting):
    """Whether this post brings in organisations: the system administrator of a department.

    GB/T 22239 gives identities to the system administrator and powers to the security administrator: who brings
    in an organisation cannot give anyone a post at it, and who gives posts cannot bring one in (S-04).
    """
    own = acting.organisation
    if acting.role != Role.SYSTEM_ADMIN or not own.is_department or not acting.post.reach:
        return NOT_THE_REGISTRAR
    return None


def may_place(acting, kind, region):
    """Whether an organisation of a kind may be entered in a region: departments strictly below the own one."""
    own = acting.organisation
    if kind == Kind.OPERATOR:
        return Refusal(
            "registers_itself",
            _("Operators register themselves; the department of their region confirms them."),
        )
    if not own.region.holds(region):
        return Refusal(
            "out_of_reach",
            _("%(region)s does not lie in your region, %(own)s."),
            {"region": region, "own": own.region},
        )
    if kind == Kind.DEPARTMENT and region.path == own.region.path:
        return Refusal(
            "not_below",
            _("A department is established from the level above. Name a region below %(own)s."),
            {"own": own.region},
        )
    return None


def may_establish(acting, kind, region):
    """Whether this post may bring in an organisation of this kind there."""
    return may_enter(acting) or may_place(acting, kind, region)


def may_keep(acting, organisation):
    """Whether this post looks after the entry of an organisation: what stands below its department, and no operator."""
    refusal = may_enter(acting)
    if refusal is None and organisation.kind == Kind.OPERATOR:
        refusal = may_place(acting, organisation.kind, organisation.region)
    if refusal is None and not stands_below(organisation, acting.post):
        refusal = Refusal("out_of_reach", _("This organisation lies outside your reach."))
    return refusal


def may_change(acting, organisation):
    """Whether the particulars may be changed: a running organisation's, by who looks after its entry."""
    if organisation.state != Organisation.State.CONFIRMED:
        return Refusal(
            "not_running",
            _("Only a confirmed organisation is changed."),
            status=HTTPStatus.CONFLICT,
        )
    return may_keep(acting, organisation)


def may_close(acting, organisation):
    """Whether an organisation may be closed; an operator by the department that confirms it."""
    if organisation.state != Organisation.State.CONFIRMED:
        return Refusal(
            "not_running", _("This organisation is closed already."), status=HTTPStatus.CONFLICT
        )
    return may_end_or_resume(acting, organisation)


def may_reopen(acting, organisation):
    """Whether a closed organisation may be opened again: by who may close it."""
    if organisation.state != Organisation.State.CLOSED:
        return Refusal(
            "not_closed", _("This organisation is not closed."), status=HTTPStatus.CONFLICT
        )
    return may_end_or_resume(acting, organisation)


def may_end_or_resume(acting, organisation):
    if organisation.kind == Kind.OPERATOR:
        return is_decider(acting, organisation)
    return may_keep(acting, organisation)


# --- delegating powers (ZJ-10, SH-2) --------------------------------------------------------------


def may_delegate(acting, department):
    """Whether powers of a department may be delegated: by an approver of it, while it runs."""
    if acting.organisation != department or not department.is_department:
        return Refusal(
            "other_department", _("A department delegates its own powers, and no others.")
        )
    if acting.role != Role.APPROVER:
        return Refusal("not_an_approver", _("An approver delegates powers of the department."))
    if department.state != Organisation.State.CONFIRMED:
        return Refusal(
            "not_running", _("This organisation is closed already."), status=HTTPStatus.CONFLICT
        )
    return None
