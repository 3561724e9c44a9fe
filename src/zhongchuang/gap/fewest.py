"""The fewest changes of facts that make one set met, each with what it is now and what it would have to be."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import combinations

from zhongchuang.gap.matrix import CHOOSING, Answer, kind
from zhongchuang.gap.steps import missing_inputs
from zhongchuang.policy.answer import tested
from zhongchuang.policy.conditions import (
    UPWARD,
    Bound,
    Condition,
    Group,
    Includes,
    Judged,
    OneOf,
    RatioBound,
    When,
    Within,
)
from zhongchuang.policy.facts import Column, Facts, Value, computed_from, space_catalogue
from zhongchuang.policy.pack import RuleSet
from zhongchuang.policy.quantity import Exact
from zhongchuang.policy.term import day_after_months
from zhongchuang.policy.verdict import FOR_JUDGEMENT, MET, NOT_APPLICABLE, NOT_MET

MOST_WAYS = 32
"""Ways that are followed at once, the shortest: real sets have two or four."""

ROUNDS = 8
BY_TIME = "months_operating"
"""The fact that grows by itself: a space that is too young need only wait."""


@dataclass(frozen=True)
class Aim:
    """What a fact would have to be: a figure that rises or falls to `value`, or an answer among `allowed`."""

    value: Value
    rising: bool | None = None
    allowed: frozenset[Value] = frozenset()


Aims = dict[str, Aim]


@dataclass(frozen=True)
class Change:
    """One fact of a path: what it is now, None where it is not recorded, and what it would have to be.

    `wanted` are the conditions that ask for it; `reached` is the day on which time alone brings it, `inputs` are the unknown facts that a
    derived one is computed from.
    """

    column: Column
    found: Value | None
    aim: Aim
    wanted: tuple[Condition, ...]
    reached: date | None = None
    inputs: tuple[Column, ...] = ()


@dataclass(frozen=True)
class Path:
    """The fewest changes after which nothing but a person's judgement stands between a subject and a set.

    `changes` is None where no change of facts helps: a person judged against it. `judged` is what persons look at.
    """

    answer: Answer
    changes: tuple[Change, ...] | None
    judged: tuple[Condition, ...] = ()

    @property
    def raised(self) -> list[Change]:
        """What is known and would have to be different."""
        return [one for one in self.changes or () if one.found is not None]

    @property
    def recorded(self) -> list[Change]:
        """What is not known yet."""
        return [one for one in self.changes or () if one.found is None]

    @property
    def reached(self) -> date | None:
        """The day on which time alone makes the set met; None where more is missing."""
        days = [one.reached for one in self.changes or ()]
        return max(filter(None, days)) if days and None not in days else None


def path(one: Answer, *, opened: date | None = None) -> Path:
    """The shortest way of a subject to a set; of ways with as many changes that with the smaller ones."""
    rules, facts, judgements = one.rules, one.facts, one.judgements
    values = facts.values
    aims = fewest(rules, values, hopes(rules, judgements))
    if aims is None:
        return Path(one, None)
    after = applied(values, {name: aim.value for name, aim in aims.items()})
    wanted = wanted_by(rules, aims)
    changes = [
        Change(
            space_catalogue().columns[name], values.get(name), aim, wanted[name],
            _reached(name, aim, opened), tuple(missing_inputs(space_catalogue().columns[name], facts)) if name not in values else (),
        )
        for name, aim in aims.items()
    ]  # fmt: skip
    order = {name: place for place, name in enumerate(space_catalogue().columns)}
    changes.sort(key=lambda change: order[change.column.name])
    return Path(one, tuple(changes), _left_to_persons(rules, after, judgements))


def hopes(rules: RuleSet, judgements: Mapping[str, bool]) -> dict[str, bool]:
    """The judgements made, and a good one for everything that is still to be judged."""
    open_ones = {one.id: True for one in rules.conditions() if isinstance(tested(one), Judged)}
    return open_ones | dict(judgements)


def fewest(
    rules: RuleSet, values: Mapping[str, Value], judgements: Mapping[str, bool]
) -> Aims | None:
    """The fewest facts to change, with their aims; None where no change of facts makes the set met."""
    root, found = rules.root, []
    for begun in ways(root, values, judgements) if root else ():
        aims = _followed(root, values, judgements, begun)
        if aims is not None:
            found.append(_without_needless(root, values, judgements, aims))
    return min(found, key=lambda aims: cost(aims, values), default=None)


def met(root: Condition, values: Mapping[str, Value], judgements: Mapping[str, bool]) -> bool:
    """Whether nothing is left to do."""
    return root.judge(values, judgements).verdict in (MET, NOT_APPLICABLE)


def applied(values: Mapping[str, Value], changes: Mapping[str, Value]) -> dict[str, Value]:
    """The facts after changes; what is derived from a changed fact is computed anew, unless it is itself among the changes."""
    after, different = {**values, **changes}, set(changes)
    for name, added, divisors in space_catalogue().formulas:
        if name in changes or different.isdisjoint((*added, *divisors)):
            continue
        computed = computed_from(after, added, divisors)
        if computed is not None:
            after[name] = computed
            different.add(name)
    return after


def cost(aims: Aims, values: Mapping[str, Value]) -> tuple[int, Fraction]:
    """How many facts change, and by how much of themselves; what is unknown or no figure changes wholly."""
    return len(aims), sum((_share(values.get(name), aim.value) for name, aim in aims.items()), Fraction(0))  # fmt: skip


def _share(found: Value | None, aim: Value) -> Fraction:
    figures = [one for one in (found, aim) if isinstance(one, int | Fraction) and not isinstance(one, bool)]  # fmt: skip
    if len(figures) < 2:
        return Fraction(1)
    most = max(abs(one) for one in figures)
    return Fraction(abs(figures[0] - figures[1])) / most if most else Fraction(0)


def _followed(
    root: Condition, values: Mapping[str, Value], judgements: Mapping[str, bool], aims: Aims
) -> Aims | None:
    """A way to its end: a fact that changed may ask for more of another, a share or a number for each."""
    for _round in range(ROUNDS):
        after = applied(values, {name: aim.value for name, aim in aims.items()})
        if met(root, after, judgements):
            return aims
        further = ways(root, after, judgements)
        if not further:
            return None
        aims = aims | min(further, key=lambda more: cost(more, after))
    return None


def _without_needless(
    root: Condition, values: Mapping[str, Value], judgements: Mapping[str, bool], aims: Aims
) -> Aims:
    """The same without what the set is met without, the largest changes tried first."""
    for name in sorted(aims, key=lambda name: -_share(values.get(name), aims[name].value)):
        less = {one: aim for one, aim in aims.items() if one != name}
        after = applied(values, {one: aim.value for one, aim in less.items()})
        if met(root, after, judgements):
            return _without_needless(root, values, judgements, less)
    return aims


def ways(
    condition: Condition, values: Mapping[str, Value], judgements: Mapping[str, bool]
) -> list[Aims]:
    """Each way to have a condition met: nothing where it is, none where no fact helps."""
    if met(condition, values, judgements):
        return [{}]
    if isinstance(condition, When):
        return ways(condition.then, values, judgements)
    if isinstance(condition, Group):
        return _ways_of_group(condition, values, judgements)
    aims = _aims(condition, values)
    return [aims] if aims else []


def _ways_of_group(
    group: Group, values: Mapping[str, Value], judgements: Mapping[str, bool]
) -> list[Aims]:
    if group.op == "none_of":
        against = [_contrary(one, values, judgements) for one in group.of]
        return _together(against, values)
    each = [ways(one, values, judgements) for one in group.of]
    if group.op == "all_of":
        return _together(each, values)
    needed = group.count if group.op == "at_least_n_of" else 1
    found = [way for some in combinations(each, needed) for way in _together(list(some), values)]
    return _shortest(found, values)


def _together(each: list[list[Aims]], values: Mapping[str, Value]) -> list[Aims]:
    """Ways that have all members met; those that contradict each other fall away."""
    found: list[Aims] = [{}]
    for members in each:
        merged = [_merged(one, other) for one in found for other in members]
        found = _shortest([one for one in merged if one is not None], values)
    return found


def _shortest(found: list[Aims], values: Mapping[str, Value]) -> list[Aims]:
    return sorted(found, key=lambda aims: cost(aims, values))[:MOST_WAYS]


def _merged(one: Aims, other: Aims) -> Aims | None:
    merged = dict(one)
    for name, aim in other.items():
        both = _both(merged[name], aim) if name in merged else aim
        if both is None:
            return None
        merged[name] = both
    return merged


def _both(one: Aim, other: Aim) -> Aim | None:
    """What satisfies two aims of one fact; None where nothing does."""
    if one.rising is not None and other.rising is not None:
        if one.rising == other.rising:
            return max(one, other, key=lambda aim: aim.value if one.rising else -aim.value)  # type: ignore[operator]
        low, high = (one, other) if one.rising else (other, one)
        return low if low.value <= high.value else None  # type: ignore[operator]
    if isinstance(one.value, frozenset) and isinstance(other.value, frozenset):
        return Aim(one.value | other.value)
    shared = one.allowed & other.allowed
    return Aim(_first(shared), None, shared) if shared else None


def _first(allowed: frozenset[Value]) -> Value:
    """One of several answers, always the same."""
    return min(allowed, key=str)


def _aims(condition: Condition, values: Mapping[str, Value]) -> Aims:
    """What has one condition met that looks at facts; nothing of one that a person judges."""
    match condition:
        case Bound():
            return {condition.column.name: _bounded(condition.kind, condition.needed)}
        case RatioBound():
            other = values.get(condition.other.name)
            known = 1 if other is None else other
            aims = {condition.column.name: _bounded(condition.kind, -(-known // condition.per))}  # type: ignore[operator]
            return aims | ({} if other is not None else {condition.other.name: Aim(1, rising=True)})
        case OneOf():
            return {condition.column.name: Aim(_first(condition.allowed), None, condition.allowed)}
        case Includes():
            held = values.get(condition.column.name) or frozenset()
            return {condition.column.name: Aim(held | {_first(condition.accepted)})}  # type: ignore[operator]
        case Within():
            code = condition.region.ljust(6, "0")
            return {condition.column.name: Aim(code, None, frozenset([code]))}
    return {}


def _bounded(op: str, needed: Exact) -> Aim:
    """The nearest whole step that satisfies a bound."""
    beyond = {"more_than": 1, "less_than": -1}.get(op, 0)
    return Aim(needed + beyond, rising=op in UPWARD)


OPPOSITES = {"at_least": "less_than", "more_than": "at_most", "at_most": "more_than", "less_than": "at_least"}  # fmt: skip


def _contrary(
    condition: Condition, values: Mapping[str, Value], judgements: Mapping[str, bool]
) -> list[Aims]:
    """The ways to have a condition inside `none_of` not met."""
    if condition.judge(values, judgements).verdict in (NOT_MET, NOT_APPLICABLE):
        return [{}]
    match tested(condition):
        case Bound() as test:
            return [{test.column.name: _bounded(OPPOSITES[test.kind], test.needed)}]
        case OneOf() as test:
            answers = frozenset(test.column.fact.choices) or frozenset([True, False])
            rest = answers - test.allowed
            return [{test.column.name: Aim(_first(rest), None, rest)}] if rest else []
        case Includes() as test:
            held = values.get(test.column.name) or frozenset()
            return [{test.column.name: Aim(held - test.accepted)}]  # type: ignore[operator]
    return []


def wanted_by(rules: RuleSet, aims: Aims) -> dict[str, tuple[Condition, ...]]:
    """The conditions that ask for each change."""
    return {
        name: tuple(
            leaf
            for leaf in rules.leaves()
            if name in [one.name for one in tested(leaf).facts()[:1]]
        )
        for name in aims
    }


def _reached(name: str, aim: Aim, opened: date | None) -> date | None:
    return day_after_months(opened, int(aim.value)) if opened and name == BY_TIME else None  # type: ignore[arg-type]


def _left_to_persons(
    rules: RuleSet, values: Mapping[str, Value], judgements: Mapping[str, bool]
) -> tuple[Condition, ...]:
    """What a person would still judge, where a choice is not settled without it."""
    finding = rules.judge(Facts("", values), judgements)
    return tuple(
        leaf.condition
        for leaf, groups in finding.leaves()
        if leaf.verdict == FOR_JUDGEMENT
        and not any(
            kind(one) in CHOOSING and one.verdict in (MET, NOT_APPLICABLE) for one in groups
        )
    )
