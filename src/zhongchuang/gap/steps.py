"""What to do first: the facts that keep most conditions from being met."""

from dataclasses import dataclass, field

from zhongchuang.gap.matrix import Answer, Cell, cells, of_place
from zhongchuang.policy.answer import tested
from zhongchuang.policy.conditions import UPWARD, Bound, RatioBound
from zhongchuang.policy.facts import Column, Facts, space_catalogue
from zhongchuang.policy.quantity import Exact
from zhongchuang.policy.verdict import NOT_MET

MOST = 5


@dataclass
class Step:
    """A fact to record, or a figure to change, and the conditions that would follow.

    `enough` is the amount that satisfies all of `unmet` that look at an amount; `inputs` are the
    facts that a derived one is missing.
    """

    column: Column
    unmet: list[Cell] = field(default_factory=list)
    unknown: list[Cell] = field(default_factory=list)
    enough: Exact | None = None
    change: Exact | None = None
    inputs: list[Column] = field(default_factory=list)

    @property
    def gain(self) -> int:
        """How many conditions become met, or can be checked."""
        return len(self.unmet) + len(self.unknown)


def first_steps(shown: list[Answer], facts: Facts) -> list[Step]:
    """The steps with the largest gain, at most five; what a person judges is no step, nor is moving away."""
    found: dict[str, Step] = {}
    for one in shown:
        for cell in cells(one):
            if cell.blocks and not (cell.verdict == NOT_MET and of_place(cell.leaf)):
                _add(found, cell)
    steps = sorted(found.values(), key=lambda step: -step.gain)[:MOST]
    for step in steps:
        _measure(step, facts)
    return steps


def _add(found: dict[str, Step], cell: Cell) -> None:
    catalogue = space_catalogue()
    if cell.verdict == NOT_MET:
        columns = tested(cell.leaf.condition).facts()
        names = [columns[0].name] if columns else []
    else:
        names = list(cell.leaf.missing)
    for name in names:
        step = found.setdefault(name, Step(catalogue.columns[name]))
        (step.unmet if cell.verdict == NOT_MET else step.unknown).append(cell)


def _measure(step: Step, facts: Facts) -> None:
    """How far the figure has to move, and what a derived fact lacks."""
    held = facts.values.get(step.column.name)
    tests = [tested(cell.leaf.condition) for cell in step.unmet]
    wanted = [
        cell.leaf.needed
        for cell, test in zip(step.unmet, tests, strict=True)
        if isinstance(test, Bound | RatioBound) and cell.leaf.needed is not None
    ]
    rising = {test.kind in UPWARD for test in tests if isinstance(test, Bound | RatioBound)}
    if held is not None and wanted and len(rising) == 1:
        step.enough = max(wanted) if rising == {True} else min(wanted)
        step.change = step.enough - held
    if held is None:
        step.inputs = missing_inputs(step.column, facts)


def missing_inputs(column: Column, facts: Facts) -> list[Column]:
    """The facts that a derived one would be computed from and that are not known."""
    catalogue = space_catalogue()
    for name, added, divisors in catalogue.formulas:
        if name == column.name:
            return [
                catalogue.columns[one] for one in (*added, *divisors) if one not in facts.values
            ]
    return []
