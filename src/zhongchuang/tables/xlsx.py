"""Workbooks of Excel and WPS (.xlsx): values by calamine, number formats and the rest from the XML beside it."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from zhongchuang.policy.errors import _

from . import cell_scan
from .limits import Limits, Package, damaged, encrypted
from .problems import CellRefused
from .sheets import Mark, Sheet
from .xml_parts import Listed, listed_sheets, style_marks


@dataclass(slots=True)
class Pieces:
    """A part that can be walked more than once."""

    package: Package
    part: str

    def __iter__(self) -> Iterator[bytes]:
        return self.package.pieces(self.package.entries[self.part])


class Workbook:
    """A workbook that keeps the limits; its sheets are loaded one by one."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self.data, self.limits = data, limits
        self.package = Package(data, limits)
        if "xl/workbook.xml" not in self.package.entries:
            raise CellRefused(
                "no_workbook",
                _(
                    "This archive is no .xlsx workbook. Allowed: .xlsx, .xls, .csv, .json and .parquet."
                ),
            )
        self.listed = [
            one for one in listed_sheets(self.package) if one.part in self.package.entries
        ]
        if not self.listed:
            raise damaged()

    @cached_property
    def styles(self) -> list[Mark | None]:
        """What each style shows beside the number."""
        return style_marks(self.package)

    def sheets(self) -> Iterator["WorkbookSheet"]:
        """The sheets in their order."""
        for listed in self.listed:
            yield WorkbookSheet(self, listed)

    def read_values(self, index: int) -> tuple[list[list[Any]], list[Any]]:
        """All cells of a sheet from A1 on, and its merged ranges."""
        import python_calamine  # noqa: PLC0415 -- slow import

        for _piece in self._shared_texts():
            pass
        try:
            with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(self.data)) as book:
                sheet = book.get_sheet_by_index(index)
                return sheet.to_python(skip_empty_area=False), sheet.merged_cell_ranges or []
        except python_calamine.PasswordError as fault:
            raise encrypted() from fault
        except (KeyboardInterrupt, SystemExit, MemoryError):
            raise
        except BaseException as fault:  # a panic of the reader is no Exception
            raise damaged() from fault

    def _shared_texts(self) -> Iterator[bytes]:
        """The shared texts, only to see that they are as long as the archive says."""
        if "xl/sharedStrings.xml" in self.package.entries:
            yield from Pieces(self.package, "xl/sharedStrings.xml")


@dataclass(slots=True)
class WorkbookSheet:
    """One sheet of a workbook, not yet loaded."""

    book: Workbook
    listed: Listed

    @property
    def name(self) -> str:
        return self.listed.name

    @property
    def hidden(self) -> bool:
        return self.listed.hidden

    def filled(self) -> bool:
        """Whether any cell has a value."""
        return any(
            b"<v" in piece or b"<is" in piece or b":v>" in piece
            for piece in Pieces(self.book.package, self.listed.part)
        )

    def load(self) -> Sheet:
        """The cells with their marks; refused before values are read where the sheet is too large."""
        book = self.book
        scan = cell_scan.scan(Pieces(book.package, self.listed.part), book.styles, book.limits)
        rows, merged = book.read_values(self.listed.index)
        return Sheet(self.listed.name, rows, scan.marks, [(*begin, *end) for begin, end in merged])
