"""Workbooks of Excel and WPS (.xlsx): values by calamine, number formats and the rest from the XML beside it."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from threading import Thread
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

    def measure_texts(self) -> None:
        """Walk through the shared texts, only to see that they are as long as the archive says."""
        if "xl/sharedStrings.xml" in self.package.entries:
            for _piece in Pieces(self.package, "xl/sharedStrings.xml"):
                pass


def begun(work: Callable[[], Any]) -> Callable[[], Any]:
    """The work begun in a thread of its own; what is given back waits for its result."""
    done: list[Any] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            done.append(work())
        except BaseException as fault:  # noqa: BLE001 -- raised where the result is asked for
            failed.append(fault)

    thread = Thread(target=run, daemon=True)
    thread.start()

    def result() -> Any:
        thread.join()
        if failed:
            raise failed[0]
        return done[0]

    return result


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
        """The cells with their marks. Where the sheet is too large, that is said; its values are not read before, unless both are `at_once`."""
        book = self.book
        read_values: Callable[[], Any] = partial(book.read_values, self.listed.index)
        if book.limits.at_once:
            read_values = begun(read_values)
        book.measure_texts()
        scan = cell_scan.scan(Pieces(book.package, self.listed.part), book.styles, book.limits)
        rows, merged = read_values()
        return Sheet(self.listed.name, rows, scan.marks, [(*begin, *end) for begin, end in merged])
