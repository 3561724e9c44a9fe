"""Columns of facts as numpy arrays: exact whole numbers with a common decimal scale, codes, null masks."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from .facts import Value
from .quantity import Exact, decimal_places, exact

Flags = npt.NDArray[np.bool_]

BIGGEST = 2**62
"""Scaled amounts stay below this, so that sums and differences stay in 64 bits."""


@dataclass(slots=True)
class NumberColumn:
    """Amounts: `scaled` ÷ 10**places, further ÷ `divisor` where given. Null rows hold any number.

    scaled: int64 or object (n,); null: bool (n,) or None where every row is known; divisor: int64 or
    object (n,), above 0 where not null.
    """

    scaled: npt.NDArray[np.int64]
    places: int = 0
    null: npt.NDArray[np.bool_] | None = None
    divisor: npt.NDArray[np.int64] | None = None

    def __len__(self) -> int:
        return len(self.scaled)

    def __getitem__(self, row: int) -> Exact | None:
        if self.null is not None and self.null[row]:
            return None
        amount = int(self.scaled[row])
        if self.divisor is None and not self.places:
            return amount
        return exact(
            Fraction(
                amount,
                10**self.places * (int(self.divisor[row]) if self.divisor is not None else 1),
            )
        )

    @classmethod
    def of(cls, values: Sequence[Exact | None]) -> "NumberColumn":
        """A column of these amounts; None is null. Endless fractions are kept with a divisor."""
        null = np.fromiter((value is None for value in values), bool, len(values))
        known = [value for value in values if value is not None]
        places = [decimal_places(value) for value in known if type(value) is not int]
        divisor = None
        if None in places:
            scale = 0
            numerators = [0 if value is None else value.numerator for value in values]
            divisor = whole([1 if value is None else value.denominator for value in values])
        else:
            scale = max((one for one in places if one is not None), default=0)
            numerators = [0 if value is None else int(value * 10**scale) for value in values]
        return cls(whole(numerators), scale, null if null.any() else None, divisor)


def whole(numbers: list[int]) -> npt.NDArray[np.int64]:
    """int64 where all fit, Python integers otherwise: slower, never wrong."""
    if max(map(abs, numbers), default=0) < BIGGEST:
        return np.array(numbers, dtype=np.int64)
    return np.array(numbers, dtype=object)


@dataclass(slots=True)
class CodeColumn:
    """Codes, yes or no, lists: `index` (n,) into `vocabulary`, -1 where null."""

    index: npt.NDArray[np.signedinteger]
    vocabulary: list[Value]

    def __len__(self) -> int:
        return len(self.index)

    def __getitem__(self, row: int) -> Value | None:
        place = int(self.index[row])
        return None if place < 0 else self.vocabulary[place]

    @classmethod
    def of(cls, values: Sequence[Value | None]) -> "CodeColumn":
        """A column of these values; None is null."""
        places: dict[Value | None, int] = {None: -1}
        for value in values:
            places.setdefault(value, len(places) - 1)
        index = np.fromiter(
            (places[value] for value in values), index_type(len(places)), len(values)
        )
        return cls(index, [value for value in places if value is not None])


def index_type(count: int) -> type[np.signedinteger]:
    """The smallest integers that number `count` codes: narrow columns are compared fastest."""
    return np.int8 if count < 2**7 else np.int16 if count < 2**15 else np.int32


ArrayColumn = NumberColumn | CodeColumn


# ── arithmetic of columns ───────────────────────────────────────────────────────────────────────────────────────


def either(one: Flags | None, other: Flags | None) -> Flags | None:
    """Null where one of two columns is."""
    if one is None or other is None:
        return other if one is None else one
    return one | other


def times(numbers: npt.NDArray[Any], factor: int) -> npt.NDArray[Any]:
    """Numbers × factor without overflow: Python integers where 64 bits would not do."""
    if factor == 1:
        return numbers
    if numbers.dtype != object and _largest(numbers) * abs(factor) >= BIGGEST:
        numbers = numbers.astype(object)
    return numbers * factor


def over(numbers: npt.NDArray[Any], divisor: Exact) -> npt.NDArray[Any]:
    """Numbers ÷ a divisor above 0, rounded down; the divisor may be larger than 64 bits hold."""
    if numbers.dtype != object and divisor >= BIGGEST:
        numbers = numbers.astype(object)
    return numbers // divisor


def exactly(column: NumberColumn) -> npt.NDArray[Any]:
    """The amounts themselves, 0 where null: slow, for the few columns with a divisor."""
    amounts = np.zeros(len(column), object)
    amounts[:] = [column[row] or 0 for row in range(len(column))]
    return amounts


def _largest(numbers: npt.NDArray[Any]) -> int:
    return max(abs(int(numbers.max())), abs(int(numbers.min()))) if len(numbers) else 0


def _undivided(column: NumberColumn) -> NumberColumn:
    """The column without divisor where it has none; sums of shares do not occur in the catalogue."""
    if column.divisor is not None:
        raise ValueError("a formula reads a derived share")
    return column


def total_of(columns: Sequence[NumberColumn]) -> NumberColumn:
    """The sum of one or more columns, null where one of them is."""
    places = max(_undivided(one).places for one in columns)
    first, *others = columns
    total, null = times(first.scaled, 10 ** (places - first.places)), first.null
    for one in others:
        scaled = times(one.scaled, 10 ** (places - one.places))
        if total.dtype != object and _largest(total) + _largest(scaled) >= BIGGEST:
            total = total.astype(object)
        total, null = total + scaled, either(null, one.null)
    return NumberColumn(total, places, null)


def ratio_of(above: NumberColumn, below: NumberColumn) -> NumberColumn:
    """A share in percent, kept as two whole numbers; 0 below is unknown."""
    shift = above.places - below.places
    scaled = times(above.scaled, 100 * 10 ** max(-shift, 0))
    divisor = times(below.scaled, 10 ** max(shift, 0))
    zero = divisor == 0
    null = either(either(above.null, below.null), zero if zero.any() else None)
    return NumberColumn(scaled, 0, null, divisor)


def filled(typed: NumberColumn, computed: NumberColumn) -> NumberColumn:
    """Typed figures, and computed ones where none is typed."""
    blank = np.zeros(len(typed), np.bool_) if typed.null is None else typed.null
    places = max(typed.places, computed.places)
    typed_scaled = times(typed.scaled, 10 ** (places - typed.places))
    scaled = np.where(blank, times(computed.scaled, 10 ** (places - computed.places)), typed_scaled)
    divisors = [
        np.ones(len(scaled), np.int64) if one.divisor is None else one.divisor
        for one in (computed, typed)
    ]
    divisor = (
        None if computed.divisor is None and typed.divisor is None else np.where(blank, *divisors)
    )
    null = blank if computed.null is None else blank & computed.null
    return NumberColumn(scaled, places, None if computed.null is None else null, divisor)
