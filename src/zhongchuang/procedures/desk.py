"""The desk of an official: what waits for them, what is due, what lies with applicants, what was done, and all that they may read."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.gap import words
from zhongchuang.policy.procedure import RETURN, last_day
from zhongchuang.procedures.models import Act, Case
from zhongchuang.procedures.models.cases import READING
from zhongchuang.procedures.rules import soon

MINE, SOON, RETURNED, DONE, ALL = "mine", "soon", "returned", "done", "all"
NAMES = {
    MINE: _("Waits for me"),
    SOON: _("Due soon or overdue"),
    RETURNED: _("With the applicant"),
    DONE: _("Done"),
    ALL: _("All cases"),
}
EVERYBODY = "all"
NEVER = date.max
"""Where nothing limits a step; such a case comes last."""


@dataclass(frozen=True)
class Asked:
    """To what the lists are narrowed: words, `at` as pack:procedure or pack:procedure:step, whose acts."""

    q: str = ""
    at: str = ""
    whose: str = ""


def tabs(acting):
    """The lists that this post has: an official all of them, anybody else the cases that they may read."""
    return tuple(NAMES) if acting.role in READING and acting.organisation else (ALL,)


def rows_of(tab, acting, asked):
    """A list of the desk, with what it is ordered by: the rows, the columns, whether the first of them come first."""
    return LISTS[tab](acting, asked)


def mine(acting, asked):
    """Those that wait for one's own hand, the first due first."""
    return by_due(seen(acting, asked).waiting_for(acting.post))


def due_soon(acting, asked):
    """Those at the department whose step ends soon or has ended, whoever's turn it is, the first due first."""
    until = last_day(timezone.localdate(), soon())
    found = seen(acting, asked).filter(
        state=Case.Standing.RUNNING, department=acting.organisation, on_hold=False, due__lte=until
    )
    return by_due(found.exclude(role=""))


def by_due(cases):
    return cases.annotate(last=Coalesce("due", Value(NEVER))), ("last", "pk"), True


def returned(acting, asked):
    """Those that the department returned and that their applicants have not handed in again, the last returned first."""
    acts = Act.objects.filter(case=OuterRef("pk"), move=RETURN).order_by("-number")
    found = seen(acting, asked).filter(state=Case.Standing.RETURNED, department=acting.organisation)
    return found.annotate(back=Subquery(acts.values("moment")[:1])), ("back", "pk"), False


def done(acting, asked):
    """What one did in cases that one may read, or what the department did, the newest first."""
    found = Act.objects.filter(case__in=Case.objects.visible_to(acting), organisation=acting.organisation)  # fmt: skip
    mine_alone = Q() if asked.whose == EVERYBODY else Q(user=acting.user.pk)
    found = narrowed(found.exclude(user=None).filter(mine_alone), asked, "case__")
    return found.select_related("case__rules", "case__space", "user"), ("moment", "pk"), False


def all_cases(acting, asked):
    """All that one may read, the newest first."""
    return seen(acting, asked), ("begun", "pk"), False


LISTS = {MINE: mine, SOON: due_soon, RETURNED: returned, DONE: done, ALL: all_cases}


def seen(acting, asked):
    found = Case.objects.visible_to(acting).select_related("space__region", "operator", "rules", "department", "officer")  # fmt: skip
    return narrowed(found.prefetch_related("recused"), asked)


def narrowed(rows, asked, of=""):
    """Rows of cases, or `of` what belongs to a case, that fit what is asked."""
    if asked.q:
        names = (f"{of}number", f"{of}space__name", f"{of}operator__name")
        found = Q()
        for name in names:
            found |= Q(**{f"{name}__icontains": asked.q})
        rows = rows.filter(found)
    fields = (f"{of}pack", f"{of}procedure", "step")
    parts = {name: part for name, part in zip(fields, asked.at.split(":"), strict=False) if part}
    return rows.filter(**parts) if parts else rows


def courses(acting):
    """The procedures of the cases that one may read, each with its steps, as a list to choose from."""
    groups = Case.objects.visible_to(acting).order_by().values("pack", "procedure").annotate(example=Max("pk"))  # fmt: skip
    found = Case.objects.filter(pk__in=[one["example"] for one in groups]).select_related("rules")
    return [course(one) for one in found.order_by("pack", "procedure")]


def course(case):
    """A procedure by a case that goes through it: its name, and what can be chosen of it."""
    name, held = f"{case.pack}:{case.procedure}", case.course
    title = f"{words.say(case.version_of_rules.short)} {words.say(held.title)}"
    steps = [(f"{name}:{one.id}", words.say(one.text)) for one in held.steps]
    return title, [(name, _("%(title)s: every step") % {"title": title}), *steps]
