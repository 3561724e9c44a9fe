"""One step a condition: how it judges a block of rows at once. The semantics are those of conditions.py."""

from collections.abc import Callable
from fractions import Fraction
from functools import singledispatch
from typing import Any

import numpy as np
import numpy.typing as npt

from . import verdict as v
from .arrays import CodeColumn, Flags, either, exactly, over, times
from .conditions import Bound, Condition, Group, Includes, Judged, OneOf, RatioBound, When, Within
from .facts import Column
from .frame import Codes, Frame
from .quantity import Exact
from .verdict import FOR_JUDGEMENT, MET, NOT_MET, UNKNOWN

Step = Callable[[slice, Codes], None]
"""Writes the verdicts of a block of rows."""

FEW_CODES = 8


@singledispatch
def step_of(condition: Condition, frame: Frame) -> Step:
    """How to judge a block of rows by a condition; its verdicts find a place in the frame."""
    raise NotImplementedError(type(condition).__name__)


def _placed(condition: Condition, frame: Frame) -> None:
    if condition.id:
        frame.room(condition.id)


def constant(code: int) -> Step:
    """The same verdict for all."""

    def fill(_block: slice, out: Codes) -> None:
        out[...] = code

    return fill


def _write(out: Codes, failed: Flags, null: Flags | None, where_null: int = UNKNOWN) -> None:
    """met, not_met where failed, unknown where null, by sums of bytes; `failed` is written over."""
    if null is not None:
        np.greater(failed, null, out=failed)
    np.multiply(failed.view(np.uint8), NOT_MET - MET, out=out)
    out += MET
    if null is not None:
        for _one in range(where_null - MET):
            out += null.view(np.uint8)


_FAILS: dict[str, Any] = {
    "at_least": np.less,
    "more_than": np.less_equal,
    "at_most": np.greater,
    "less_than": np.greater_equal,
}


@step_of.register
def _bound(condition: Bound, frame: Frame) -> Step:
    _placed(condition, frame)
    if (share := frame.share(condition.name)) is not None:
        above, below = share
        needed = Fraction(condition.needed) / 100 * Fraction(10) ** (above.places - below.places)
        return _share_bound(
            condition.op, needed, above.scaled, below.scaled, either(above.null, below.null)
        )
    column = frame.numbers(condition.name)
    if column is None:
        return constant(UNKNOWN)
    if column.divisor is not None:
        needed = Fraction(condition.needed) * 10**column.places
        return _share_bound(condition.op, needed, column.scaled, column.divisor, column.null)
    scaled, null, fails = column.scaled, column.null, _FAILS[condition.op]
    limit = _limit(condition.op, condition.needed * 10**column.places)

    def judge(block: slice, out: Codes) -> None:
        _write(out, fails(scaled[block], limit), null if null is None else null[block])

    return judge


def _limit(op: str, amount: Exact) -> int:
    """The whole number that decides the same way as `amount` against whole numbers."""
    upward = op in ("at_least", "less_than")
    return (
        -((-amount.numerator) // amount.denominator)
        if upward
        else amount.numerator // amount.denominator
    )


def _share_bound(
    op: str, needed: Fraction, above: npt.NDArray[Any], below: npt.NDArray[Any], null: Flags | None
) -> Step:
    """Above ÷ below against a number, cross-multiplied; unknown where 0 is below."""
    fails = _FAILS[op]

    def judge(block: slice, out: Codes) -> None:
        divisor = below[block]
        failed = fails(times(above[block], needed.denominator), times(divisor, needed.numerator))
        undefined = divisor == 0 if null is None else null[block] | (divisor == 0)
        _write(out, failed.astype(np.bool_, copy=False), undefined.astype(np.bool_, copy=False))

    return judge


@step_of.register
def _ratio_bound(condition: RatioBound, frame: Frame) -> Step:
    _placed(condition, frame)
    column, other = frame.numbers(condition.column.name), frame.numbers(condition.other.name)
    if column is None or other is None:
        return constant(UNKNOWN)
    null, fails = either(column.null, other.null), _FAILS[condition.op]
    if column.divisor is None and other.divisor is None:
        per = Fraction(condition.per) * 10**other.places
        needed = -over(times(other.scaled, -per.denominator), per.numerator)
        failed = fails(column.scaled, times(needed, 10**column.places))
    else:
        failed = fails(exactly(column), -over(-exactly(other), condition.per))
    failed = failed.astype(np.bool_, copy=False)

    def judge(block: slice, out: Codes) -> None:
        _write(out, failed[block].copy(), null if null is None else null[block])

    return judge


def _code_step(
    condition: Condition, frame: Frame, column: Column, accepts: Callable[[Any], bool]
) -> Step:
    """Codes against those accepted: the vocabulary is judged once, the rows by number."""
    _placed(condition, frame)
    codes = frame.codes(column.name)
    if codes is None:
        return constant(UNKNOWN)
    return _by_code(codes, [accepts(value) for value in codes.vocabulary], UNKNOWN)


def _by_code(codes: CodeColumn, accepted: list[bool], where_null: int) -> Step:
    """Met where the code is accepted: compared with the accepted or the other codes, whichever are fewer."""
    index = codes.index
    good = [place for place, one in enumerate(accepted) if one]
    bad = [place for place, one in enumerate(accepted) if not one]
    places, differs, both = (
        (good, np.not_equal, np.logical_and)
        if len(good) < len(bad)
        else (bad, np.equal, np.logical_or)
    )
    if len(places) > FEW_CODES:
        return _looked_up(index, np.where(accepted, MET, NOT_MET).astype(np.uint8), where_null)
    if not places:
        places = [len(accepted)]  # a code that no row has

    def judge(block: slice, out: Codes) -> None:
        rows = index[block]
        failed = differs(rows, places[0])
        for place in places[1:]:
            both(failed, differs(rows, place), out=failed)
        _write(out, failed, rows < 0, where_null)

    return judge


def _looked_up(index: npt.NDArray[Any], verdicts: Codes, where_null: int) -> Step:
    table = np.append(verdicts, np.uint8(where_null))

    def judge(block: slice, out: Codes) -> None:
        out[...] = table[index[block]]

    return judge


@step_of.register
def _one_of(condition: OneOf, frame: Frame) -> Step:
    return _code_step(condition, frame, condition.column, condition.allowed.__contains__)


@step_of.register
def _includes(condition: Includes, frame: Frame) -> Step:
    return _code_step(
        condition, frame, condition.column, lambda value: not condition.accepted.isdisjoint(value)
    )


@step_of.register
def _within(condition: Within, frame: Frame) -> Step:
    return _code_step(
        condition, frame, condition.column, lambda value: value.startswith(condition.region)
    )


@step_of.register
def _judged(condition: Judged, frame: Frame) -> Step:
    _placed(condition, frame)
    given = frame.judged(condition.id)
    if given is None:
        return constant(FOR_JUDGEMENT)
    codes = given if isinstance(given, CodeColumn) else CodeColumn.of(given)
    return _by_code(codes, [bool(value) for value in codes.vocabulary], FOR_JUDGEMENT)


def opposite(codes: Codes) -> Codes:
    """Met and not_met exchanged, in place."""
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


_WHEN = np.array(
    [[v.when_then(test, then) for then in range(len(v.NAMES))] for test in range(len(v.NAMES))],
    np.uint8,
).ravel()


def _applied(test: Codes, then: Codes) -> Codes:
    """`when_then` of arrays. Where no person has a say it is the consequent, capped by what the test allows."""
    if (test == FOR_JUDGEMENT).any() or (then == FOR_JUDGEMENT).any():
        return _WHEN[test * np.uint8(len(v.NAMES)) + then]  # type: ignore[no-any-return]
    cap: Codes = (test == MET).view(np.uint8) * np.uint8(NOT_MET)
    cap += (test == UNKNOWN).view(np.uint8) * np.uint8(UNKNOWN)
    np.minimum(then, cap, out=cap)
    return cap


@step_of.register
def _when(condition: When, frame: Frame) -> Step:
    """The test and the consequent; members of a consequent group have no say where the test fails."""
    _placed(condition, frame)
    test = _computed(condition.test, frame)
    then = _consequent(condition, frame)
    inner = [one.id for one in members_first(condition) if one is not condition]

    def judge(block: slice, out: Codes) -> None:
        tested = test(block)
        out[...] = _applied(tested, then(block))
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


def members_first(condition: Condition) -> list[Condition]:
    """The conditions with ids, each group after its members."""
    found = [one for member in condition.members() for one in members_first(member)]
    return [*found, condition] if condition.id else found
