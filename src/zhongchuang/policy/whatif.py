"""A set with changed thresholds, and what the change does to many subjects."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from .conditions import Bound, Condition, Group, OneOf, RatioBound, When
from .errors import Refused, _
from .facts import is_choice
from .pack import RuleSet
from .quantity import Exact, exact, possible, read_amount, read_number
from .table import Table
from .verdict import NAMES, NOT_MET

MANY = 500
"""From here on verdicts are computed over arrays."""

BARS = 12
"""About so many bars has a histogram."""


def changed(rules: RuleSet, settings: Mapping[str, str], language: str = "zh") -> RuleSet:
    """The set with other thresholds: condition id → value, with or without unit (`80 desk`, `80`).

    A ratio takes its “per”, at_least_n_of its number, a list of codes the codes separated by ;
    `language` is that of units in messages.
    """
    ids = [one.id for one in rules.conditions()]
    for id_ in settings:
        if id_ not in ids:
            raise Refused(
                _("Set %(set)s has no condition “%(found)s”. Its conditions are: %(allowed)s."),
                set=rules.name,
                found=id_,
                allowed=", ".join(ids),
            )
    if rules.root is None:
        return rules
    return replace(rules, root=_changed(rules.root, settings, language))  # type: ignore[arg-type]


def _changed(condition: Condition, settings: Mapping[str, str], language: str) -> Condition:
    if isinstance(condition, When):
        return replace(condition, then=_changed(condition.then, settings, language))
    if isinstance(condition, Group):
        of = tuple(_changed(one, settings, language) for one in condition.of)
        condition = replace(condition, of=of)
    written = settings.get(condition.id)
    return condition if written is None else _with(condition, written, language)


def _with(condition: Condition, written: str, language: str) -> Condition:
    if isinstance(condition, Bound):
        unit = condition.column.unit
        amount = read_amount(written, unit, language)
        return replace(condition, needed=possible(amount, unit, written, language))
    if isinstance(condition, RatioBound):
        return replace(condition, per=_whole(condition, written))
    if isinstance(condition, Group) and condition.op == "at_least_n_of":
        count = _whole(condition, written)
        if count > len(condition.of):
            raise Refused(
                _("“%(found)s” does not fit %(id)s. Allowed: %(allowed)s."),
                found=written,
                id=condition.id,
                allowed=f"1–{len(condition.of)}",
            )
        return replace(condition, count=count)
    if isinstance(condition, OneOf) and condition.column.fact.type == "choice":
        codes = [code.strip() for code in written.split(";") if code.strip()]
        if codes and all(is_choice(condition.column.fact, code) for code in codes):
            return replace(condition, allowed=frozenset(codes))
        raise Refused(
            _("“%(found)s” does not fit %(id)s. Allowed: %(allowed)s."),
            found=written,
            id=condition.id,
            allowed="; ".join(condition.column.fact.choices),
        )
    raise Refused(
        _("%(id)s is of kind %(kind)s and has no threshold to change."),
        id=condition.id,
        kind=condition.kind,
    )


def _whole(condition: Condition, written: str) -> int:
    number = read_number(written.strip())
    if type(number) is not int or number < 1:
        raise Refused(
            _("“%(found)s” does not fit %(id)s. Allowed: %(allowed)s."),
            found=written,
            id=condition.id,
            allowed="1, 2, 3 …",
        )
    return number


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change does: rows that leave not_met, rows that enter it, and how many stay."""

    gains: list[int]
    drops: list[int]
    unchanged: int
    before: Mapping[str, int]
    after: Mapping[str, int]


def effect(before: RuleSet, after: RuleSet, table: Table, pack_id: str = "") -> Effect:
    """Who gains and who drops out over the subjects of a table."""
    old, new = verdicts(before, table, pack_id), verdicts(after, table, pack_id)
    gains = [
        row for row, (was, is_) in enumerate(zip(old, new, strict=True)) if was == NOT_MET != is_
    ]
    drops = [
        row for row, (was, is_) in enumerate(zip(old, new, strict=True)) if was != NOT_MET == is_
    ]
    return Effect(gains, drops, len(table) - len(gains) - len(drops), _counted(old), _counted(new))


def verdicts(rules: RuleSet, table: Table, pack_id: str = "") -> Sequence[int]:
    """The verdict code of each subject; numpy only where there are many."""
    if len(table) < MANY:
        return [
            rules.judge(table.facts(row), table.judged(row, pack_id, rules.name)).verdict
            for row in table.rows()
        ]
    from .columns import judge_columns  # noqa: PLC0415 -- slow import

    return judge_columns(rules, table, pack_id).root.tolist()  # type: ignore[no-any-return]


def _counted(codes: Sequence[int]) -> dict[str, int]:
    return {name: codes.count(code) for code, name in enumerate(NAMES) if code in codes}


@dataclass(frozen=True, slots=True)
class Histogram:
    """How the figures of a condition spread: `counts[i]` lie from `edges[i]` to below `edges[i + 1]`, the last bar including its end."""

    condition: Bound
    edges: tuple[Exact, ...]
    counts: tuple[int, ...]
    unknown: int


def histogram(condition: Bound, table: Table) -> Histogram:
    """The figures that a condition looks at, in about a dozen bars of a round width."""
    name = condition.column.name
    figures = (
        [table.facts(row).values.get(name) for row in table.rows()]
        if _derived(name, table)
        else list(table.columns[name])
    )
    known: list[Exact] = sorted(figure for figure in figures if figure is not None)  # type: ignore[misc]
    if not known:
        return Histogram(condition, (), (), len(table))
    low, high = (
        min(known[0], condition.needed),
        max(known[_percentile(len(known))], condition.needed),
    )
    width = round_width(high - low)
    start = low // width * width
    bars = int((high - start) // width) + 1
    counts = [0] * bars
    for figure in known:
        counts[min(int((figure - start) // width), bars - 1)] += 1
    return Histogram(
        condition,
        tuple(exact(start + width * bar) for bar in range(bars + 1)),
        tuple(counts),
        len(table) - len(known),
    )


def _derived(name: str, table: Table) -> bool:
    """Whether the figure must be computed for each row."""
    return name not in table.columns or any(value is None for value in table.columns[name])


def _percentile(count: int) -> int:
    """The place of the 98th percentile: the last bar takes what lies beyond, or one giant would flatten all others."""
    return min(count - 1, count * 98 // 100)


def round_width(span: Exact) -> Exact:
    """A width of 1, 2 or 5 times a power of ten that cuts a span into about `BARS` bars."""
    if span <= 0:
        return 1
    goal = Fraction(span) / BARS
    power = Fraction(1)
    while power > goal:
        power /= 10
    while power * 10 <= goal:
        power *= 10
    return exact(next((power * step for step in (1, 2, 5) if power * step >= goal), power * 10))
