"""The facts that the register tells: premises, leases, staff, equipment, host, particulars.

A figure of which a part is missing is unknown as a whole: an area that one of two sites lacks is no area.
"""

from collections import defaultdict
from datetime import timedelta

from django.db.models import Count, F, Q, Sum

from zhongchuang.policy.quantity import exact
from zhongchuang.policy.term import whole_months, whole_years
from zhongchuang.records.register import Source
from zhongchuang.spaces.models import (
    Desk,
    Equipment,
    Host,
    Lease,
    Particulars,
    Premises,
    Space,
    StaffCount,
    StaffMember,
)

FEW = 500
"""So many subjects are named in a query; of more all are read, which is quicker."""


def rows_of(table, subjects, on):
    """What held that day of these subjects."""
    found = table.objects.on(on).order_by()
    return found.filter(space__in=subjects) if len(subjects) <= FEW else found


def complete(count, known, total):
    """A sum of which no part is missing, else None."""
    return exact(total) if count == known and total is not None else None


# --- sites ----------------------------------------------------------------------------------------

AREAS = ("floor_area", "public_area", "desk_area")


def of_sites(subjects, names, on, window):
    sums = {f"{name}_sum": Sum(name) for name in AREAS} | {
        f"{name}_known": Count(name) for name in AREAS
    }
    tenures = {
        "rented": Count("pk", filter=Q(tenure="rented")),
        "owned": Count("pk", filter=Q(tenure="owned")),
    }
    grouped = (
        rows_of(Premises, subjects, on).values("space").annotate(all=Count("pk"), **sums, **tenures)
    )
    answers = defaultdict(dict)
    for row in grouped:
        for name in AREAS:
            answers[name][row["space"]] = complete(
                row["all"], row[f"{name}_known"], row[f"{name}_sum"]
            )
        answers["tenure"][row["space"]] = tenure(row)
    return answers


def tenure(row):
    """Rented as soon as one site is: the conditions on leases then ask for its lease."""
    if row["rented"]:
        return "rented"
    return "owned" if row["owned"] == row["all"] else None


def of_desks(subjects, names, on, window):
    """Desks listed one by one where a space lists any, else what is stated of its sites."""
    stated = rows_of(Premises, subjects, on).values("space")
    stated = stated.annotate(all=Count("pk"), known=Count("desks"), sum=Sum("desks"))
    answers = {row["space"]: complete(row["all"], row["known"], row["sum"]) for row in stated}
    lists = Desk.objects.order_by().values("space")
    lists = lists.filter(space__in=subjects) if len(subjects) <= FEW else lists
    now = (
        Q(valid_from__lte=on) & (Q(valid_until=None) | Q(valid_until__gt=on)) & Q(can_be_let="yes")
    )
    answers |= {row["space"]: row["now"] for row in lists.annotate(now=Count("pk", filter=now))}
    return {"desks": answers}


# --- leases ---------------------------------------------------------------------------------------


def of_leases(subjects, names, on, window):
    """Of the lease in force of each rented site the least; unknown where a rented site has none."""
    leases = defaultdict(list)
    running = rows_of(Lease, subjects, on).filter(begins__lte=on, ends__gte=on)
    for site, begins, ends in running.values_list("site", "begins", "ends"):
        leases[site].append((begins, ends + timedelta(days=1)))
    sites = defaultdict(list)
    rented = rows_of(Premises, subjects, on).filter(tenure="rented")
    for space, series in rented.values_list("space", "series"):
        sites[space].append(max(leases[series], key=lambda term: term[1], default=None))
    known = {space: terms for space, terms in sites.items() if None not in terms}
    return {
        "lease_years": {
            space: min(whole_years(first, after) for first, after in terms)
            for space, terms in known.items()
        },
        "lease_years_left": {
            space: min(whole_years(on, after) for _first, after in terms)
            for space, terms in known.items()
        },
    }


# --- people ---------------------------------------------------------------------------------------

COLLEGE = ("doctor", "master", "bachelor", "college")
COUNTED = {
    "staff": "staff",
    "staff_fulltime": "fulltime",
    "staff_college": "college",
    "staff_professional": "professional",
    "investment_managers": "investment_managers",
    "trainers_fulltime": "trainers",
}
"""Fact, and the column of the numbers that stands in where nobody is listed."""


def of_staff(subjects, names, on, window):
    """People listed one by one where a space lists any, else the numbers that it states."""
    answers = {name: {} for name in COUNTED}
    for row in rows_of(StaffCount, subjects, on).values("space", *COUNTED.values()):
        for name, column in COUNTED.items():
            answers[name][row["space"]] = row[column]
    for row in listed_staff(subjects, on):
        space, people = row["space"], row["now"]
        full, unsaid = row["full"], row["unsaid_full"]
        answers["staff"][space] = people
        answers["staff_fulltime"][space] = None if unsaid else full
        answers["staff_college"][space] = None if row["unsaid_school"] else row["college"]
        answers["staff_professional"][space] = None if row["unsaid_skill"] else row["skilled"]
        answers["investment_managers"][space] = None if row["unsaid_invest"] else row["invest"]
        answers["trainers_fulltime"][space] = None if row["unsaid_train"] else row["train"]
    return answers


def listed_staff(subjects, on):
    now = Q(valid_from__lte=on) & (Q(valid_until=None) | Q(valid_until__gt=on))
    invest, train = now & Q(duty="investment"), now & Q(duty="training")
    asked = {
        "now": now,
        "full": now & Q(fulltime="yes"),
        "unsaid_full": now & Q(fulltime=""),
        "college": now & Q(education__in=COLLEGE),
        "unsaid_school": now & Q(education=""),
        "skilled": now & Q(professional="yes"),
        "unsaid_skill": now & Q(professional=""),
        "invest": invest & Q(fulltime="yes"),
        "unsaid_invest": invest & Q(fulltime=""),
        "train": train & Q(fulltime="yes"),
        "unsaid_train": train & Q(fulltime=""),
    }
    listed = StaffMember.objects.order_by().values("space")
    listed = listed.filter(space__in=subjects) if len(subjects) <= FEW else listed
    return listed.annotate(**{name: Count("pk", filter=what) for name, what in asked.items()})


# --- equipment, host, particulars, opening --------------------------------------------------------


def of_equipment(subjects, names, on, window):
    grouped = rows_of(Equipment, subjects, on).values("space")
    grouped = grouped.annotate(all=Count("pk"), known=Count("value"), sum=Sum("value"))
    return {
        "equipment_value": {
            row["space"]: complete(row["all"], row["known"], row["sum"]) for row in grouped
        }
    }


def of_hosts(subjects, names, on, window):
    answers = defaultdict(dict)
    for space, kind, level, platforms in rows_of(Host, subjects, on).values_list(
        "space", "kind", "level", "platforms"
    ):
        answers["operator_relies_on"][space] = kind
        answers["operator_relies_on_level"][space] = level or None
        answers["host_platforms"][space] = None if platforms is None else frozenset(platforms)
    return answers


ANSWERS = {"yes": True, "no": False}
YES_NO = ("separate_accounts", "free_broadband", "online_platform")


def of_particulars(subjects, names, on, window):
    answers = defaultdict(dict)
    rows = rows_of(Particulars, subjects, on)
    for row in rows.values("space", "operator_kind", *YES_NO, code=F("operator__region__code")):
        for name in YES_NO:
            answers[name][row["space"]] = ANSWERS.get(row[name])
        answers["operator_kind"][row["space"]] = row["operator_kind"] or None
        answers["registered_in"][row["space"]] = row["code"][:6]
    return answers


def of_opening(subjects, names, on, window):
    """Whole months from opening; a space that has not opened by the day, or was closed, has none."""
    found = Space.objects.filter(opened__lte=on).filter(Q(closed_on=None) | Q(closed_on__gt=on))
    found = found.filter(pk__in=subjects) if len(subjects) <= FEW else found
    return {
        "months_operating": {
            pk: whole_months(opened, on)
            for pk, opened in found.order_by().values_list("pk", "opened")
        }
    }


# --- what stands behind a figure ------------------------------------------------------------------


def rows_in(*tables):
    """A function that gives the rows behind a figure: of the first table that has any, else the last one, empty."""

    def rows(name, subject, on, window):
        del window
        for table in tables:
            found = table.objects.filter(space=subject)
            if found.exists() or table is tables[-1]:
                return found.on(on).filter(COUNTS.get((table, name), Q()))
        return ()

    return rows


COUNTS = {
    (Desk, "desks"): Q(can_be_let="yes"),
    (StaffMember, "staff_fulltime"): ~Q(fulltime="no"),
    (StaffMember, "staff_college"): Q(education__in=["", *COLLEGE]),
    (StaffMember, "staff_professional"): ~Q(professional="no"),
    (StaffMember, "investment_managers"): Q(duty="investment") & ~Q(fulltime="no"),
    (StaffMember, "trainers_fulltime"): Q(duty="training") & ~Q(fulltime="no"),
}
"""Which rows of a table a figure counts: those that do, and those that may and make it unknown."""


def leases_behind(name, subject, on, window):
    """The leases in force of the rented sites."""
    del name, window
    rented = Premises.objects.on(on).filter(space=subject, tenure="rented").values("series")
    return Lease.objects.on(on).filter(space=subject, site__in=rented, begins__lte=on, ends__gte=on)


def opening(name, subject, on, window):
    return Space.objects.filter(pk=subject)


SOURCES = (
    Source((*AREAS, "tenure"), of_sites, rows_in(Premises)),
    Source(("desks",), of_desks, rows_in(Desk, Premises)),
    Source(("lease_years", "lease_years_left"), of_leases, leases_behind),
    Source(tuple(COUNTED), of_staff, rows_in(StaffMember, StaffCount)),
    Source(("equipment_value",), of_equipment, rows_in(Equipment)),
    Source(
        ("operator_relies_on", "operator_relies_on_level", "host_platforms"),
        of_hosts,
        rows_in(Host),
    ),
    Source((*YES_NO, "operator_kind", "registered_in"), of_particulars, rows_in(Particulars)),
    Source(("months_operating",), of_opening, opening),
)
