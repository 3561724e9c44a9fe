"""Cases that wait: for officials one to do for each procedure, for applicants what was returned."""

from urllib.parse import urlencode

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhongchuang.gap import words
from zhongchuang.organisations.models import Role
from zhongchuang.organisations.models.people import APPLICANTS
from zhongchuang.organisations.todos import ToDo
from zhongchuang.procedures.access import free_hands
from zhongchuang.procedures.models import Advice, Case, Extension
from zhongchuang.procedures.models.cases import READING

MOST = 20
"""So many of those returned are told one by one."""


def todos(acting):
    """For the post in which one acts."""
    if acting.role in APPLICANTS and acting.organisation:
        return [returned(case) for case in returned_to(acting)]
    return [
        *(opinion(one) for one in asked(acting)),
        *(of_procedure(one) for one in waiting(acting)),
        *(to_sign(one) for one in extensions(acting)),
        *(to_appoint(one, roles) for one, roles in without_hands(acting)),
    ]


def asked(acting):
    """Opinions that colleagues asked for."""
    if acting.organisation is None or acting.role not in READING:
        return []
    found = Advice.objects.visible_to(acting).open_for(acting)
    return found.select_related("case__space", "case__rules").order_by("asked", "pk")[:MOST]


def opinion(advice):
    return ToDo(
        title=_("Give your opinion: %(name)s") % {"name": advice.case.space.name}, about=advice.question,
        url=reverse("procedures:advise", args=[advice.case.key, advice.pk]), button=_("Write"), due=advice.case.due,
    )  # fmt: skip


def returned_to(acting):
    found = Case.objects.visible_to(acting).filter(state=Case.Standing.RETURNED)
    return found.select_related("space", "rules").order_by("pk")[:MOST]


def returned(case):
    return ToDo(
        title=_("Correct: %(name)s") % {"name": case.space.name}, about=words.say(case.course.title),
        url=case.get_absolute_url(), button=_("Correct"),
    )  # fmt: skip


def waiting(acting):
    """Those that wait for one's own hand, by procedure: how many, and the first last day."""
    found = Case.objects.visible_to(acting).waiting_for(acting.post)
    return list(
        found.order_by().values("pack", "procedure").annotate(count=Count("pk"), first=Min("due"), example=Min("pk"))
    )  # fmt: skip


def of_procedure(told):
    case = Case.objects.select_related("rules").get(pk=told["example"])
    about = ngettext("%(count)s case waits.", "%(count)s cases wait.", told["count"])
    return ToDo(
        title=_("Decide: %(name)s") % {"name": words.say(case.course.title)}, about=about % told,
        url=f"{reverse('procedures:queue')}?{urlencode({'tab': 'mine', 'at': f'{case.pack}:{case.procedure}'})}", button=_("Examine"), due=told["first"],
    )  # fmt: skip


def extensions(acting):
    """Proposals of more time that an approver of the department has to decide."""
    if acting.role != Role.APPROVER:
        return []
    found = Extension.objects.visible_to(acting).waiting().filter(department=acting.organisation)
    return found.order_by("pk")[:MOST]


def to_sign(extension):
    return ToDo(title=_("Sign or refuse: more time to apply"), about=extension.reason, url=extension.get_absolute_url(), button=_("Look"), due=extension.last)  # fmt: skip


def without_hands(acting):
    """For the security administrator: cases at the department in which nobody of a role that takes the step may act, with these roles."""
    if acting.role != Role.SECURITY_ADMIN or acting.organisation is None:
        return
    found = Case.objects.filter(department=acting.organisation, state=Case.Standing.RUNNING)
    for case in (
        found.exclude(recused=None).distinct().select_related("rules").order_by("due", "pk")[:MOST]
    ):
        roles = [role for role in dict.fromkeys(case.at.hands) if not free_hands(case, role).exists()]  # fmt: skip
        if roles:
            yield case, roles


def to_appoint(case, roles):
    """The case by its number alone: who administers accounts does not read it."""
    names = "、".join(str(Role(one).label) for one in roles)
    about = _("Whoever held these roles took part in the decision that is contested: %(roles)s.") % {"roles": names}  # fmt: skip
    return ToDo(
        title=_("Appoint somebody for the case %(number)s") % {"number": case.number}, about=about,
        url=reverse("organisations:organisation", args=[case.department_id]), button=_("Appoint"), due=case.due,
    )  # fmt: skip
