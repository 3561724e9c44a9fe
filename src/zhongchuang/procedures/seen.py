"""Figures that were found different on the spot, in the cells of the conditions that ask for them, with what would follow."""

from dataclasses import dataclass
from datetime import date

from zhongchuang.gap import words
from zhongchuang.gap.matrix import Cell, cells
from zhongchuang.page.listed import ask
from zhongchuang.policy.answer import tested
from zhongchuang.policy.errors import Refused
from zhongchuang.policy.facts import Column, Facts, Value, space_catalogue
from zhongchuang.procedures.access import sees_judging
from zhongchuang.procedures.judging import answer


@dataclass(frozen=True)
class Seen:
    """A figure as it was handed in and as it was found on a day, with the way to the report."""

    column: Column
    stated: Value | None
    value: Value
    day: date
    url: str

    @property
    def label(self):
        return words.label(self.column)


@dataclass(frozen=True)
class Spot:
    """What was seen of the figures of one condition, and the condition judged with it; nothing decides by it."""

    seen: tuple[Seen, ...] = ()
    cell: Cell | None = None


def with_seen(case, acting, facts, conditions):
    """Each condition with what was seen of its figures."""
    found = {one.column.name: one for one in ask("seen", case, acting)}
    if not found:
        return [(one, Spot()) for one in conditions]
    other = dict(enumerate(judged_with(case, acting, facts, found)))
    return [(one, spot_of(one, found, other.get(place))) for place, one in enumerate(conditions)]


def spot_of(cell, found, other):
    names = space_catalogue().with_parts(one.name for one in tested(cell.leaf.condition).facts())
    seen = tuple(found[name] for name in names if name in found)
    return Spot(seen, other) if seen else Spot()


def judged_with(case, acting, facts, found):
    """The conditions judged with what was seen in the place of what was handed in; none where the figures do not go together."""
    values = dict(facts.values) | {name: one.value for name, one in found.items()}
    touched = set(found)
    for name, added, divisors in space_catalogue().formulas:
        if touched & {*added, *divisors} and name not in found:
            touched.add(name)
            values.pop(name, None)
    try:
        judged = answer(case, Facts.of(facts.subject, values), judged=sees_judging(acting, case))
    except Refused:
        return []
    return cells(judged) if judged else []
