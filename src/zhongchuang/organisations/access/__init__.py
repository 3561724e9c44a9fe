"""Who acts, in which post, and what that post may do; every answer "no" says why."""

from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus

from allauth.account.adapter import get_adapter
from django.contrib.auth.models import AnonymousUser
from django.db.models import CharField, Q
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.audit.models import Who
from zhongchuang.organisations.models import Organisation, Post, Region, Role
from zhongchuang.organisations.models.people import (
    ADMINISTRATORS,
    ALONE,
    APPLICANTS,
    OFFICIALS,
    User,
)
from zhongchuang.page.refusal import Refusal

Kind = Organisation.Kind
POST_IN_SESSION = "post"

ROLES_AT = {
    Kind.DEPARTMENT: OFFICIALS | ADMINISTRATORS | {Role.EXPERT},
    Kind.ALLIANCE: {Role.CLERK, Role.REVIEWER},
    Kind.AGENCY: {Role.AGENCY_LEAD, Role.EXPERT},
    Kind.OPERATOR: APPLICANTS | {Role.MENTOR},
    Kind.PROVIDER: APPLICANTS,
    Kind.BANK: APPLICANTS,
    Kind.INVESTOR: APPLICANTS,
}
"""Which roles an organisation of a kind has."""

GRANTS = {
    Role.SECURITY_ADMIN: OFFICIALS
    | ADMINISTRATORS
    | {Role.OPERATOR_HEAD, Role.AGENCY_LEAD, Role.EXPERT},
    Role.OPERATOR_HEAD: {Role.OPERATOR_CLERK, Role.MENTOR},
    Role.AGENCY_LEAD: {Role.EXPERT},
}
"""Which roles the holder of a role may grant; nobody grants their own role beside themselves (S-03)."""


@dataclass(frozen=True)
class Acting:
    """A person in the one post that they act in now; without a post they are a member of the public."""

    user: User | AnonymousUser
    post: Post | None = None
    ip: str = ""

    @property
    def pk(self):
        return self.user.pk

    @property
    def current_posts(self):
        """What `visible_to` looks at: the one post, not the others that the person holds."""
        return [self.post] if self.post else []

    @property
    def role(self):
        return self.post.role if self.post else ""

    @property
    def organisation(self):
        return self.post.organisation if self.post else None

    @property
    def other_posts(self):
        held = getattr(self.user, "current_posts", ())
        return [post for post in held if post != self.post]

    @property
    def principal(self):
        """The person for whom this one stands in; None for a post of one's own."""
        return self.post.stands_in_for.user if self.post and self.post.stands_in_for_id else None

    @property
    def on_behalf(self):
        """The principal as the audit chain names them, empty where there is none."""
        return f"{self.principal.pk} {self.principal.name}" if self.principal else ""

    @cached_property
    def who(self):
        """The actor as the audit chain keeps it."""
        if not self.user.is_authenticated:
            return Who(ip=self.ip)
        return Who(
            user=str(self.user.pk),
            name=self.user.name,
            post=str(self.post.pk) if self.post else "",
            role=self.role,
            organisation=str(self.organisation.pk) if self.organisation else "",
            organisation_name=self.organisation.name if self.organisation else "",
            ip=self.ip,
            on_behalf=self.on_behalf,
        )

    def has_perm(self, permission, subject=None):
        return bool(self.post) and self.post.has_perm(permission)

    @cached_property
    def audited(self):
        """The entries of the log that an audit administrator reads (decision 11); None where that is all of them."""
        return entries_of(self.post)


def acting(request):
    """Who acts in this request; read from the database once a request, so a change counts at the next one."""
    known = getattr(request, "_acting", None)
    if known is None or known.user is not request.user:
        posts = getattr(request.user, "current_posts", [])
        chosen = request.session.get(POST_IN_SESSION)
        post = next((post for post in posts if post.pk == chosen), posts[0] if posts else None)
        known = Acting(request.user, post, get_adapter().get_client_ip(request))
        request._acting = known  # noqa: SLF001 -- kept for this request alone
    return known


def reach(post):
    """The regions in which a post counts: the subtree of its organisation's region, or what was delegated."""
    return Region.objects.within(post.reach)


PLATFORM = ("audit.", "organisations.region")
"""Subjects of what the platform itself does for everyone."""


def as_text(rows, field):
    """Keys as the log keeps them."""
    return rows.annotate(text=Cast(field, CharField())).values("text")


def entries_of(post):
    """Entries by and about the organisations and people in the reach of a post, and at the head of a tree the platform's."""
    inside = Organisation.objects.none()
    for path in post.reach if post else ():
        inside |= Organisation.objects.filter(region__path__startswith=path)
    if not Organisation.objects.exclude(pk__in=inside.values("pk")).exists():
        return None
    organisations = as_text(inside, "pk")
    people = as_text(Post.objects.filter(organisation__in=inside.values("pk")), "user_id")
    found = Q(organisation__in=organisations)
    found |= Q(subject_type="organisations.organisation", subject_key__in=organisations)
    found |= Q(subject_type="organisations.user", subject_key__in=people)
    return found | platform_entries() if is_head(post) else found


def is_head(post):
    """Whether no department of the site stands above that of the post."""
    above = post.organisation.region.paths_above[1:] if post and post.organisation else []
    departments = Organisation.objects.confirmed().filter(kind=Kind.DEPARTMENT)
    return bool(post and post.reach) and not departments.filter(region__path__in=above).exists()


def platform_entries():
    """What nobody's organisation did, about the platform or about people who belong to none."""
    members = as_text(Post.objects.exclude(organisation=None), "user_id")
    about = Q(subject_type="organisations.user") & ~Q(subject_key__in=members)
    for start in PLATFORM:
        about |= Q(subject_type__startswith=start)
    return Q(organisation="") & about


def has_power(post, power, region, *, on):
    """Whether the alliance of `post` holds a power over `region` by delegation that day (ZJ-10, SH-2)."""
    if not post.organisation_id:
        return False
    held = post.organisation.powers_held.on(on).select_related("department__region")
    return any(power in one.powers and one.department.region.holds(region) for one in held)


def second_person(acting, *, earlier):
    """Whoever took an earlier step of a case does not take the deciding one, nor does another for them."""
    people = {acting.user.pk} | ({acting.principal.pk} if acting.principal else set())
    if people & set(earlier):
        return Refusal(
            "same_person",
            _("You took an earlier step of this case. Another person decides it."),
        )
    return None


LAST_ADMINISTRATOR = Refusal(
    "last_administrator",
    _("This is the last post of its kind, and nobody above could appoint another."),
)
ENDED = Refusal("ended", _("This post has already ended."), status=HTTPStatus.CONFLICT)


# --- granting posts (S-03, S-04) ------------------------------------------------------------------


def stands_below(organisation, granter):
    """Whether an organisation stands below the granter's: deeper in the tree, or in it and no department."""
    own = granter.organisation
    inside = any(organisation.region.path.startswith(path) for path in granter.reach)
    deeper = organisation.region.path != own.region.path
    return inside and organisation.pk != own.pk and (deeper or not organisation.is_department)


def gives(granter, role, organisation):
    """Whether the granter's own role gives `role` at all; an agency chooses its experts itself, as a department does."""
    if role == Role.EXPERT and organisation.is_department != (granter.role == Role.SECURITY_ADMIN):
        return False
    return role in GRANTS.get(granter.role, ())


def may_grant(granter, role, organisation):
    """Whether the holder of post `granter` may give someone `role` at `organisation`."""
    if granter is None or not gives(granter, role, organisation):
        return Refusal("not_yours_to_grant", _("Your post does not let you give this role."))
    if role not in ROLES_AT[organisation.kind]:
        return Refusal("no_such_role_here", _("An organisation of this kind has no such role."))
    if organisation.state in {Organisation.State.CLOSED, Organisation.State.REFUSED}:
        return Refusal("closed", _("This organisation is closed; nobody is given a post at it."))
    below = stands_below(organisation, granter)
    if role in ADMINISTRATORS and not below:
        return Refusal(
            "above_you",
            _("Administrators are appointed from the level above, not by their own organisation."),
        )
    if organisation.pk != granter.organisation_id and not below:
        return Refusal("out_of_reach", _("This organisation lies outside your reach."))
    return None


def grantable(granter, organisation):
    """The roles that the holder of `granter` may give at `organisation`, in the order of the list."""
    return [role for role in Role if may_grant(granter, role, organisation) is None]


def may_hold(user, role):
    """Whether a person may take a role beside the posts that they hold."""
    held = {post.role for post in user.current_posts}
    apart = _("This person holds a post that must not be joined with this role: %(held)s.")
    clash = held - ALONE if role in ADMINISTRATORS else held & ADMINISTRATORS - {role}
    if role in APPLICANTS:
        clash |= held & OFFICIALS
    if role in OFFICIALS:
        clash |= held & APPLICANTS
    clash -= {role}
    if clash:
        names = ", ".join(sorted(str(Role(one).label) for one in clash))
        return Refusal("roles_apart", apart, {"held": names})
    return None


def may_invite(acting, organisation):
    """Whether any role at all may be given there."""
    if not grantable(acting.post, organisation):
        return Refusal("not_yours_to_grant", _("Your post does not let you give this role."))
    return None


def is_last_of_its_kind(post):
    """Whether it is the only post of an administrator's role there, with nobody above to appoint another."""
    others = Post.objects.current().filter(role=post.role).exclude(pk=post.pk)
    if others.filter(organisation=post.organisation_id).exists():
        return False
    above = post.organisation.region.paths_above[1:]
    return not (
        Post.objects.current()
        .filter(role=Role.SECURITY_ADMIN, organisation__region__path__in=above)
        .filter(organisation__kind=Kind.DEPARTMENT, organisation__state="confirmed")
        .exists()
    )


def may_end(acting, post):
    """Whether a post may be ended: by who may grant it, or by its holder."""
    if post.until and post not in Post.objects.current():
        return ENDED
    if post.stands_in_for_id and post.stands_in_for.user_id == acting.user.pk:
        return None
    refusal = None
    if post.user_id != acting.user.pk and post.organisation_id is None:
        refusal = Refusal("not_yours_to_grant", _("Only its holder may give up this post."))
    elif post.user_id != acting.user.pk:
        refusal = may_grant(acting.post, post.role, post.organisation)
    if refusal is None and post.role in ADMINISTRATORS and is_last_of_its_kind(post):
        return LAST_ADMINISTRATOR
    return refusal


def may_switch_off(acting, user):
    """Whether an account may be closed: by the system administrator of a department that holds all its posts."""
    if acting.role != Role.SYSTEM_ADMIN or user.pk == acting.user.pk:
        return Refusal(
            "not_yours_to_close",
            _("Accounts are closed by the system administrator, not their own."),
        )
    # A closed account keeps its posts, they only do not count; who may open it follows from them.
    held = user.posts.at(timezone.now()).exclude(organisation=None)
    own = acting.organisation
    for post in held.select_related("organisation__region"):
        at_home = post.organisation_id == own.pk and post.role not in ADMINISTRATORS
        if not at_home and not stands_below(post.organisation, acting.post):
            return Refusal("out_of_reach", _("This person also holds a post outside your reach."))
        if post.role in ADMINISTRATORS and is_last_of_its_kind(post):
            return LAST_ADMINISTRATOR
    return None


# --- confirming operators -------------------------------------------------------------------------


def may_confirm(acting, operator):
    """Whether this post confirms or refuses an operator: the department of its region does (rule of the register)."""
    if operator.state != Organisation.State.PENDING:
        return Refusal(
            "decided", _("This registration has already been decided."), status=HTTPStatus.CONFLICT
        )
    return is_decider(acting, operator)


def is_decider(acting, operator):
    """Whether this post decides on an operator: a reviewer or approver of the department of its region."""
    decider = Organisation.objects.competent_for(operator.region)
    if decider is None or acting.organisation != decider:
        return Refusal(
            "other_department",
            _("This registration is decided by %(name)s."),
            {"name": decider.name if decider else operator.region.full_name},
        )
    if acting.role not in {Role.REVIEWER, Role.APPROVER}:
        return Refusal("not_a_reviewer", _("A reviewer or an approver decides on registrations."))
    return None


def may_correct(acting):
    """Whether a registration that was not confirmed may be sent again: by the head, while it stands so."""
    own = acting.organisation
    if own is None or acting.role != Role.OPERATOR_HEAD:
        return Refusal("not_the_head", _("The head of an organisation corrects its registration."))
    if own.state != Organisation.State.REFUSED:
        return Refusal(
            "nothing_to_correct",
            _("Your registration was not sent back; there is nothing to correct."),
            status=HTTPStatus.CONFLICT,
        )
    return None
