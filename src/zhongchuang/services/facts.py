"""The facts that services tell; a ledger in which nothing was written by the end of a period tells none of them."""

from collections import defaultdict

from django.db.models import Count, Min, Q, Sum
from django.db.models.functions import Coalesce

from zhongchuang.ledgers.periods import lasting, lines_of, spans, within
from zhongchuang.records.register import Source
from zhongchuang.services.models import (
    Appointment,
    Event,
    PolicyService,
    Result,
    Session,
    TechnicalService,
)
from zhongchuang.services.rules import meanings


def counting(table, facts, sums=None):
    """A source of counts of lines: `facts` maps each to the condition on its lines.

    `sums` names the column of those facts that are the sum of one; a sum of which a part is missing is unknown.
    """
    sums = sums or {}

    def collect(subjects, names, on, window):
        terms = spans(on, window)
        asked = {"first": Min("day")}
        for name in names:
            fact, _dot, kind = name.partition(".")
            what = within(*terms[kind or "year"]) & facts[name]
            asked[f"{fact}_{kind}_all"] = Count("pk", filter=what)
            if fact in sums:
                asked[f"{fact}_{kind}_known"] = Count(sums[fact], filter=what)
                asked[f"{fact}_{kind}_sum"] = Sum(sums[fact], filter=what)
        answers = defaultdict(dict)
        for row in lines_of(table, subjects).filter(day__lte=on).values("space").annotate(**asked):
            for name in names:
                fact, _dot, kind = name.partition(".")
                if row["first"] <= terms[kind or "year"][1]:
                    answers[name][row["space"]] = told(row, f"{fact}_{kind}", summed=fact in sums)
        return answers

    def rows(name, subject, on, window):
        kind = name.partition(".")[2]
        what = within(*spans(on, window)[kind or "year"]) & facts[name]
        return lines_of(table, [subject]).filter(what, day__lte=on).order_by("-day", "-pk")

    return Source(tuple(facts), collect, rows)


def told(row, name, *, summed):
    """A count, or a sum whose parts are all known; no lines add up to 0."""
    if not summed:
        return row[f"{name}_all"]
    return (row[f"{name}_sum"] or 0) if row[f"{name}_known"] == row[f"{name}_all"] else None


def each(*facts, kinds=("year", "total"), what=None):
    """The facts in each time kind, with their condition."""
    return {f"{fact}.{kind}": what or Q() for fact in facts for kind in kinds}


# --- mentors --------------------------------------------------------------------------------------


AS_ONE = Coalesce("mentor__merged_into", "mentor")
"""A mentor who was merged counts as the record that stays."""


def of_mentors(subjects, names, on, window):
    """Mentors appointed on the day."""
    rows = lines_of(Appointment, subjects).filter(day__lte=on).values("space")
    rows = rows.annotate(now=Count(AS_ONE, distinct=True, filter=lasting(on)))
    return {"mentors": {row["space"]: row["now"] for row in rows}}


def total_of_mentors(subjects, names, on, window):
    """Mentors appointed at any of these spaces, each once."""
    found = Appointment.objects.standing().on(on).filter(space__in=subjects.order_by().values("pk"))
    return {"mentors": found.order_by().aggregate(all=Count(AS_ONE, distinct=True))["all"]}


def appointments_behind(name, subject, on, window):
    return Appointment.objects.standing().on(on).filter(space=subject).select_related("mentor")


SAID = meanings()
SOURCES = (
    counting(
        Event,
        each("events")
        | each("trainings", what=Q(kind__in=SAID["trainings"]))
        | each("roadshows", what=Q(kind__in=SAID["roadshows"]))
        | each("international_events", what=Q(international__in=SAID["international"]))
        | each("attendance"),
        sums={"attendance": "attendance"},
    ),
    counting(TechnicalService, each("technical_services"), sums={"technical_services": "times"}),
    counting(
        Result,
        each("results_developed", what=Q(what="developed"))
        | each("results_transferred", what=Q(what="transferred"))
        | each("results_promoted", what=Q(what="promoted")),
    ),
    counting(PolicyService, each("policy_services")),
    Source(("mentors",), of_mentors, appointments_behind, total_of_mentors),
    counting(Session, each("mentor_sessions")),
)
