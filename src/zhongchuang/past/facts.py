"""What evaluations and grants from before the platform tell: years running failed or missed, and an award for excellence.

What no row tells is unknown. A run is known only where every year of it has a row, up to lately; where several evaluations of a space
tell different runs it is unknown which is meant.
"""

from collections import defaultdict
from functools import reduce
from operator import or_

from django.db.models import Q

from zhongchuang.gap.packs import all_packs
from zhongchuang.past.models import Evaluation, Grant
from zhongchuang.past.rules import grades_of, rules
from zhongchuang.records.register import Source
from zhongchuang.spaces.facts import FEW

RUNS = {
    "evaluations_failed_running": Evaluation.Result.FAILED,
    "evaluations_missed_running": Evaluation.Result.MISSED,
}


def told(model, subjects, on):
    """The rows that hold, decided by the day."""
    found = model.objects.current().filter(day__lte=on)
    return found.filter(space__in=subjects) if len(subjects) <= FEW else found


def of_evaluations(subjects, names, on, window):
    """The runs, by the years of each evaluation of each space."""
    del window
    years = defaultdict(lambda: defaultdict(lambda: defaultdict(set)))
    opened = {}
    asked = ("space", "space__opened", "programme", "year", "result")
    for space, since, programme, year, result in told(Evaluation, subjects, on).values_list(*asked):
        years[space][programme][year].add(result)
        opened[space] = since.year
    return {
        name: {
            space: agreed([running(found, RUNS[name], opened[space], on.year) for found in each.values()])
            for space, each in years.items()
        }
        for name in names
    }  # fmt: skip


def running(found, result, opened, now):
    """How many years up to the latest had that result alone; None where a year is missing, not told, or long ago."""
    latest = max(found)
    if latest < now - rules()["years_behind"]:
        return None
    count = 0
    for year in range(latest, opened - 1, -1):
        results = found.get(year)
        if results is None or "" in results:
            return None
        if results != {result}:
            return count
        count += 1
    return count


def agreed(runs):
    """The one value of all of them; None where they differ or one is unknown."""
    return runs[0] if None not in runs and len(set(runs)) == 1 else None


def rows_of_evaluations(name, subject, on, window):
    del name, window
    return told(Evaluation, [subject], on)


def awards_for_excellence():
    """Pack and award of each award that a grade brings."""
    return {(pack.id, one.award) for pack in all_packs().values() for one in grades_of(pack).values() if one.award}  # fmt: skip


def of_grants(subjects, names, on, window):
    """Whoever has such an award on record was awarded; of the others nothing is known."""
    del window
    known, found = awards_for_excellence(), {}
    rows = told(Grant, subjects, on).exclude(award="").filter(recipient_kind=Grant.Recipient.OPERATOR)  # fmt: skip
    for space, pack, award in rows.values_list("space", "pack", "award"):
        if (pack, award) in known:
            found[space] = True
    return dict.fromkeys(names, found)


def rows_of_grants(name, subject, on, window):
    del name, window
    rows = told(Grant, [subject], on).filter(recipient_kind=Grant.Recipient.OPERATOR)
    known = [Q(pack=pack, award=award) for pack, award in awards_for_excellence()]
    return rows.filter(reduce(or_, known)) if known else rows.none()


SOURCES = (
    Source(tuple(RUNS), of_evaluations, rows_of_evaluations, official=True),
    Source(("excellent_awarded_ever",), of_grants, rows_of_grants, official=True),
)
