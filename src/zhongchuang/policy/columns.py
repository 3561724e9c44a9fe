"""A set over many subjects at once: one array operation a leaf, every condition's verdict kept.

The same semantics as conditions.py, number by number: amounts are scaled whole numbers, a share is
compared by cross-multiplication, so that nothing is rounded. Rows are taken in blocks that stay in
the processor's cache.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import singledispatch
from typing import Any

import numpy as np
import numpy.typing as npt

from . import verdict as v
from .arrays import BIGGEST, ArrayColumn, CodeColumn, NumberColumn
from .conditions import Bound, Condition, Group, Includes, Judged, OneOf, RatioBound, When, Within
from .facts import Column, space_catalogue
from .pack import RuleSet
from .quantity import Exact
from .table import Table
from .verdict import FOR_JUDGEMENT, MET, NOT_MET, UNKNOWN

Codes = npt.NDArray[np.uint8]
Flags = npt.NDArray[np.bool_]
Step = Callable[[slice, Codes], None]
"""Writes the verdicts of a block of rows."""

BLOCK = 1 << 15
FEW_CODES = 8


@dataclass(slots=True)
class Verdicts:
    """Verdict codes of every subject: `root` (n,) of the set, `by_id` (n,) of each condition and group."""

    root: Codes
    by_id: dict[str, Codes]

    def count(self, code: int) -> int:
        """How many subjects have this verdict on the set."""
        return int(np.count_nonzero(self.root == code))


def judge_columns(rules: RuleSet, table: Table, pack_id: str = "") -> Verdicts:
    """The verdicts of a set on every subject of a table."""
    if rules.root is None:
        raise ValueError(f"set {rules.name} has no conditions")
    rows = len(table)
    frame = Frame(table, pack_id, rules.name)
    plan = [(one.id, step_of(one, frame)) for one in _members_first(rules.root)]
    for lower in range(0, rows, BLOCK):
        block = slice(lower, min(lower + BLOCK, rows))
        for id_, step in plan:
            step(block, frame.verdicts[id_][block])
    root = frame.verdicts.pop(rules.root.id)
    return Verdicts(root, frame.verdicts)


def _members_first(condition: Condition) -> list[Condition]:
    """The conditions with ids, each group after its members."""
    found = [one for member in condition.members() for one in _members_first(member)]
    return [*found, condition] if condition.id else found


class Frame:
    """The columns that a set reads, derived ones included, and the verdicts as they come."""

    def __init__(self, table: Table, pack_id: str, set_name: str) -> None:
        self.table, self.rows = table, len(table)
        self.pack_id, self.set_name = pack_id, set_name
        self.verdicts: dict[str, Codes] = {}
        self._columns: dict[str, ArrayColumn | None] = {}

    def room(self, id_: str) -> None:
        """A place for the verdicts of a condition."""
        self.verdicts[id_] = np.empty(self.rows, np.uint8)

    def numbers(self, name: str) -> NumberColumn | None:
        """A column of amounts; None where the table knows nothing of it."""
        return self._column(name, NumberColumn)  # type: ignore[return-value]

    def codes(self, name: str) -> CodeColumn | None:
        """A column of codes; None where the table knows nothing of it."""
        return self._column(name, CodeColumn)  # type: ignore[return-value]

    def _column(self, name: str, kind: type[NumberColumn] | type[CodeColumn]) -> ArrayColumn | None:
        if name not in self._columns:
            typed = self.table.columns.get(name)
            if typed is not None and not isinstance(typed, NumberColumn | CodeColumn):
                typed = kind.of(typed)  # type: ignore[arg-type]
            self._columns[name] = self._derived(name, typed) if kind is NumberColumn else typed
        return self._columns[name]

    def _derived(self, name: str, typed: Any) -> NumberColumn | None:
        """The typed column, with what its formula adds where it is blank."""
        formula = _formulas().get(name)
        if formula is None or (typed is not None and typed.null is None):
            return typed  # type: ignore[no-any-return]
        terms = [[self.numbers(one) for one in names] for names in formula]
        if any(one is None for names in terms for one in names):
            return typed  # type: ignore[no-any-return]
        computed = _total(terms[0])
        if terms[1]:
            computed = _ratio(computed, _total(terms[1]))
        return computed if typed is None else _filled(typed, computed)

    def judged(self, id_: str) -> Sequence[bool | None] | None:
        """What persons judged of a condition: this set's own column before a plain one."""
        given = self.table.judgements
        for name in (f"{self.pack_id}:{self.set_name}.{id_}", f"{self.pack_id}.{id_}", id_):
            if name in given:
                return given[name]
        return None


def _formulas() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    return {name: (added, over) for name, added, over in space_catalogue().formulas}


# ── arithmetic of columns ───────────────────────────────────────────────────────────────────────────────────────


def _either(one: Flags | None, other: Flags | None) -> Flags | None:
    if one is None or other is None:
        return other if one is None else one
    return one | other


def _times(numbers: npt.NDArray[Any], factor: int) -> npt.NDArray[Any]:
    """numbers × factor without overflow: Python integers where 64 bits would not do."""
    if factor == 1:
        return numbers
    if numbers.dtype != object and _largest(numbers) * factor >= BIGGEST:
        numbers = numbers.astype(object)
    return numbers * factor


def _largest(numbers: npt.NDArray[Any]) -> int:
    return max(abs(int(numbers.max())), abs(int(numbers.min()))) if len(numbers) else 0


def _whole(column: NumberColumn) -> NumberColumn:
    """The column without divisor where it has none; sums of shares do not occur in the catalogue."""
    if column.divisor is not None:
        raise ValueError("a formula reads a derived share")
    return column


def _total(columns: Sequence[Any]) -> NumberColumn:
    places = max(_whole(one).places for one in columns)
    total, null = None, None
    for one in columns:
        scaled = _times(one.scaled, 10 ** (places - one.places))
        if total is not None and total.dtype != object and _largest(total) + _largest(scaled) >= BIGGEST:
            total = total.astype(object)
        total = scaled if total is None else total + scaled
        null = _either(null, one.null)
    return NumberColumn(total, places, null)  # type: ignore[arg-type]


def _ratio(above: NumberColumn, below: NumberColumn) -> NumberColumn:
    """A share in percent, kept as two whole numbers; 0 below is unknown."""
    shift = above.places - below.places
    scaled = _times(above.scaled, 100 * 10 ** max(-shift, 0))
    divisor = _times(below.scaled, 10 ** max(shift, 0))
    zero = divisor == 0
    null = _either(_either(above.null, below.null), zero if zero.any() else None)
    return NumberColumn(scaled, 0, null, divisor)


def _filled(typed: NumberColumn, computed: NumberColumn) -> NumberColumn:
    """Typed figures, and computed ones where none is typed."""
    blank = typed.null
    places = max(typed.places, computed.places)
    typed_scaled = _times(typed.scaled, 10 ** (places - typed.places))
    scaled = np.where(blank, _times(computed.scaled, 10 ** (places - computed.places)), typed_scaled)
    divisors = [np.ones(len(scaled), np.int64) if one.divisor is None else one.divisor for one in (computed, typed)]
    divisor = None if computed.divisor is None and typed.divisor is None else np.where(blank, *divisors)
    null = blank if computed.null is None else blank & computed.null
    return NumberColumn(scaled, places, None if computed.null is None else null, divisor)


# ── one step a condition ────────────────────────────────────────────────────────────────────────────────────────


@singledispatch
def step_of(condition: Condition, frame: Frame) -> Step:
    """How to judge a block of rows by a condition; its verdicts find a place in the frame."""
    raise NotImplementedError(type(condition).__name__)


def _placed(condition: Condition, frame: Frame) -> None:
    if condition.id:
        frame.room(condition.id)


def constant(code: int) -> Step:
    """The same verdict for all."""
    def fill(block: slice, out: Codes) -> None:
        out[...] = code
    return fill


def _write(out: Codes, failed: Flags, null: Flags | None) -> None:
    """met, not_met where failed, unknown where null; `failed` is written over."""
    if null is not None:
        np.greater(failed, null, out=failed)
    np.multiply(failed.view(np.uint8), NOT_MET - MET, out=out)
    out += MET
    if null is not None:
        out += null.view(np.uint8)
        out += null.view(np.uint8)


_FAILS: dict[str, Any] = {"at_least": np.less, "more_than": np.less_equal, "at_most": np.greater, "less_than": np.greater_equal}


@step_of.register
def _bound(condition: Bound, frame: Frame) -> Step:
    _placed(condition, frame)
    column = frame.numbers(condition.name)
    if column is None:
        return constant(UNKNOWN)
    if column.divisor is not None:
        return _share_bound(condition, column)
    scaled, null, fails = column.scaled, column.null, _FAILS[condition.op]
    limit = _limit(condition.op, condition.needed * 10**column.places)

    def judge(block: slice, out: Codes) -> None:
        _write(out, fails(scaled[block], limit), null if null is None else null[block])
    return judge


def _limit(op: str, amount: Exact) -> int:
    """The whole number that decides the same way as `amount` against whole numbers."""
    upward = op in ("at_least", "less_than")
    return -((-amount.numerator) // amount.denominator) if upward else amount.numerator // amount.denominator


def _share_bound(condition: Bound, column: NumberColumn) -> Step:
    """scaled ÷ (10**places × divisor) against the threshold, cross-multiplied."""
    needed = Fraction(condition.needed) * 10**column.places
    above = _times(column.scaled, needed.denominator)
    below = _times(column.divisor, needed.numerator)  # type: ignore[arg-type]
    null, fails = column.null, _FAILS[condition.op]

    def judge(block: slice, out: Codes) -> None:
        failed = fails(above[block], below[block]).astype(np.bool_, copy=False)
        _write(out, failed, null if null is None else null[block])
    return judge


@step_of.register
def _ratio_bound(condition: RatioBound, frame: Frame) -> Step:
    _placed(condition, frame)
    column, other = frame.numbers(condition.column.name), frame.numbers(condition.other.name)
    if column is None or other is None:
        return constant(UNKNOWN)
    per = Fraction(condition.per) * 10**other.places
    found, against = column.scaled, _times(other.scaled, -per.denominator)
    null, fails, unit = _either(column.null, other.null), _FAILS[condition.op], 10**column.places

    def judge(block: slice, out: Codes) -> None:
        needed = -(against[block] // per.numerator) * unit
        _write(out, fails(found[block], needed).astype(np.bool_, copy=False), null if null is None else null[block])
    return judge


def _code_step(condition: Condition, frame: Frame, column: Column, accepts: Callable[[Any], bool]) -> Step:
    """Codes against those accepted: the vocabulary is judged once, the rows by number."""
    _placed(condition, frame)
    codes = frame.codes(column.name)
    if codes is None:
        return constant(UNKNOWN)
    index, good = codes.index, [place for place, value in enumerate(codes.vocabulary) if accepts(value)]
    if len(good) > FEW_CODES:
        return _looked_up(codes, set(good))

    def judge(block: slice, out: Codes) -> None:
        rows = index[block]
        failed = np.ones(len(rows), np.bool_)
        for place in good:
            failed &= rows != place
        _write(out, failed, rows < 0)
    return judge


def _looked_up(codes: CodeColumn, good: set[int]) -> Step:
    table = np.array([MET if place in good else NOT_MET for place in range(len(codes.vocabulary))] + [UNKNOWN], np.uint8)

    def judge(block: slice, out: Codes) -> None:
        out[...] = table[codes.index[block]]
    return judge


@step_of.register
def _one_of(condition: OneOf, frame: Frame) -> Step:
    return _code_step(condition, frame, condition.column, condition.allowed.__contains__)


@step_of.register
def _includes(condition: Includes, frame: Frame) -> Step:
    return _code_step(condition, frame, condition.column, lambda value: not condition.accepted.isdisjoint(value))


@step_of.register
def _within(condition: Within, frame: Frame) -> Step:
    return _code_step(condition, frame, condition.column, lambda value: value.startswith(condition.region))


@step_of.register
def _judged(condition: Judged, frame: Frame) -> Step:
    _placed(condition, frame)
    given = frame.judged(condition.id)
    if given is None:
        return constant(FOR_JUDGEMENT)
    codes = np.fromiter((FOR_JUDGEMENT if one is None else MET if one else NOT_MET for one in given), np.uint8, frame.rows)

    def judge(block: slice, out: Codes) -> None:
        out[...] = codes[block]
    return judge


def opposite(codes: Codes) -> Codes:
    """met and not_met exchanged, in place."""
    decided = (codes == MET) | (codes == NOT_MET)
    codes ^= decided.view(np.uint8) * np.uint8(MET ^ NOT_MET)
    return codes


@step_of.register
def _group(condition: Group, frame: Frame) -> Step:
    _placed(condition, frame)
    members = [_member(one, frame) for one in condition.of]
    if condition.op == "at_least_n_of":
        return _counted(condition.count, members)
    turned, back = condition.op in ("any_of", "none_of"), condition.op == "any_of"

    def judge(block: slice, out: Codes) -> None:
        first, *others = members
        out[...] = opposite(first(block).copy()) if turned else first(block)
        for member in others:
            codes = member(block)
            np.maximum(out, opposite(codes.copy()) if turned else codes, out=out)
        if back:
            opposite(out)
    return judge


def _member(condition: Condition, frame: Frame) -> Callable[[slice], Codes]:
    """The verdicts of a member: from its place, or computed here where it has no id."""
    if condition.id and condition.id in frame.verdicts:
        return frame.verdicts[condition.id].__getitem__
    return _computed(condition, frame)


def _computed(condition: Condition, frame: Frame) -> Callable[[slice], Codes]:
    step = step_of(condition, frame)
    rows = frame.rows

    def judge(block: slice) -> Codes:
        out = np.empty(min(block.stop, rows) - block.start, np.uint8)
        step(block, out)
        return out
    return judge


def _counted(needed: int, members: list[Callable[[slice], Codes]]) -> Step:
    def judge(block: slice, out: Codes) -> None:
        codes = np.stack([member(block) for member in members])
        met, unknown, judged = ((codes == code).sum(0) for code in (MET, UNKNOWN, FOR_JUDGEMENT))
        out[...] = np.where(unknown > 0, UNKNOWN, FOR_JUDGEMENT)
        out[met + unknown + judged < needed] = NOT_MET
        out[~codes.any(0)] = v.NOT_APPLICABLE
        out[met >= needed] = MET
    return judge


_WHEN = np.array([[v.when_then(test, then) for then in range(len(v.NAMES))] for test in range(len(v.NAMES))], np.uint8).ravel()


@step_of.register
def _when(condition: When, frame: Frame) -> Step:
    """The test and the consequent; members of a consequent group have no say where the test fails."""
    _placed(condition, frame)
    test = _computed(condition.test, frame)
    then = _consequent(condition, frame)
    inner = [one.id for one in _members_first(condition) if one is not condition]

    def judge(block: slice, out: Codes) -> None:
        tested = test(block)
        out[...] = _WHEN[tested * np.uint8(len(v.NAMES)) + then(block)]
        if inner:
            off = (tested == NOT_MET) | (tested == v.NOT_APPLICABLE)
            for id_ in inner:
                frame.verdicts[id_][block][off] = v.NOT_APPLICABLE
    return judge


def _consequent(condition: When, frame: Frame) -> Callable[[slice], Codes]:
    """The consequent's verdicts; it shares the id of the `when`, so it must not take its place."""
    place = frame.verdicts.get(condition.id)
    computed = _computed(condition.then, frame)
    if place is not None:
        frame.verdicts[condition.id] = place
    return computed


def tally(verdicts: Mapping[str, Codes]) -> dict[str, dict[str, int]]:
    """How many subjects have each verdict, by condition."""
    return {id_: {name: int(count) for name, count in zip(v.NAMES, np.bincount(codes, minlength=len(v.NAMES)), strict=True)}
            for id_, codes in verdicts.items()}
