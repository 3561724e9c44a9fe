"""Whom more time to apply concerns, counted before it is signed and written to when it is: each person once.

An extension for everybody also concerns those whose application of the round is under way, and those who may begin one:
spaces for which the guide would open the form if the window were open. Whoever may begin is written to once a round,
however often it is extended.
"""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.gap.packs import all_packs
from zhongchuang.organisations.models import Post
from zhongchuang.organisations.models.people import APPLICANTS
from zhongchuang.procedures.access import barred, is_for
from zhongchuang.procedures.extended import deciding, drafts, start_of
from zhongchuang.procedures.holders import holder
from zhongchuang.procedures.models import Case, Extension
from zhongchuang.records.models import Letter
from zhongchuang.spaces.models import Space

Whom, Standing = Extension.Whom, Case.Standing


@dataclass(frozen=True)
class Group:
    """People who are told the same, and the key by which nobody of them is told twice."""

    name: str
    label: object
    text: object
    key: str
    people: tuple


def groups(extension):
    """Who is written to of an extension: those who have begun, those under way, those who may begin."""
    told, found = set(), []
    for name, key, operators in parts(extension):
        people = [one for one in people_of_operators(operators) if one.pk not in told]
        known = set(Letter.objects.filter(key=key, recipient__in=people).values_list("recipient", flat=True))  # fmt: skip
        people = tuple(one for one in people if one.pk not in known)
        told |= {one.pk for one in people} | known
        found.append(Group(name, LABELS[name], TEXTS[name], key, people))
    return found


def letters(extension):
    """How many letters go out when it is signed."""
    return sum(len(one.people) for one in groups(extension))


def parts(extension):
    """The operators of each group, before people who stand in two are told once."""
    own, round_ = f"extension-{extension.key}", f"{extension.pack}-{extension.procedure}-{extension.first}"  # fmt: skip
    begun = set(drafts(extension).values_list("operator", flat=True))
    if extension.whom == Whom.LISTED:
        begun |= set(extension.spaces.values_list("operator", flat=True))
    yield "begun", own, begun
    if extension.whom == Whom.ALL:
        yield "under_way", own, set(under_way(extension).values_list("operator", flat=True))
        yield "may_begin", f"extension-open-{extension.department_id}-{round_}", {one.operator_id for one in beginners(extension)}  # fmt: skip


def under_way(extension):
    """Applications of the round that were handed in and are not decided, returned ones among them."""
    return Case.objects.filter(
        pack=extension.pack, procedure=extension.procedure, state__in=[Standing.RUNNING, Standing.RETURNED],
        submitted__gte=start_of(extension.first), space__path__startswith=extension.department.region.path,
    )  # fmt: skip


def beginners(extension):
    """Registered spaces for which the guide would let an application begin, if its window were open."""
    pack = all_packs().get(extension.pack)
    procedure = pack and pack.procedures.get(extension.procedure)
    if procedure is None or not procedure.gives:
        return []
    begun = Case.objects.running().filter(pack=pack.id, procedure=procedure.id)
    spaces = Space.objects.filter(state=Space.State.CONFIRMED, path__startswith=extension.department.region.path)  # fmt: skip
    spaces = spaces.exclude(pk__in=begun.values("space")).select_related("region", "operator")
    day = max(timezone.localdate(), extension.first)
    decided = {}
    for one in spaces:
        if one.region_id not in decided:
            decided[one.region_id] = is_for(pack, one) and holder(deciding(procedure), one)
    here = [one for one in spaces if decided[one.region_id] == extension.department]
    return [one for one in here if barred(one, pack, procedure, day) is None]


def people_of_operators(operators):
    """Those who work for these operators now, each once."""
    held = Post.objects.current().filter(organisation__in=operators, role__in=APPLICANTS)
    return sorted({post.user for post in held.select_related("user")}, key=lambda one: one.pk)


LABELS = {
    "begun": _("those who have begun, or stand on the list"),
    "under_way": _("those whose application of this round is under way"),
    "may_begin": _("those who may begin an application and were not written to of this round"),
}
TEXTS = {
    "begun": _("Applications are taken until the end of %(until)s instead of %(last)s. Reason: %(reason)s"),
    "under_way": _("Others may apply until the end of %(until)s instead of %(last)s, so the round goes on longer. Your application stays as it was handed in, and what was returned to you keeps its own last day; nothing is to be done because of this. Reason: %(reason)s"),
    "may_begin": _("Applications are taken until the end of %(until)s instead of %(last)s. A space of yours is registered, has no application of this round, and may apply until then. The guide says what is needed. Reason: %(reason)s"),
}  # fmt: skip
