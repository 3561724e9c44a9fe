"""Whole columns of amounts as arrays: exact decimals by scaled whole numbers, checked to be what each float is written as."""

import re
from array import array
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from zhongchuang.policy.arrays import BIGGEST, CodeColumn, NumberColumn
from zhongchuang.policy.facts import Value
from zhongchuang.policy.quantity import SHARE, Exact, decimal_places

from .amounts import Counted
from .sheets import Cell, Mark

MOST_PLACES = 6
_PLAIN = re.compile(r"\d{1,11}(?:\.\d{1,4})?", re.ASCII)
"""Texts that are read as numbers: at most 15 digits, so that a float loses nothing."""
LARGEST_TAKEN = BIGGEST // 10**MOST_PLACES
"""Amounts below this fit at any number of places; larger ones are read singly."""
DIGITS = 10**15
"""Two decimals of up to 15 digits never share a float, so the one that was found is the one that is written."""


def codes(values: list[Value | None]) -> CodeColumn:
    """A column of codes, answers or lists."""
    return CodeColumn.of(values)


def code_column(index: list[int], vocabulary: list[Value]) -> CodeColumn:
    """A column of codes from its parts."""
    return CodeColumn(np.array(index, np.int32), vocabulary)


def number_column(scaled: list[int], places: int, null: list[bool] | None) -> NumberColumn:
    """A column of amounts from its parts; object numbers where 64 bits do not hold them."""
    fits = max(map(abs, scaled), default=0) < BIGGEST
    return NumberColumn(
        np.array(scaled, np.int64 if fits else object),
        places,
        None if null is None else np.array(null, bool),
    )


class Amounts:
    """A column of amounts: most are taken all at once, the odd ones are named for reading singly."""

    def __init__(
        self, cells: Sequence[Cell], marks: Mapping[Mark, Sequence[int]], counted: Counted
    ) -> None:
        self.counted = counted
        self.count = len(cells)
        self.numbers, self.known, self.blank = _floats(cells)
        self.scaled = np.zeros(self.count, np.int64)
        self.places = 0
        self._convert(marks)

    def _convert(self, marks: Mapping[Mark, Sequence[int]]) -> None:
        """Scale the numbers group by group: those without a mark, and each mark that gives a unit."""
        bare = self.known.copy()
        groups: list[tuple[npt.NDArray[np.bool_], int, bool]] = []
        for mark, places in marks.items():
            here = np.zeros(self.count, bool)
            here[places] = True
            bare &= ~here
            if mark.kind in ("error", "uncomputed"):
                self.blank &= ~here
            times = self.counted.times_of(mark)
            if times is None:
                self.known &= ~here
            else:
                groups.append((here & self.known, times, False))
        for chosen, times, unmarked in [(bare, self.counted.times, True), *groups]:
            if chosen.any():
                self._take(chosen & self.known, times, bare=unmarked)

    def _take(self, chosen: npt.NDArray[np.bool_], times: int, *, bare: bool) -> None:
        scaled, places, fits = _scaled(self.numbers if chosen.all() else self.numbers[chosen])
        while places and times % 10 == 0:
            times //= 10
            places -= 1
        fits &= np.abs(scaled) < LARGEST_TAKEN * 10**places // times
        scaled = np.where(fits, scaled, 0) * times
        fits &= self._allowed(scaled, 10**places, bare=bare)
        self._join(chosen, scaled, places)
        if not fits.all():
            self.known[np.flatnonzero(chosen)[~fits]] = False

    def _allowed(
        self, scaled: npt.NDArray[np.int64], one: int, *, bare: bool
    ) -> npt.NDArray[np.bool_]:
        """Which amounts need no second look: not negative, whole where counted, no doubtful share."""
        fits = scaled >= 0
        if self.counted.whole and one > 1:
            fits &= scaled % one == 0
        if self.counted.unit == SHARE:
            fits &= scaled <= 100 * one
            if bare:
                fits &= (scaled == 0) | (scaled > one)
        return fits

    def _join(
        self, chosen: npt.NDArray[np.bool_], scaled: npt.NDArray[np.int64], places: int
    ) -> None:
        """Put a group's amounts in, all at the larger number of places."""
        common = max(self.places, places)
        self.scaled *= 10 ** (common - self.places)
        if chosen.all():
            self.scaled = scaled * 10 ** (common - places)
        else:
            self.scaled[chosen] = scaled * 10 ** (common - places)
        self.places = common

    def odd_places(self) -> list[int]:
        """The positions that are neither blank nor taken."""
        return np.flatnonzero(~(self.known | self.blank)).tolist()

    def column(self, odd: Mapping[int, Exact | None]) -> NumberColumn:
        """The column, with the values of the odd positions filled in."""
        places = max(
            (
                decimal_places(value) or 0
                for value in odd.values()
                if type(value) is not int and value is not None
            ),
            default=0,
        )
        if places > MOST_PLACES or any(
            value is not None and value >= LARGEST_TAKEN for value in odd.values()
        ):
            return NumberColumn.of(self._listed(odd))
        self._join(np.zeros(self.count, bool), np.zeros(0, np.int64), places)
        null = self.blank.copy()
        for place, value in odd.items():
            null[place] = value is None
            self.scaled[place] = 0 if value is None else int(value * 10**self.places)
        self.scaled[null] = 0
        return self._lean(null)

    def _lean(self, null: npt.NDArray[np.bool_]) -> NumberColumn:
        """Without decimal places that no row needs."""
        while self.places and not (self.scaled % 10).any():
            self.scaled //= 10
            self.places -= 1
        return NumberColumn(self.scaled, self.places, null if null.any() else None)

    def _listed(self, odd: Mapping[int, Exact | None]) -> list[Exact | None]:
        taken = NumberColumn(self.scaled, self.places, ~self.known)
        return [odd[place] if place in odd else taken[place] for place in range(self.count)]


def _floats(
    cells: Sequence[Cell],
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Cells as floats, which of them are numbers, and which are empty; all else is odd."""
    if type(cells) is array:
        return (
            np.frombuffer(cells, np.float64),
            np.ones(len(cells), bool),
            np.zeros(len(cells), bool),
        )
    if str in set(map(type, cells)):
        plain = _PLAIN.fullmatch
        cells = [float(cell) if type(cell) is str and plain(cell) else cell for cell in cells]
    known = np.fromiter(
        (type(cell) is float or (type(cell) is int and -DIGITS < cell < DIGITS) for cell in cells),
        bool,
        len(cells),
    )
    blank = np.fromiter(
        (cell is None or (type(cell) is str and not cell) for cell in cells), bool, len(cells)
    )
    numbers = np.fromiter(
        (cell if taken else 0.0 for cell, taken in zip(cells, known.tolist(), strict=True)),
        np.float64,
        len(cells),
    )
    return numbers, known, blank


def _scaled(
    numbers: npt.NDArray[np.float64],
) -> tuple[npt.NDArray[np.int64], int, npt.NDArray[np.bool_]]:
    """Whole numbers and the places to divide by; which rows are exactly so written."""
    finite = np.abs(numbers) < DIGITS
    whole = numbers if finite.all() else np.where(finite, numbers, 0.0)
    rest = whole[whole != np.rint(whole)]
    places = 0
    while rest.size and places < MOST_PLACES:
        places += 1
        rest = rest[np.rint(rest * 10.0**places) / 10.0**places != rest]
    lifted = np.rint(whole * 10.0**places)
    fits = finite & (np.abs(lifted) < DIGITS) & (lifted / 10.0**places == whole)
    return np.where(fits, lifted, 0.0).astype(np.int64), places, fits
