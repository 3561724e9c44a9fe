"""Who may not give an opinion on a case: whoever has to do with its operator, its decision or its application (S-03, S-23)."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhongchuang.organisations.models import Post, Role, User
from zhongchuang.page.refusal import conflict

OF_OPERATOR = conflict("of_operator", _("This expert works or worked for the operator of the space. Name another one."))  # fmt: skip
OF_DECIDING = conflict("of_deciding", _("This expert holds a post at the department that decides. Name another one."))  # fmt: skip
OF_CASE = conflict("of_case", _("This expert took part in the case already. Name another one."))
NO_EXPERT = conflict("no_expert", _("This person is no expert on the platform. The security administrator of their organisation grants the post."))  # fmt: skip


def experts():
    """Everyone who holds the post of an expert now."""
    held = Post.objects.current().filter(role=Role.EXPERT)
    return User.objects.filter(is_active=True, pk__in=held.values("user"))


def at_operator(case):
    """Posts at the operator, now or before."""
    return Post.objects.filter(organisation=case.operator_id)


def deciding(case):
    """Posts of officials at the department with which the case lies."""
    return Post.objects.current().filter(organisation=case.department_id).exclude(role=Role.EXPERT)


def took_part(case):
    """Whoever applied, moved or advised, or took part in the decision that is contested."""
    moved = Q(pk__in=case.acts.exclude(user=None).values("user"))
    return Q(pk=case.begun_by_id) | moved | Q(pk__in=case.barred)


def eligible(case):
    """Experts whom nothing keeps from giving an opinion, by name."""
    found = experts().exclude(pk__in=at_operator(case).values("user"))
    found = found.exclude(pk__in=deciding(case).values("user"))
    return found.exclude(took_part(case)).order_by("name", "pk")


def conflict_of(user, case):
    """Why this person is not named for a case; None where nothing stands against it."""
    if not experts().filter(pk=user.pk).exists():
        return NO_EXPERT
    if at_operator(case).filter(user=user).exists():
        return OF_OPERATOR
    if deciding(case).filter(user=user).exists():
        return OF_DECIDING
    taking_part = User.objects.filter(took_part(case), pk=user.pk)
    return OF_CASE if taking_part.exists() else None


def free(case, seats):
    """Those eligible who are not asked already; `seats` are those of this review."""
    known = [one.expert_id for one in seats]
    return eligible(case).exclude(pk__in=known)
