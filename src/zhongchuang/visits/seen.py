"""Figures that a confirmed report found different, for the conditions of a case; the latest report of each counts."""

from django.utils import timezone

from zhongchuang.organisations.models.people import APPLICANTS
from zhongchuang.policy.facts import space_catalogue
from zhongchuang.procedures.seen import Seen
from zhongchuang.visits.checklist import FACT, Line, read
from zhongchuang.visits.models import Finding, Visit
from zhongchuang.visits.reports import Row


def seen(case, acting):
    """For officials; a figure that was handed in anew since is no longer the one that was found different."""
    if acting.role in APPLICANTS or case.handed_in is None:
        return []
    stated, found = case.handed_in.facts, {}
    for visit in (
        Visit.objects.visible_to(acting).filter(case=case).confirmed().order_by("confirmed", "pk")
    ):
        for one in visit.findings.all():
            name = one.line.removeprefix(f"{FACT}:")
            found.pop(name, None)
            if differs(one, name, stated):
                found[name] = seen_at(visit, one, space_catalogue().columns[name])
    return list(found.values())


def differs(finding, name, stated):
    """Whether another figure was found than the one that still stands handed in."""
    is_figure = (
        finding.line != name
        and finding.found == Finding.Found.DIFFERS
        and finding.value is not None
    )
    return is_figure and name in space_catalogue().columns and stated.get(name) == finding.stated


def seen_at(visit, finding, column):
    anchor = Row(Line(finding.line, ""), finding).anchor
    return Seen(
        column, read(column, finding.stated), read(column, finding.value), timezone.localdate(visit.begins),
        f"{visit.get_absolute_url()}#{anchor}",
    )  # fmt: skip
