"""A space of the register as a subject: its facts come from its records, or are stated by its operator with a reason."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse

from zhongchuang.gap.models import Statement
from zhongchuang.ledgers.behind import address
from zhongchuang.policy.facts import Value, space_catalogue
from zhongchuang.policy.table import Table
from zhongchuang.records.register import REGISTER, collect
from zhongchuang.spaces.models import Space

WINDOWS = ("calendar_year", "last_12_months")


@dataclass(frozen=True)
class Registered:
    """One space, with the addresses that its answer leads to."""

    space: Space

    @property
    def title(self) -> str:
        return str(self.space)

    @property
    def url(self) -> str:
        """The page of the space."""
        return self.space.get_absolute_url()

    def subject_url(self, row: int) -> str:
        """The page of its answer."""
        return reverse("gap:space", args=[self.space.code])

    def behind(self, fact: str, on: date, *, known: bool = True) -> str:
        """The records behind a figure, where an app tells it; of an unknown one where it is entered."""
        catalogue = space_catalogue()
        if fact not in REGISTER.sources and fact not in {
            name for name, *_parts in catalogue.formulas
        }:
            return "" if known else address("ledgers:enter", self.space, fact, on)
        told = known or fact not in REGISTER.sources
        return address("ledgers:behind" if told else "ledgers:enter", self.space, fact, on)


def statements(space: Space, on: date) -> dict[str, Statement]:
    """What the operator states instead of its records on a day, by fact."""
    lines = Statement.objects.standing().on(on).filter(space=space)
    return {line.fact: line for line in lines.order_by("day", "pk")}


def recorded(
    space: Space, on: date, window: str = WINDOWS[0], names: Collection[str] | None = None
) -> dict[str, Value]:
    """The facts that the records tell, by name; what is not known is left out. `names` are those that are wanted, else all."""
    wanted = REGISTER.names if names is None else [one for one in REGISTER.names if one in names]
    columns = collect([space.pk], wanted, on, window).columns
    return {name: column[0] for name, column in columns.items() if column[0] is not None}


def table_of(
    space: Space, on: date, windows: Sequence[str] = WINDOWS, names: Collection[str] | None = None
) -> Table:
    """The figures of a space on a day as a table of one row; a stated figure stands before the recorded one, unless that is official.

    Who needs the figures of one window alone names it: each is collected by itself. Who reads a few facts names these:
    a source that tells none of them is not asked.
    """
    stated = {name: line.value for name, line in statements(space, on).items()}
    tables = {
        window: Table(
            [str(space)],
            {
                n: [value]
                for n, value in counted(recorded(space, on, window, names), stated).items()
            },
        )
        for window in windows
    }
    return replace(tables[windows[0]], within=tables)


def counted(found: Mapping[str, Value], stated: Mapping[str, Value]) -> dict[str, Value]:
    """What counts of recorded and stated figures: the stated one, but what departments put on record is theirs to correct."""
    official = found.keys() & REGISTER.official
    return {**found, **{name: value for name, value in stated.items() if name not in official}}


def figures_beside(space: Space, on: date) -> list[tuple]:
    """Stated figures with what the records tell: statement, column, stated value, recorded value or None, and whether the record counts."""
    found = recorded(space, on)
    columns = space_catalogue().columns
    return [
        (line, columns[name], line.value, found.get(name), name in found.keys() & REGISTER.official)
        for name, line in statements(space, on).items()
    ]
