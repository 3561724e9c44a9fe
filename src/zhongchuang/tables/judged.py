"""Reads the columns of judgements: met or not met by a person's word, or the points that a person gave."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from zhongchuang.policy.errors import Refused, _
from zhongchuang.policy.quantity import LARGEST, Exact, plain_width, read_number

from .amounts import as_written
from .cells import is_blank, read_judgement, refuse_state
from .columns import Note, RawColumn
from .problems import CellRefused, quoted
from .sheets import Cell, Mark


def state_checked(cell: Cell, mark: Mark | None, read_one: Callable[[Cell], Any]) -> Any:
    """A cell of the subject's columns; refused where it shows an error or a formula without a result."""
    refuse_state(cell, mark)
    return read_one(cell)


def read_judged(
    raw: RawColumn, refuse: Note
) -> tuple[list[bool | None] | None, list[Exact | None] | None]:
    """Judgements and points of a column.

    A column of numbers gives points; one of only 0 and 1 may be either, and gives both; one of words gives judgements.
    """
    marks = raw.mark_at()
    numbers = [None if is_blank(cell) else _number(cell) for cell in raw.cells]
    filled = [place for place, cell in enumerate(raw.cells) if not is_blank(cell) or place in marks]
    points = bool(filled) and any(
        numbers[place] is not None and numbers[place] not in (0, 1) for place in filled
    )
    met: list[bool | None] = [None] * len(raw.cells)
    for place in filled:
        try:
            refuse_state(raw.cells[place], marks.get(place))
            if points:
                _check_points(raw.cells[place], numbers[place], marks.get(place))
            elif not is_blank(raw.cells[place]):
                met[place] = read_judgement(raw.cells[place], None)
        except Refused as refused:
            refuse(place, refused)
    if points:
        return None, numbers
    both = all(numbers[place] is not None for place in filled) and bool(filled)
    return met, numbers if both else None


def _number(cell: Cell) -> Exact | None:
    if type(cell) is bool:
        return None
    if type(cell) is float:
        return as_written(cell) if abs(cell) < LARGEST else None
    if type(cell) is int:
        return cell
    try:
        return (
            read_number(plain_width(cell))
            if type(cell) is str
            else read_number(str(cell))
            if type(cell) is Decimal
            else None
        )
    except Refused:
        return None


def _check_points(cell: Cell, number: Exact | None, mark: Mark | None) -> None:
    if number is None or not 0 <= number < LARGEST or mark is not None:
        raise CellRefused(
            "points",
            _(
                "“%(found)s” is no number of points. The column holds points; allowed are numbers of 0 or more, without a unit."
            ),
            found=quoted(cell),
        )
