"""Columns of facts as numpy arrays: exact whole numbers with a common decimal scale, codes, null masks."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from .facts import Value
from .quantity import Exact, decimal_places, exact

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
        return exact(Fraction(amount, 10**self.places * (int(self.divisor[row]) if self.divisor is not None else 1)))

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
            divisor = _whole([1 if value is None else value.denominator for value in values])
        else:
            scale = max(places, default=0)  # type: ignore[type-var]
            numerators = [0 if value is None else int(value * 10**scale) for value in values]
        return cls(_whole(numerators), scale, null if null.any() else None, divisor)


def _whole(numbers: list[int]) -> npt.NDArray[np.int64]:
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
        index = np.fromiter((places[value] for value in values), index_type(len(places)), len(values))
        return cls(index, [value for value in places if value is not None])


def index_type(count: int) -> type[np.signedinteger]:
    """The smallest integers that number `count` codes: narrow columns are compared fastest."""
    return np.int8 if count < 2**7 else np.int16 if count < 2**15 else np.int32


ArrayColumn = NumberColumn | CodeColumn
