"""Reads one column of cells: a cell at a time, or, for long columns, all at once with the odd cells left to the first way.

Both ways give the same values and the same problems; a property test holds them together.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from zhongchuang.policy.errors import Refused, _
from zhongchuang.policy.facts import Value

from .cells import CellReader
from .problems import CellRefused
from .sheets import Cell, Mark

MANY = 2000
"""From this number of rows on, columns are read all at once; below, numpy is not even imported."""

Note = Callable[[int, Refused], None]


@dataclass(slots=True)
class RawColumn:
    """The cells of one column below the header, and the marks of some: mark → positions."""

    cells: Sequence[Cell]
    marks: Mapping[Mark, Sequence[int]] = field(default_factory=dict)

    def mark_at(self) -> dict[int, Mark]:
        """The mark of each position that has one; a state goes before a format."""
        found: dict[int, Mark] = {}
        for mark in sorted(self.marks, key=lambda one: one.kind in ("error", "uncomputed")):
            found.update(dict.fromkeys(self.marks[mark], mark))
        return found


def bare_share() -> CellRefused:
    """The warning about a share that may have been meant a hundred times as large."""
    return CellRefused(
        "bare_share",
        _(
            "The share is taken as it stands, below or at 1 %%. If it is meant as a fraction, show the cell as a percentage or write “30%%”."
        ),
    )


def read_singly(raw: RawColumn, reader: CellReader, refuse: Note, warn: Note) -> list[Value | None]:
    """The values of a column, read one cell after the other."""
    values: list[Value | None] = [None] * len(raw.cells)
    _fill(values, range(len(raw.cells)), raw, reader, refuse, warn)
    return values


def _fill(
    values: Any, places: Iterable[int], raw: RawColumn, reader: CellReader, refuse: Note, warn: Note
) -> None:
    """Read the cells at `places` into `values`; cells that were seen before are remembered."""
    marks, known, cells = raw.mark_at(), {}, raw.cells
    for place in places:
        cell = cells[place]
        if cell == "" and not marks:
            continue
        mark = marks.get(place)
        key = (type(cell), cell if type(cell) is not list else tuple(cell), mark)
        if key not in known:
            known[key] = _read(cell, mark, reader)
        value, refused, doubtful = known[key]
        if refused is not None:
            refuse(place, refused)
        elif doubtful:
            warn(place, bare_share())
        values[place] = value


def _read(
    cell: Cell, mark: Mark | None, reader: CellReader
) -> tuple[Value | None, Refused | None, bool]:
    """Value, or refusal; and whether it is a share that may have been meant otherwise."""
    try:
        value = reader.read(cell, mark)
    except Refused as refused:
        return None, refused, False
    return value, None, value is not None and reader.is_bare_share(cell, mark, value)


def read_at_once(raw: RawColumn, reader: CellReader, refuse: Note, warn: Note) -> Any:
    """The same as an array column; numpy is imported here."""
    from . import arrays  # noqa: PLC0415 -- slow import

    if reader.counted is None:
        return arrays.codes(read_distinct(raw, reader, refuse))
    numbers = arrays.Amounts(raw.cells, raw.marks, reader.counted)
    odd: dict[int, Any] = {}
    _fill(odd, numbers.odd_places(), raw, reader, refuse, warn)
    return numbers.column(odd)


def read_distinct(raw: RawColumn, reader: CellReader, refuse: Note) -> list[Value | None]:
    """Codes, answers, lists: each distinct text is read once."""
    if raw.marks or not set(map(type, raw.cells)) <= {str}:
        return read_singly(raw, reader, refuse, refuse)
    known: dict[str, Value | None] = {}
    wrong: dict[str, Refused] = {}
    for cell in set(raw.cells):
        known[cell], refused, _doubtful = _read(cell, None, reader)
        if refused is not None:
            wrong[cell] = refused
    if wrong:
        for place, cell in enumerate(raw.cells):
            if cell in wrong:
                refuse(place, wrong[cell])
    return [known[cell] for cell in raw.cells]
