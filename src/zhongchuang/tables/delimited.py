"""Text tables (.csv): the encoding and the separator are detected, cells stay text."""

import csv
import io
import re
from collections import Counter

from zhongchuang.policy.errors import _

from .limits import Limits, check_shape
from .problems import CellRefused
from .sheets import Sheet, squared

SEPARATORS = ",;\t"
SAMPLE = 64 * 1024
LONGEST_CELL = 100_000

_FORMULA_LIKE = re.compile("'*\\s*[=+\\-@|\\t\\r\\n\\0\uff1d\uff0b\uff0d\uff20]")
_ESCAPED = re.compile("'" + _FORMULA_LIKE.pattern)
_QUOTED = re.compile(r'"[^"]*"')


def decode(data: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 with its mark, or GB18030."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(data, "utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _decoded(data, "gb18030")


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeError as fault:
        raise CellRefused(
            "encoding",
            _(
                "The text is in no known encoding, from byte %(byte)s on. Allowed: UTF-8, UTF-16, GB18030. In Excel choose “CSV UTF-8” when saving."
            ),
            byte=getattr(fault, "start", 0),
        ) from fault


def read_delimited(data: bytes, limits: Limits) -> Sheet:
    """The one sheet of a text table."""
    text = decode(data)
    if "\x00" in text:
        raise not_a_table()
    rows: list[list[str]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator(text), strict=True)
    csv.field_size_limit(LONGEST_CELL)
    try:
        for row in reader:
            rows.append(row)
            if len(rows) > limits.rows + 1 or len(row) > limits.columns:
                check_shape(len(rows) + 10, len(row), limits)
    except csv.Error as fault:
        raise CellRefused(
            "csv",
            _(
                "The text table breaks off near line %(line)s: a quotation mark is opened and not closed, or a cell is longer than %(longest)s characters. Close it, or save the table as .xlsx."
            ),
            line=reader.line_num,
            longest=LONGEST_CELL,
        ) from fault
    return Sheet("", squared([_plain(row) for row in rows]), text=True)


def separator(text: str) -> str:
    """The separator that stands most often in the same number on the first lines."""
    lines = [_QUOTED.sub("", line) for line in text[:SAMPLE].splitlines()[:20] if line.strip()]
    counts = {sign: Counter(line.count(sign) for line in lines) for sign in SEPARATORS}

    def worth(sign: str) -> tuple[int, int]:
        (number, times), *_rest = counts[sign].most_common(1) or [(0, 0)]
        return (times if number else 0, lines[0].count(sign) if lines else 0)

    return max(SEPARATORS, key=worth)


def _plain(row: list[str]) -> list[str]:
    """Take off the apostrophe that our own exports put before formula-like texts."""
    if not any(cell.startswith("'") for cell in row):
        return row
    return [cell[1:] if cell.startswith("'") and _ESCAPED.match(cell) else cell for cell in row]


def escaped(text: str) -> str:
    """A text as a cell of a text table that no program takes for a formula; `read_delimited` undoes it."""
    return f"'{text}" if _FORMULA_LIKE.match(text) else text


def not_a_table() -> CellRefused:
    """The refusal of bytes that are no table at all."""
    return CellRefused(
        "no_table", _("The file is no table. Allowed: .xlsx, .xls, .csv, .json and .parquet.")
    )
