"""Who may not give an opinion on a case: whoever has to do with its operator, with a department that reads it, or with its application (S-03, S-23)."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.organisations.models import Delegation, Post, Role, User
from zhongchuang.page.refusal import conflict
from zhongchuang.procedures.models.cases import READING

OF_OPERATOR = conflict("of_operator", _("This expert works or worked for the operator of the space. Name another one."))  # fmt: skip
OF_READING = conflict("of_reading", _("This expert holds a post at a department that reads this case. Name another one."))  # fmt: skip
OF_CASE = conflict("of_case", _("This expert took part in the case already. Name another one."))
NO_EXPERT = conflict("no_expert", _("This person is no expert on the platform. The security administrator of their organisation grants the post."))  # fmt: skip


def experts():
    """Everyone who holds the post of an expert now."""
    held = Post.objects.current().filter(role=Role.EXPERT)
    return User.objects.filter(is_active=True, pk__in=held.values("user"))


def at_operator(case):
    """Posts at the operator, now or before."""
    return Post.objects.filter(organisation=case.operator_id)


def reading(case):
    """Posts of officials at the department with which the case lies, and wherever else officials read what was judged in it."""
    current, above = Post.objects.current().exclude(role=Role.EXPERT), case.space.region.paths_above
    delegated = Delegation.objects.on(timezone.localdate()).filter(
        department__region__path__in=above
    )
    reached = Q(organisation__region__path__in=above) | Q(organisation__in=delegated.values("alliance"))  # fmt: skip
    return current.filter(Q(organisation=case.department_id) | Q(role__in=READING) & reached)


def took_part(case):
    """Whoever applied, moved or advised, or took part in the decision that is contested."""
    moved = Q(pk__in=case.acts.exclude(user=None).values("user"))
    return Q(pk=case.begun_by_id) | moved | Q(pk__in=case.barred)


def eligible(case):
    """Experts whom nothing keeps from giving an opinion, by name."""
    found = experts().exclude(pk__in=at_operator(case).values("user"))
    found = found.exclude(pk__in=reading(case).values("user"))
    return found.exclude(took_part(case)).order_by("name", "pk")


def conflict_of(user, case):
    """Why this person is not named for a case; None where nothing stands against it."""
    if not experts().filter(pk=user.pk).exists():
        return NO_EXPERT
    if at_operator(case).filter(user=user).exists():
        return OF_OPERATOR
    if reading(case).filter(user=user).exists():
        return OF_READING
    taking_part = User.objects.filter(took_part(case), pk=user.pk)
    return OF_CASE if taking_part.exists() else None


def free(case, seats):
    """Those eligible who are not asked already; `seats` are those of this review."""
    known = [one.expert_id for one in seats]
    return eligible(case).exclude(pk__in=known)
