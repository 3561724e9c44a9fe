"""A sheet as it stands in a file, before anything is understood: cells, what their format shows, merged ranges."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Cell = Any
"""str, int, float, Decimal, bool, None, date and time kinds; from JSON also lists."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a cell's number format or state says beside its value.

    `kind` is percent (shown times 100 with %), unit (`text` is the word behind the number), currency (only a sign
    before it), date, unclear (a format that is not understood), error (an error value of the program) or uncomputed (a formula
    without a result). `text` is the word, format code or error.
    """

    kind: str
    text: str = ""


Marks = Mapping[int, Mapping[Mark, Sequence[int]]]
"""Column index → mark → row indexes."""


@dataclass(slots=True)
class Sheet:
    """Rows of cells, each as long as the longest; index 0 is the row `first` of the file.

    JSON has no letters for its columns; in a text table no cell is longer than its row.
    """

    name: str
    rows: Sequence[Sequence[Cell]]
    marks: Marks = field(default_factory=dict)
    merged: Sequence[tuple[int, int, int, int]] = ()
    first: int = 1
    lettered: bool = True
    text: bool = False

    def row_number(self, index: int) -> int:
        """The number of a row as the file's own program shows it."""
        return index + self.first

    def column_letter(self, index: int) -> str:
        """The letter of a column; empty where the file has none, as JSON."""
        return letters(index) if self.lettered else ""


def letters(index: int) -> str:
    """The letters of a column: A for 0, Z for 25, AA for 26."""
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def column_index(text: str) -> int:
    """0 for A, 26 for AA."""
    index = 0
    for letter in text:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


def squared(rows: list[list[Cell]], blank: Cell = "") -> list[list[Cell]]:
    """The rows, each filled up with blanks to the length of the longest."""
    width = max(map(len, rows), default=0)
    return [row if len(row) == width else row + [blank] * (width - len(row)) for row in rows]


BLOCK = 1024
"""Rows that are turned into columns at once: few enough to stay in the processor's cache."""


def columns_of(rows: Sequence[Sequence[Cell]]) -> list[Sequence[Cell]]:
    """The rows as columns; a column of floats alone becomes an array, a tenth of the size."""
    found: list[Any] = [array("d") for _cell in rows[0]] if rows else []
    for begin in range(0, len(rows), BLOCK):
        for index, cells in enumerate(zip(*rows[begin : begin + BLOCK], strict=True)):
            column = found[index]
            if type(column) is array and set(map(type, cells)) != {float}:
                found[index] = column = column.tolist()
            column.extend(array("d", cells) if type(column) is array else cells)
    return found
