"""The figures of many spaces together."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from zhongchuang.policy.facts import Column, Value, space_catalogue
from zhongchuang.policy.quantity import Exact
from zhongchuang.records.register import WINDOW, collect, totals
from zhongchuang.spaces.models import Space

HERE = Path(__file__).parent


@cache
def meanings():
    """The lists and numbers of meanings.toml."""
    return tomllib.loads((HERE / "meanings.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Figure:
    """A fact of many spaces; `known` of them tell it. `value` is None where none does.

    With `least` the figure is no sum: the spaces lie between `least` and `value`. `apart` is by how much the sum over
    the spaces is larger, because something stands at several of them.
    """

    column: Column
    value: Value | None
    known: int
    least: Exact | None = None
    apart: Exact = 0

    @property
    def ranged(self) -> bool:
        return self.least is not None


def columns() -> list[Column]:
    """The columns that are told of many spaces, in the order of the catalogue."""
    said = meanings()
    names = {*said["added"], *said["ranged"]}
    return [
        one for one in space_catalogue().columns.values() if one.name.partition(".")[0] in names
    ]


def running(found, on):
    """Those spaces of a query set that were confirmed and ran on a day."""
    return found.filter(state__in=Space.REGISTERED, opened__lte=on).exclude(closed_on__lte=on)


def figures(spaces, on, window=WINDOW) -> list[Figure]:
    """Every figure of the spaces of a query set on a day."""
    keys, asked = list(spaces.order_by().values_list("pk", flat=True)), columns()
    names = [column.name for column in asked]
    told = collect(keys, names, on, window).columns
    once = totals(spaces, names, on, window)
    return [figure(column, told[column.name], once) for column in asked]


def figure(column, values, once) -> Figure:
    """One figure from those of the spaces; `once` holds what counts each thing once."""
    known = [value for value in values if value is not None]
    if not known:
        return Figure(column, None, 0)
    if column.name.partition(".")[0] in meanings()["ranged"]:
        return Figure(column, max(known), len(known), min(known))
    value = once.get(column.name, sum(known))
    return Figure(column, value, len(known), apart=max(sum(known) - value, 0))
