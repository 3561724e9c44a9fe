"""The facts that the ledgers of money tell: funds, partners, investments, yearly accounts.

A sum of which a part is missing is unknown, and so is a count that an open answer could raise. A ledger in which
nothing had been written by the end of the period is unknown; one that was begun tells real zeros.
"""

from collections import defaultdict

from django.db.models import Count, Q, Sum

from zhongchuang.finance.models import Cooperation, Fund, Investment, Partner, YearAccounts
from zhongchuang.finance.models.lines import PARTS
from zhongchuang.ledgers.periods import lasting, lines_of
from zhongchuang.policy.quantity import exact
from zhongchuang.policy.term import Term, year_window
from zhongchuang.records.register import Source

CENTS = 2


def whole(known, possible, total):
    """A sum of amounts, exact to the cent; None where a part is missing, 0 where there is none."""
    if known != possible:
        return None
    return exact(round(total, CENTS)) if total is not None else 0


# --- funds and partners ---------------------------------------------------------------------------


def of_funds(subjects, names, on, window):
    del names, window
    now = lasting(on)
    own, unsaid = now & Q(at_disposal="yes"), now & Q(at_disposal="")
    grouped = lines_of(Fund, subjects).values("space").filter(day__lte=on).annotate(
        all=Count("pk", filter=now), known=Count("amount", filter=now), sum=Sum("amount", filter=now),
        own=Count("pk", filter=own), own_known=Count("amount", filter=own), own_sum=Sum("amount", filter=own),
        unsaid=Count("pk", filter=unsaid),
    )  # fmt: skip
    answers = {"fund_amount": {}, "fund_own": {}}
    for row in grouped:
        answers["fund_amount"][row["space"]] = whole(row["known"], row["all"], row["sum"])
        answers["fund_own"][row["space"]] = whole(row["own_known"], row["own"] + row["unsaid"], row["own_sum"])  # fmt: skip
    return answers


def fund_rows(name, subject, on, window):
    del window
    found = Fund.objects.standing().on(on).filter(space=subject)
    return found if name == "fund_amount" else found.exclude(at_disposal="no")


def named_once(fact, table):
    """A source that counts the names which an agreement in force carries, each once."""

    def collect(subjects, names, on, window):
        del names, window
        grouped = lines_of(table, subjects).values("space").filter(day__lte=on)
        grouped = grouped.annotate(now=Count("name", distinct=True, filter=lasting(on)))
        return {fact: {row["space"]: row["now"] for row in grouped}}

    def rows(name, subject, on, window):
        del name, window
        return table.objects.standing().on(on).filter(space=subject)

    def total(subjects, names, on, window):
        found = table.objects.standing().on(on).filter(space__in=subjects.order_by().values("pk"))
        return {fact: found.order_by().values("name").distinct().count()}

    return Source((fact,), collect, rows, total)


# --- investments ----------------------------------------------------------------------------------

FUNDS = Q(source__in=("own", "cofounded"))
CASES = Q(source__in=("own", "cofounded", "close"))
OWN = Q(source="own")
ANYONE = Q()
COUNTS = {
    # fact: whose money counts, what is counted
    "projects_invested": (FUNDS, "resident"),
    "investment_cases": (CASES, "pk"),
    "residents_financed": (ANYONE, "resident"),
}
"""Jiangsu 2019: residents financed count money from anyone, projects invested in only the own or co-founded fund."""
SUMS = {"financing": ANYONE, "financing_own": OWN}
WHOSE = {name: who for name, (who, _what) in COUNTS.items()} | SUMS
ARRIVED, MAY_HAVE = Q(arrived="yes"), ~Q(arrived="no")


def terms(on, window):
    """Of each time kind the days that it looks at; the first of all is open."""
    year = year_window(window, on)
    return {"year": year, "total": Term(on.min, on)}


def of_investments(subjects, names, on, window):
    """Each figure twice: with what surely arrived, and with what may have; where they differ it is unknown."""
    asked, ends = {}, {}
    for name in names:
        fact, kind = name.split(".")
        term = terms(on, window)[kind]
        held = WHOSE[fact] & Q(day__range=(term.start, term.until))
        ends[name] = term.until
        asked |= counted(name.replace(".", "_"), fact, held)
    began = {f"began_{end:%Y%m%d}": Count("pk", filter=Q(day__lte=end)) for end in ends.values()}
    answers = defaultdict(dict)
    for row in lines_of(Investment, subjects).values("space").annotate(**asked, **began):
        for name, end in ends.items():
            if row[f"began_{end:%Y%m%d}"]:
                answers[name][row["space"]] = figure(row, name)
    return answers


def total_of_investments(subjects, names, on, window):
    """Residents that received money, each once in however many spaces it is written down; sums are added up."""
    found = Investment.objects.standing().filter(space__in=subjects.order_by().values("pk"))
    asked = {}
    for name in names:
        fact, kind = name.split(".")
        if COUNTS.get(fact, ("", ""))[1] == "resident":
            term = terms(on, window)[kind]
            held = WHOSE[fact] & ARRIVED & Q(day__range=(term.start, term.until))
            asked[name.replace(".", "__")] = Count("resident", distinct=True, filter=held)
    row = found.order_by().aggregate(**asked) if asked else {}
    return {name: row[name.replace(".", "__")] for name in names if name.replace(".", "__") in row}


def counted(prefix, fact, held):
    """The aggregates of one figure."""
    sure, may = held & ARRIVED, held & MAY_HAVE
    if fact in SUMS:
        return {
            f"{prefix}_known": Count("amount", filter=sure),
            f"{prefix}_may": Count("pk", filter=may),
            f"{prefix}_sum": Sum("amount", filter=sure),
        }
    what = COUNTS[fact][1]
    return {
        f"{prefix}_known": Count(what, distinct=True, filter=sure),
        f"{prefix}_may": Count(what, distinct=True, filter=may),
    }


def figure(row, name):
    prefix = name.replace(".", "_")
    known, may = row[f"{prefix}_known"], row[f"{prefix}_may"]
    if name.split(".")[0] in SUMS:
        return whole(known, may, row[f"{prefix}_sum"])
    return known if known == may else None


def investment_rows(name, subject, on, window):
    """What counts, and what would if its money arrived."""
    fact, kind = name.split(".")
    found = Investment.objects.standing().filter(WHOSE[fact], MAY_HAVE, space=subject)
    return found.within(terms(on, window)[kind]).select_related("resident")


# --- yearly accounts ------------------------------------------------------------------------------


def year_of(on, window):
    """The accounts of the year in which the window ends."""
    return year_window(window, on).until.year


def of_accounts(subjects, names, on, window):
    columns = (*PARTS, "operating_cost")
    found = lines_of(YearAccounts, subjects).filter(year=year_of(on, window))
    answers = defaultdict(dict)
    for space, *amounts in found.values_list("space", *columns):
        told = {
            name: None if amount is None else exact(amount)
            for name, amount in zip(columns, amounts, strict=True)
        }
        parts = [told[name] for name in PARTS]
        told["income"] = None if None in parts else sum(parts)
        for name in names:
            answers[name][space] = told[name]
    return answers


def account_rows(name, subject, on, window):
    del name
    return YearAccounts.objects.standing().filter(space=subject, year=year_of(on, window))


SOURCES = (
    Source(("fund_amount", "fund_own"), of_funds, fund_rows),
    named_once("investor_partners", Partner),
    named_once("technical_service_bodies", Cooperation),
    Source(
        tuple(f"{fact}.{kind}" for fact in WHOSE for kind in ("year", "total")),
        of_investments,
        investment_rows,
        total_of_investments,
    ),
    Source(("income", *PARTS, "operating_cost"), of_accounts, account_rows),
)
