"""The closed set of conditions. Each judges the facts of one subject and explains what it found.

The same conditions over whole columns are in columns.py; tests hold the two equal.
"""

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from . import verdict as v
from .citation import Citation
from .facts import Column, Text, Value
from .quantity import Exact, Quantity
from .verdict import FOR_JUDGEMENT, MET, NOT_APPLICABLE, NOT_MET, UNKNOWN, Finding

Values = Mapping[str, Value]
Judgements = Mapping[str, bool]

OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "at_least": operator.ge,
    "more_than": operator.gt,
    "at_most": operator.le,
    "less_than": operator.lt,
}
UPWARD = ("at_least", "more_than")
GROUPS = ("all_of", "any_of", "none_of", "at_least_n_of")


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What all conditions have: an id in their set, a text, the article, and who says so."""

    id: str = ""
    text: Text | None = None
    cite: Citation | None = None
    basis: str = ""
    note: Text | None = None

    @property
    def kind(self) -> str:
        """Its key in a pack."""
        raise NotImplementedError

    def judge(self, values: Values, judgements: Judgements) -> Finding:
        """The verdict on one subject and why. `values` are facts by column, derived ones included."""
        raise NotImplementedError

    def members(self) -> tuple["Condition", ...]:
        """The conditions inside; none in a leaf."""
        return ()

    def walk(self) -> Iterator["Condition"]:
        """This condition and all inside it."""
        yield self
        for member in self.members():
            yield from member.walk()

    def facts(self) -> tuple[Column, ...]:
        """The columns that the condition itself reads."""
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound(Condition):
    """A quantity against a threshold, both counted in the fact's unit."""

    column: Column
    op: str
    needed: Exact
    name: str = ""
    holds: Callable[[Any, Any], bool] = operator.ge

    @property
    def kind(self) -> str:
        return self.op

    @property
    def threshold(self) -> Quantity:
        """The threshold with its unit."""
        return self.column.quantity(self.needed)

    def facts(self) -> tuple[Column, ...]:
        return (self.column,)

    def judge(self, values: Values, judgements: Judgements) -> Finding:
        found = values.get(self.name)
        needed = self.needed
        if found is None:
            return Finding(self, UNKNOWN, None, needed, None, (self.name,))
        if self.holds(found, needed):
            return Finding(self, MET, found, needed)
        return Finding(self, NOT_MET, found, needed, abs(needed - found))  # type: ignore[operator]


@dataclass(frozen=True, slots=True, kw_only=True)
class RatioBound(Condition):
    """A quantity against a share of another fact: one per so many, a part counting whole."""

    column: Column
    op: str
    other: Column
    per: Exact

    @property
    def kind(self) -> str:
        return self.op

    def facts(self) -> tuple[Column, ...]:
        return (self.column, self.other)

    def judge(self, values: Values, judgements: Judgements) -> Finding:
        found, other = values.get(self.column.name), values.get(self.other.name)
        needed = None if other is None else -(-other // self.per)  # type: ignore[operator]
        if found is None or needed is None:
            missing = tuple(
                one.name
                for one, value in ((self.column, found), (self.other, other))
                if value is None
            )
            return Finding(self, UNKNOWN, found, needed, None, missing)
        if OPERATORS[self.op](found, needed):
            return Finding(self, MET, found, needed)
        return Finding(self, NOT_MET, found, needed, abs(needed - found))  # type: ignore[operator]


@dataclass(frozen=True, slots=True, kw_only=True)
class OneOf(Condition):
    """A code, or yes or no, against those allowed; `is` where one alone is."""

    column: Column
    allowed: frozenset[Value]
    op: str = "one_of"

    @property
    def kind(self) -> str:
        return self.op

    def facts(self) -> tuple[Column, ...]:
        return (self.column,)

    def judge(self, values: Values, judgements: Judgements) -> Finding:
        found = values.get(self.column.name)
        if found is None:
            return Finding(self, UNKNOWN, None, self.allowed, None, (self.column.name,))  # type: ignore[arg-type]
        return Finding(self, MET if found in self.allowed else NOT_MET, found, self.allowed)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True, kw_only=True)
class Includes(Condition):
    """A list that holds at least one of the codes; `written` is the pack's own form, with +."""

    column: Column
    accepted: frozenset[str]
    written: frozenset[str]

    @property
    def kind(self) -> str:
        return "includes"

    def facts(self) -> tuple[Column, ...]:
        return (self.column,)

    def judge(self, values: Values, judgements: Judgements) -> Finding:
        found = values.get(self.column.name)
        if found is None:
            return Finding(self, UNKNOWN, None, self.written, None, (self.column.name,))
        held = not self.accepted.isdisjoint(found)  # type: ignore[arg-type]
        return Finding(self, MET if held else NOT_MET, found, self.written)


@dataclass(frozen=True, slots=True, kw_only=True)
class Within(Condition):
    """A region inside another, by the digits of its code."""

    column: Column
    region: str

    @property
    def kind(self) -> str:
        return "within"

    def facts(self) -> tuple[Column, ...]:
        return (self.column,)

    def judge(self, values: Values, judgements: Judgements) -> Finding:
        found = values.get(self.column.name)
        if found is None:
            return Finding(self, UNKNOWN, None, self.region, None, (self.column.name,))
        return Finding(self, MET if found.startswith(self.region) else NOT_MET, found, self.region)  # type: ignore[union-attr]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged(Condition):
    """What a person must look at, because no figure decides it."""

    look_at: Text

    @property
    def kind(self) -> str:
        return "judged"

    def judge(self, values: Values, judgements: Judgements) -> Finding:
        given = judgements.get(self.id)
        return Finding(self, FOR_JUDGEMENT if given is None else MET if given else NOT_MET)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Condition):
    """all_of, any_of, none_of or at_least_n_of other conditions."""

    op: str
    of: tuple[Condition, ...]
    count: int = 0

    @property
    def kind(self) -> str:
        return self.op

    def members(self) -> tuple[Condition, ...]:
        return self.of

    def judge(self, values: Values, judgements: Judgements) -> Finding:
        children = tuple([one.judge(values, judgements) for one in self.of])
        verdicts = [child.verdict for child in children]
        return Finding(self, self.combine(verdicts), None, None, None, (), children)

    def combine(self, verdicts: list[int]) -> int:
        """The group's verdict from those of its members."""
        if self.op == "all_of":
            return max(verdicts)
        if self.op == "any_of":
            return v.any_of(verdicts)
        if self.op == "none_of":
            return v.none_of(verdicts)
        return v.at_least_n_of(self.count, verdicts)


@dataclass(frozen=True, slots=True, kw_only=True)
class When(Condition):
    """A condition that applies only where a test holds. A `then` of one test shares the id of its parent."""

    test: Condition
    then: Condition

    @property
    def kind(self) -> str:
        return "when"

    def members(self) -> tuple[Condition, ...]:
        return self.then.members()

    def facts(self) -> tuple[Column, ...]:
        return (*(one for part in self.test.walk() for one in part.facts()), *self.then.facts())

    def judge(self, values: Values, judgements: Judgements) -> Finding:
        test = self.test.judge(values, judgements)
        if test.verdict in (NOT_MET, NOT_APPLICABLE):
            return Finding(self, NOT_APPLICABLE, children=_not_applicable(self.members()))
        then = self.then.judge(values, judgements)
        verdict = v.when_then(test.verdict, then.verdict)
        missing = (
            then.missing if verdict in (UNKNOWN, FOR_JUDGEMENT) or then.verdict == UNKNOWN else ()
        )
        if test.verdict == UNKNOWN and verdict != MET:
            missing = (*missing_in(test), *missing)
        short_by = then.short_by if verdict == NOT_MET else None
        return Finding(self, verdict, then.found, then.needed, short_by, missing, then.children)


def missing_in(finding: Finding) -> tuple[str, ...]:
    """All columns whose lack leaves a test open."""
    return (*finding.missing, *(name for child in finding.children for name in missing_in(child)))


def _not_applicable(members: tuple[Condition, ...]) -> tuple[Finding, ...]:
    """The explanation of members that have no say."""
    return tuple(
        Finding(one, NOT_APPLICABLE, children=_not_applicable(one.members())) for one in members
    )
