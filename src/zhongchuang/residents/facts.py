"""The facts that stays, founders and yearly figures tell; a space without any stay in its ledger tells none of them.

Counts of a year are known where the first stay began before the year ended. A sum of which a part is missing is unknown.
"""

from collections import defaultdict
from datetime import date
from fractions import Fraction

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    Max,
    Min,
    OuterRef,
    Q,
    Sum,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat

from zhongchuang.ledgers.periods import lasting, lines_of, spans
from zhongchuang.policy.quantity import exact
from zhongchuang.policy.term import day_after_months, year_window
from zhongchuang.records.register import Source
from zhongchuang.residents.models import Report, Stay
from zhongchuang.residents.rules import meanings
from zhongchuang.spaces.facts import complete


def stays_of(subjects, on):
    """All standing stays that had begun by the day, of these subjects."""
    return as_one(lines_of(Stay, subjects).filter(day__lte=on))


def as_one(stays):
    """Stays with who counts: of two records that were merged the one they were merged into."""
    return stays.annotate(
        who=Coalesce("resident__merged_into", "resident"),
        who_kind=Coalesce("resident__merged_into__kind", "resident__kind"),
        who_registered=Case(
            When(resident__merged_into=None, then=F("resident__registered")),
            default=F("resident__merged_into__registered"),
        ),
    )


def firm_by(day):
    """The condition that a resident was a startup by a day: those registered later were teams still."""
    registered = Q(who_registered=None) | Q(who_registered__lte=day)
    return Q(who_kind="firm") & registered


def team_on(day):
    return Q(who_kind="team") | Q(who_kind="firm", who_registered__gt=day)


NO_MAKER = Q(who_kind__in=["team", "firm"])


def ended_in(first, last):
    """The condition that a stay ended within days."""
    after = Q(until__gte=first) if first else Q()
    return Q(until__lte=last) & after


def stayed_in(first, last):
    """The condition that a stay lay in part within days."""
    return Q(day__lte=last) & ((Q(until=None) | Q(until__gt=first)) if first else Q())


def registered_in(first, last):
    """The condition that a resident became a firm within days while it stayed."""
    after = Q(who_registered__gte=first) if first else Q()
    stayed = Q(who_registered__gte=F("day")) & (Q(until=None) | Q(until__gte=F("who_registered")))
    return Q(who_kind="firm", who_registered__lte=last) & after & stayed


def cases():
    said = meanings()
    return Q(outcome__in=said["case_outcomes"]) | Q(destination__in=said["case_destinations"])


PERIODIC = {
    "residents_served": lambda first, last: stayed_in(first, last) & NO_MAKER,
    "firms_registered": registered_in,
    "cases_incubated": lambda first, last: ended_in(first, last) & cases(),
    "firms_commercialised": lambda first, last: (
        ended_in(first, last) & Q(who_kind="firm", destination__in=meanings()["market"])
    ),
    "growth_placements": lambda first, last: (
        ended_in(first, last) & Q(destination__in=meanings()["growth"])
    ),
}
"""Facts of a period, each with the condition on the stays that it counts."""

SUFFIXES = {
    "residents_served": ("year", "total", "years3"),
    "firms_registered": ("year", "total"),
    "cases_incubated": ("year", "total", "years3"),
    "firms_commercialised": ("year", "total"),
    "growth_placements": ("year", "total"),
}
COUNTED = {
    "residents": lambda on: NO_MAKER,  # noqa: ARG005 -- each is asked of a day
    "resident_teams": team_on,
    "resident_firms": firm_by,
}
OF_DESTINATION = {"cases_incubated", "firms_commercialised", "growth_placements"}
"""Facts that are unknown where it is not said where one went who must have gone somewhere."""


def nowlasting(first, last):
    """Stays that ended with an outcome that leads somewhere, and nobody said where."""
    return ended_in(first, last) & Q(outcome__in=meanings()["leads_on"], destination="")


PERIODS = tuple(f"{name}.{one}" for name, kinds in SUFFIXES.items() for one in kinds)
"""Names of the facts of a period."""


def counted(names, on, window):
    """What is asked of the stays, by fact: distinct residents, so that a second stay of one counts once."""
    terms, open_now = spans(on, window), lasting(on)
    asked = {
        name: Count("who", distinct=True, filter=open_now & what(on))
        for name, what in COUNTED.items()
        if name in names
    }
    for name in names & set(PERIODS):
        fact, _dot, kind = name.partition(".")
        asked[name.replace(".", "__")] = Count(
            "who", distinct=True, filter=PERIODIC[fact](*terms[kind])
        )
    for kind, span in terms.items():
        asked[f"nowhere_{kind}"] = Count("pk", filter=nowlasting(*span))
    return asked


def of_stays(subjects, names, on, window):
    open_now = lasting(on)
    asked = counted(names, on, window) | {
        "first": Min("day"),
        "open": Count("pk", filter=open_now),
        "free_known": Count("free_months", filter=open_now),
        "least_free": Min("free_months", filter=open_now),
        "months_known": Count("months_allowed", filter=open_now),
        "most_months": Max("months_allowed", filter=open_now),
    }
    then = day_after_months(on, -meanings()["survival_months"])
    old = firm_by(then) & Q(day__lte=then)
    gave_up = Q(until__lte=on, outcome__in=meanings()["gave_up"])
    asked |= {
        "old": Count("who", distinct=True, filter=old),
        "gone": Count("who", distinct=True, filter=old & gave_up),
    }
    answers = defaultdict(dict)
    terms = spans(on, window)
    for row in stays_of(subjects, on).values("space").annotate(**asked):
        space = row["space"]
        for name in names & (set(COUNTED) | set(PERIODS)):
            fact, _dot, kind = name.partition(".")
            if kind and row["first"] > terms[kind][1]:
                continue
            if fact in OF_DESTINATION and row[f"nowhere_{kind}"]:
                continue
            answers[name][space] = row[name.replace(".", "__")]
        if row["open"] and row["free_known"] == row["open"]:
            answers["free_months"][space] = row["least_free"]
        if row["open"] and row["months_known"] == row["open"]:
            answers["stay_months_max"][space] = row["most_months"]
        if row["old"]:
            answers["survival_rate"][space] = exact(
                Fraction((row["old"] - row["gone"]) * 100, row["old"])
            )
    return answers


def total_of_stays(subjects, names, on, window):
    """Residents of all these spaces together, each once, in however many of them it stays."""
    told = names & (set(COUNTED) | set(PERIODS))
    asked = {
        key: count
        for key, count in counted(told, on, window).items()
        if not key.startswith("nowhere_")
    }
    row = stays_in(subjects, on).aggregate(**asked) if asked else {}
    return {name: row[name.replace(".", "__")] for name in told}


def stays_in(subjects, on):
    """All standing stays that had begun by the day, in the spaces of a query set."""
    found = Stay.objects.standing().filter(space__in=subjects.order_by().values("pk"))
    return as_one(found.filter(day__lte=on).order_by())


def of_desks(subjects, names, on, window):
    """Desks that open stays take; unknown where it is not said of one of them."""
    now = lasting(on)
    parts = Q(occupations__day__lte=on) & (
        Q(occupations__until=None) | Q(occupations__until__gt=on)
    )
    rows = stays_of(subjects, on).values("space").annotate(
        open=Count("pk", distinct=True, filter=now),
        said=Count("pk", distinct=True, filter=now & parts),
        sum=Sum("occupations__desks", filter=now & parts),
    )  # fmt: skip
    return {
        "desks_occupied": {
            row["space"]: row["sum"] or 0 for row in rows if row["open"] == row["said"]
        }
    }


SAME = "resident__founders__merged_into__"
PERSON = Concat(
    Cast(Coalesce(f"{SAME}resident__merged_into", f"{SAME}resident", "who"), TextField()),
    Value(" "),
    Coalesce(f"{SAME}name", "resident__founders__name"),
)
"""A founder, who is the same under two records of one resident; one who was merged is the record that stays."""


def of_founders(subjects, names, on, window):
    """Founders of those who stay on the day; unknown where one resident names none."""
    now = lasting(on)
    there = Q(resident__founders__left=None) | Q(resident__founders__left__gt=on)
    there &= Q(resident__founders__isnull=False)
    rows = stays_of(subjects, on).values("space").annotate(
        open=Count("who", distinct=True, filter=now),
        said=Count("who", distinct=True, filter=now & there),
        people=Count(PERSON, distinct=True, filter=now & there),
    )  # fmt: skip
    return {"makers": {row["space"]: row["people"] for row in rows if row["open"] == row["said"]}}


def total_of_founders(subjects, names, on, window):
    """Founders of those who stay in any of these spaces, each once."""
    there = Q(resident__founders__left=None) | Q(resident__founders__left__gt=on)
    there &= Q(resident__founders__isnull=False)
    asked = Count(PERSON, distinct=True, filter=lasting(on) & there)
    return {"makers": stays_in(subjects, on).aggregate(people=asked)["people"]}


# --- yearly figures -------------------------------------------------------------------------------

STOCKS = {"jobs": "staff", "ip_valid": "ip_valid", "inventions_valid": "inventions_valid"}
FLOWS = {"graduates_employed": "graduates", "ip_applied": "ip_applied", "ip_granted": "ip_granted"}
FIGURES = (*STOCKS, *(f"{name}.{kind}" for name in FLOWS for kind in ("year", "total")))


def last_year_end(on):
    """The last 31 December up to a day."""
    return on if (on.month, on.day) == (12, 31) else date(on.year - 1, 12, 31)


def of_reports(subjects, names, on, window):
    """Figures of the year that ended last. Of a year they are known where each who stayed at its end reported them."""
    end = last_year_end(on)
    year_end = year_window(window, on).until.replace(month=12, day=31)
    year_end = year_end if year_end <= on else end
    reporting = everyone_reported(subjects, end), everyone_reported(subjects, year_end)
    found = once(lines_of(Report, subjects).filter(day__lte=on))
    asked = {"reports": Count("pk"), "at_end": Count("pk", filter=Q(day=end)), "at_year": Count("pk", filter=Q(day=year_end))}  # fmt: skip
    for name, column in (STOCKS | FLOWS).items():
        for when, what in (("end", Q(day=end)), ("year", Q(day=year_end)), ("total", Q())):
            asked[f"{name}_{when}_known"] = Count(column, filter=what)
            asked[f"{name}_{when}_sum"] = Sum(column, filter=what)
    answers = defaultdict(dict)
    for row in found.values("space").annotate(**asked):
        space = row["space"]
        for name in STOCKS:
            if space in reporting[0] and row["at_end"]:
                answers[name][space] = part(row, name, "end", row["at_end"])
        for name in FLOWS:
            if space in reporting[1] and row["at_year"]:
                answers[f"{name}.year"][space] = part(row, name, "year", row["at_year"])
            answers[f"{name}.total"][space] = part(row, name, "total", row["reports"])
    return answers


def once(reports, *, above=False):
    """Of records that were merged one report a year of a space: that of the one which stayed, else the first; `above` spaces one."""
    same = Report.objects.standing().filter(day=OuterRef("day"))
    same = reports.filter(day=OuterRef("day")) if above else same.filter(space=OuterRef("space"))
    root = OuterRef("resident__merged_into")
    twice = Exists(same.filter(resident=root)) | Exists(
        same.filter(resident__merged_into=root, pk__lt=OuterRef("pk"))
    )
    return reports.filter(Q(resident__merged_into=None) | ~twice)


def total_of_reports(subjects, names, on, window):
    """Sums over residents: of two reports of one resident for one year the one written last counts."""
    end = last_year_end(on)
    year_end = year_window(window, on).until.replace(month=12, day=31)
    year_end = year_end if year_end <= on else end
    found = Report.objects.standing().filter(
        space__in=subjects.order_by().values("pk"), day__lte=on
    )
    later = found.filter(resident=OuterRef("resident"), day=OuterRef("day"), pk__gt=OuterRef("pk"))
    days = {"": Q(day=end), "year": Q(day=year_end), "total": Q()}
    asked = {}
    for name in names:
        fact, _dot, kind = name.partition(".")
        asked[name.replace(".", "__")] = Sum((STOCKS | FLOWS)[fact], filter=days[kind])
    row = once(found, above=True).exclude(Exists(later)).order_by().aggregate(**asked)
    return {
        name: exact(row[name.replace(".", "__")])
        for name in names
        if row[name.replace(".", "__")] is not None
    }


def part(row, name, when, count):
    return complete(count, row[f"{name}_{when}_known"], row[f"{name}_{when}_sum"])


def everyone_reported(subjects, end):
    """Spaces of which every team and firm that stayed on the day handed in its figures of the year."""
    reports = Report.objects.standing().filter(space=OuterRef("space"), day=end)
    reported = Exists(reports.filter(resident=OuterRef("resident")))
    reported |= Exists(reports.filter(resident=OuterRef("who")))
    reported |= Exists(reports.filter(resident__merged_into=OuterRef("who")))
    open_then = stays_of(subjects, end).filter(lasting(end), who_kind__in=["team", "firm"])
    rows = open_then.annotate(has=reported).values("space").annotate(
        all=Count("who", distinct=True), said=Count("who", distinct=True, filter=Q(has=True))
    )  # fmt: skip
    return {row["space"] for row in rows if row["all"] == row["said"]}


# --- what stands behind a figure ------------------------------------------------------------------


def stays_behind(name, subject, on, window):
    """The stays that a figure counts."""
    found = as_one(Stay.objects.standing().filter(space=subject, day__lte=on))
    found = found.select_related("resident")
    fact, _dot, kind = name.partition(".")
    if fact in PERIODIC:
        return found.filter(PERIODIC[fact](*spans(on, window)[kind])).order_by("-day", "-pk")
    if fact == "survival_rate":
        months = meanings()["survival_months"]
        then = day_after_months(on, -months)
        return found.filter(firm_by(then), day__lte=then)
    what = COUNTED[fact](on) if fact in COUNTED else Q()
    return found.filter(lasting(on) & what).order_by("-day", "-pk")


def reports_behind(name, subject, on, window):
    found = once(Report.objects.standing().filter(space=subject, day__lte=on))
    found = found.select_related("resident")
    if name.endswith(".total"):
        return found
    end = last_year_end(on)
    if name.endswith(".year"):
        year_end = year_window(window, on).until.replace(month=12, day=31)
        end = year_end if year_end <= on else end
    return found.filter(day=end)


SOURCES = (
    Source(
        (*COUNTED, *PERIODS, "free_months", "stay_months_max", "survival_rate"),
        of_stays,
        stays_behind,
        total_of_stays,
    ),
    Source(("desks_occupied",), of_desks, stays_behind),
    Source(("makers",), of_founders, stays_behind, total_of_founders),
    Source(FIGURES, of_reports, reports_behind, total_of_reports),
)
