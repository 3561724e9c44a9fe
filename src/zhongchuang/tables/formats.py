"""Which kind of file some bytes are, by their content; the name only serves the message."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from zhongchuang.policy.errors import _

from . import delimited, json_rows, parquet, xls, xlsx
from .limits import Limits
from .problems import CellRefused
from .sheets import Sheet

_OTHERS = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"{\\rtf", "RTF"),
    (b"PK\x05\x06", "ZIP"),
    (b"SQLite format 3", "SQLite"),
)


class SheetSource(Protocol):
    """A sheet that is loaded when it is wanted."""

    @property
    def name(self) -> str:
        """What the sheet is called."""

    @property
    def hidden(self) -> bool:
        """Whether the program that wrote the file hides it."""

    def filled(self) -> bool:
        """Whether any cell has a value."""

    def load(self) -> Sheet:
        """The cells."""


@dataclass(slots=True)
class OnlySheet:
    """The one sheet of a file that has no sheets."""

    sheet: Sheet
    name: str = ""
    hidden: bool = False

    def filled(self) -> bool:
        return bool(self.sheet.rows)

    def load(self) -> Sheet:
        return self.sheet


def open_sheets(data: bytes, limits: Limits) -> Iterable[SheetSource]:
    """The sheets of a file of any format that is read."""
    begin = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not begin:
        raise CellRefused("empty", _("The file is empty."))
    if data.startswith(b"PK\x03\x04"):
        return xlsx.Workbook(data, limits).sheets()
    if data.startswith(xls.MAGIC):
        return xls.OldWorkbook(data, limits).sheets()
    return _only(data, begin, limits)


def _only(data: bytes, begin: bytes, limits: Limits) -> Iterator[SheetSource]:
    if data.startswith(parquet.MAGIC):
        yield OnlySheet(parquet.read_parquet(data, limits))
        return
    for magic, kind in _OTHERS:
        if data.startswith(magic):
            raise CellRefused(
                "other_kind",
                _(
                    "The file is a %(kind)s, whatever its name says. Allowed: .xlsx, .xls, .csv, .json and .parquet."
                ),
                kind=kind,
            )
    if begin.startswith(b"<"):
        raise CellRefused(
            "web_page",
            _(
                "The file is a web page or XML, whatever its name says. Open it in Excel or WPS and save it as .xlsx."
            ),
        )
    if begin.startswith((b"[", b"{")) or (
        data[:2] in (b"\xff\xfe", b"\xfe\xff") and delimited.decode(data[:4])[:1] in ("[", "{")
    ):
        yield OnlySheet(json_rows.read_json(data, limits))
        return
    yield OnlySheet(delimited.read_delimited(data, limits))
