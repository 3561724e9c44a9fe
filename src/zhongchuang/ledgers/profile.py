"""The profile of a space over the eight service functions (MO-2): how many records of each, year by year."""

import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.db.models import Count, F
from django.utils import timezone
from django.utils.translation import get_language

from zhongchuang.ledgers.declaration import ledgers

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Function:
    """One of the eight, with the place of the guide that names it."""

    name: str
    cite: str
    zh: str
    en: str

    def __str__(self):
        return self.zh if (get_language() or "zh").startswith("zh") else self.en


@cache
def functions():
    """The eight functions in the order of the guide."""
    read = tomllib.loads((HERE / "functions.toml").read_text(encoding="utf-8"))
    return {name: Function(name, **one) for name, one in read.items() if name != "document"}


def counted(space):
    """Lines of each function and year, and the ledgers they stand in: {function: {year: count}}, {function: [ledger]}."""
    counts, where = defaultdict(lambda: defaultdict(int)), defaultdict(list)
    today = timezone.localdate()  # what is planned counts on its day
    for ledger in ledgers().values():
        for function, what in ledger.functions.items():
            where[function].append(ledger)
            lines = (
                ledger.model.objects.standing().filter(what, space=space, day__lte=today).order_by()
            )
            for row in lines.values(of_year=F("day__year")).annotate(all=Count("pk")):
                counts[function][row["of_year"]] += row["all"]
    return counts, where


def by_ledger(space, function, year):
    """The ledgers that a function has lines in, each with how many there are of a year, or of all."""
    found = []
    for ledger in ledgers().values():
        if function in ledger.functions:
            lines = ledger.model.objects.standing().filter(ledger.functions[function], space=space)
            lines = lines.filter(day__year=year) if year else lines
            found.append((ledger, lines.order_by().count()))
    return found


@dataclass(frozen=True)
class Row:
    """A function with its counts of the years that are shown; `share` is the last one against the largest, 0 to 100."""

    function: Function
    ledgers: list
    years: list
    counts: list
    share: int

    @property
    def by_year(self):
        return list(zip(self.years, self.counts, strict=True))


def profile(space, years):
    """A row a function; a function of which nothing is written has counts of 0, which say just that."""
    counts, where = counted(space)
    last = max((counts[name][years[-1]] for name in functions()), default=0)
    return [
        Row(
            one,
            where[name],
            years,
            [counts[name][year] for year in years],
            round(counts[name][years[-1]] * 100 / last) if last else 0,
        )
        for name, one in functions().items()
    ]
