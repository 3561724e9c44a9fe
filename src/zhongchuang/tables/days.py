"""Reads the day in a cell: as the program keeps it, or as people write it."""

import re
from datetime import date, timedelta

from zhongchuang.policy.errors import _
from zhongchuang.policy.quantity import plain_width

from .problems import CellRefused, quoted
from .sheets import Cell, Mark

EPOCH = date(1899, 12, 30)
LAST_SERIAL = 2_958_465

_WRITTEN = re.compile(
    r"(\d{4})(?:\s*[-./年]\s*)(\d{1,2})(?:\s*[-./月]\s*)(\d{1,2})\s*日?(?:[ T]00:00(?::00)?)?"
)
_CLOSED_UP = re.compile(r"(\d{4})(\d{2})(\d{2})")


def read_day(value: Cell, mark: Mark | None) -> date:
    """A day such as 2016-03-01, 2016.3.1, 2016年3月1日 or 20160301, or a number that is shown as a day."""
    shown_as_day = mark is not None and mark.kind == "date"
    if isinstance(value, int | float) and not isinstance(value, bool):
        if shown_as_day and 0 < value < LAST_SERIAL:
            return EPOCH + timedelta(days=int(value))
        value = str(int(value)) if float(value).is_integer() else repr(value)
    if isinstance(value, str) and (day := _as_passed_on(value)):
        return day
    text = plain_width(value).strip() if isinstance(value, str) else ""
    found = _WRITTEN.fullmatch(text) or _CLOSED_UP.fullmatch(text)
    if found is None:
        raise no_day(value)
    try:
        return date(*map(int, found.groups()))
    except ValueError as fault:
        raise no_day(value) from fault


def _as_passed_on(text: str) -> date | None:
    """A day as a workbook's reader passes it on, such as 2016-03-01; anything else takes longer to read."""
    if len(text) != 10 or text[4] != "-" or text[7] != "-" or not text.isascii():
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def no_day(value: Cell) -> CellRefused:
    """The refusal of a cell that names no day of the calendar."""
    return CellRefused(
        "day",
        _(
            "“%(found)s” is no day. Allowed: year, month and day, such as 2016-03-01, 2016.3.1 or 20160301."
        ),
        found=quoted(value),
    )
