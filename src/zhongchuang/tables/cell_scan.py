"""Looks through the XML of a sheet for what the reader of values does not tell.

The reader (calamine) gives an error cell and a formula without a result as an empty one, knows no number formats, and
reserves room for every cell up to the farthest. One pass with one pattern finds the cells that are not plain; XML in an
unusual form goes the slow way through a parser, with the same answer.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from zhongchuang.policy.errors import _

from .limits import Limits, check_shape, damaged, refuse_entities
from .problems import CellRefused
from .sheets import Mark, column_index, letters
from .xml_parts import Attributes, parse

NUMBER_TYPES = ("", "n")
SPARSE = 50
"""A large sheet with fewer than one cell in so many places is refused."""
ROOM = 5_000_000
BEGINNING = 64 * 1024
"""The first bytes of a sheet, by which its width is guessed; a cell beyond is found as an odd one."""

_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})", re.ASCII)
_ROW = re.compile(rb'<row r="(\d{1,7})"')
_FORMULA = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"(?: s="\d+")?(?: t="([a-z]+)")?><f[^>]*?(?:/>|>[^<]*</f>)(?:</c>|<v></v>|<v ?/>)'
)
_ERROR = re.compile(rb"<v>([^<]*)</v>")
_ROW_BEGIN = re.compile(rb"<row[ >/]")


class Unusual(Exception):
    """The XML is in a form that the pattern does not cover."""


@dataclass(slots=True)
class Scan:
    """What was found: marks by column, and how far the cells reach."""

    marks: dict[int, dict[Mark, list[int]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    rows: int = 0
    columns: int = 0
    cells: int = 0

    def mark(self, column: int, row: int, mark: Mark) -> None:
        """Note what a cell says beside its value."""
        self.marks[column][mark].append(row)

    def reach(self, column: int, row: int) -> None:
        """Note that there is a cell at this place (0-based)."""
        self.rows, self.columns = max(self.rows, row + 1), max(self.columns, column + 1)

    def check(self, limits: Limits) -> None:
        """Refuse a sheet that is too large, or whose cells lie far apart."""
        check_shape(self.rows, self.columns, limits)
        if self.rows * self.columns > ROOM and self.rows * self.columns > SPARSE * self.cells:
            raise CellRefused(
                "far_apart",
                _(
                    "The sheet has %(cells)s cells, but reaches to cell %(last)s. Delete the rows and columns beside the figures, and save it again."
                ),
                cells=self.cells,
                last=f"{letters(self.columns - 1)}{self.rows}",
            )


def scan(pieces: Iterable[bytes], styles: list[Mark | None], limits: Limits) -> Scan:
    """Look through a sheet; `pieces` can be walked twice."""
    try:
        found = _fast(iter(pieces), styles, limits)
    except Unusual:
        found = _slow(pieces, styles, limits)
    found.check(limits)
    return found


def _fast(pieces: Iterator[bytes], styles: list[Mark | None], limits: Limits) -> Scan:
    if styles and styles[0] is not None:
        raise Unusual
    found = Scan()
    plain = "|".join(str(index) for index, mark in enumerate(styles) if mark is None) or "0"
    first = True
    for piece in _whole_rows(pieces):
        if first:
            first = False
            if b"<sheetData" not in piece:
                raise Unusual
            refuse_entities(piece[:BEGINNING])
            last = max(map(column_index, _letters(piece[:BEGINNING])), default=0)
        _look(piece, plain, last, styles, found)
        check_shape(found.rows, found.columns, limits)
    return found


def _letters(xml: bytes) -> list[str]:
    return [match.decode() for match in set(re.findall(rb'<c r="([A-Z]{1,3})\d', xml))]


def _whole_rows(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same bytes, cut after ends of rows."""
    rest = b""
    for piece in pieces:
        rest += piece
        cut = rest.rfind(b"</row>") + 6
        if cut > 5:
            yield rest[:cut]
            rest = rest[cut:]
    yield rest


def _look(xml: bytes, plain: str, last: int, styles: list[Mark | None], found: Scan) -> None:
    """Note the cells of one piece that are not plain."""
    rows = _ROW.findall(xml)
    if (
        (b"!" in xml and b"<!" in xml)  # looking for a single byte takes a tenth of the time
        or (b":" in xml and b":c " in xml)
        or (len(rows) != xml.count(b"<row") and len(rows) != len(_ROW_BEGIN.findall(xml)))
    ):
        raise Unusual
    deepest = max(map(int, rows), default=0)
    found.cells += xml.count(b"<c ")
    if deepest:
        found.reach(last, deepest - 1)
    errors = False
    for (column, style, kind), numbers in _odd_groups(xml, last, deepest, plain).items():
        index = column_index(column.decode())
        found.reach(index, max(numbers))
        errors |= kind == b"e"
        mark = styles[int(style)] if style and int(style) < len(styles) else None
        if mark is not None and kind in (b"", b"n"):
            found.marks[index][mark] += numbers
    if errors:
        _note_errors(xml, found)
    _note_uncomputed(xml, found)


def _odd_groups(
    xml: bytes, last: int, deepest: int, plain: str
) -> dict[tuple[bytes, bytes, bytes], list[int]]:
    """Row indexes of the cells that are not plain, by column, style and type."""
    groups: dict[tuple[bytes, bytes, bytes], list[int]] = defaultdict(list)
    for column, row, style, kind, other in _odd_cells(
        letters(last), len(str(deepest)), plain
    ).findall(xml):
        if column:
            groups[column, style, kind].append(int(row) - 1)
        elif not other:
            raise Unusual
    return groups


@cache
def _odd_cells(last: str, digits: int, plain: str) -> re.Pattern[bytes]:
    """Finds cells beyond column `last` or row 10**digits, of a special style, with an error, or of an unusual form."""
    usual = rf' r="(?:{_up_to(last)})[1-9]\d{{0,{max(digits, 1) - 1}}}"(?:>|(?: s="(?:{plain})")?(?: t="(?:s|n|b|str|inlineStr)")?/?>)'
    parts = r' r="([A-Z]{1,3})([1-9]\d{0,6})"(?: s="(\d{1,5})")?(?: t="([a-zA-Z]+)")?/?>'
    return re.compile(rf"<c(?!{usual})(?:{parts}|([a-zA-Z]+)|)".encode())


def _up_to(last: str) -> str:
    """A pattern for the column letters from A to `last`."""
    if len(last) == 1:
        return f"[A-{last}]"
    if len(last) > 2:
        return "[A-Z]{1,3}"
    before = f"[A-{chr(ord(last[0]) - 1)}][A-Z]|" if last[0] > "A" else ""
    return f"[A-Z]|{before}{last[0]}[A-{last[1]}]"


def _note_errors(xml: bytes, found: Scan) -> None:
    at = xml.find(b't="e"')
    while at >= 0:
        begin, end = xml.rfind(b"<c ", 0, at), xml.find(b"</c>", at)
        cell = _CELL.search(xml[begin:at].decode("ascii", "replace"))
        value = _ERROR.search(xml, at, end if end > 0 else at)
        if cell and b">" not in xml[begin:at]:
            found.mark(
                column_index(cell[1]),
                int(cell[2]) - 1,
                Mark("error", _error_text(value[1].decode("ascii", "replace") if value else "")),
            )
        at = xml.find(b't="e"', at + 1)


def _error_text(text: str) -> str:
    return text.strip() or "#"


def _note_uncomputed(xml: bytes, found: Scan) -> None:
    if b"<f" not in xml:
        return
    for column, row, kind in _FORMULA.findall(xml):
        if kind not in (b"str", b"e"):
            found.mark(column_index(column.decode()), int(row) - 1, Mark("uncomputed"))


def _slow(pieces: Iterable[bytes], styles: list[Mark | None], limits: Limits) -> Scan:
    """The same through a parser: any attribute order, prefixes, cells without a reference."""
    walk = _Walk(styles, limits)
    parse(pieces, walk.start, walk.end, walk.text)
    return walk.found


class _Walk:
    """Where a parser stands in a sheet."""

    def __init__(self, styles: list[Mark | None], limits: Limits) -> None:
        self.styles, self.limits, self.found = styles, limits, Scan()
        self.row, self.column = -1, -1
        self.kind, self.style, self.value = "", 0, ""
        self.formula, self.inside = False, ""

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "row":
            self.row = _index(attributes.get("r"), self.row + 2) - 1
            self.column = -1
        elif name == "c":
            self._place(attributes.get("r"))
            self.kind, self.style = attributes.get("t", ""), _index(attributes.get("s"), 0)
            self.formula, self.value = False, ""
        elif name == "f":
            self.formula = True
        self.inside = name

    def _place(self, reference: str | None) -> None:
        match = _CELL.fullmatch(reference) if reference else None
        if reference and not match:
            raise damaged()
        if match:
            self.column, self.row = column_index(match[1]), int(match[2]) - 1
        else:
            self.column += 1
        self.found.cells += 1
        self.found.reach(self.column, self.row)
        check_shape(self.found.rows, self.found.columns, self.limits)

    def text(self, text: str) -> None:
        if self.inside == "v":
            self.value += text

    def end(self, name: str) -> None:
        self.inside = ""
        if name != "c":
            return
        place = self.column, self.row
        mark = self.styles[self.style] if self.style < len(self.styles) else None
        if self.kind == "e":
            self.found.mark(*place, Mark("error", _error_text(self.value)))
        elif self.formula and not self.value and self.kind != "str":
            self.found.mark(*place, Mark("uncomputed"))
        elif mark is not None and self.kind in NUMBER_TYPES and self.value:
            self.found.mark(*place, mark)


def _index(text: str | None, otherwise: int) -> int:
    if text is None:
        return otherwise
    if not (text.isascii() and text.isdigit() and len(text) <= 7):
        raise damaged()
    return int(text)
