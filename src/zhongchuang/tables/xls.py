"""Workbooks of the old kind (.xls): values and number formats by xlrd."""

import io
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from zhongchuang.policy.errors import _

from .limits import Limits, check_shape, damaged, encrypted
from .number_formats import meaning
from .problems import CellRefused
from .sheets import Mark, Sheet

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NUMBER, _DATE, _BOOLEAN, _ERROR = 2, 3, 4, 5
_EXTERNAL, _DDE = 2, 4
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_MACROS = ("_VBA_PROJECT".encode("utf-16-le"), "VBA\x00".encode("utf-16-le") + b"\x00" * 8)
_EMBEDDED = re.compile(
    b"(?:M\x00B\x00D\x00(?:[0-9A-F]\x00){8}|O\x00l\x00e\x001\x000\x00N\x00a\x00t\x00i\x00v\x00e)"
)


class OldWorkbook:
    """A workbook of the old kind."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self.limits = limits
        _refuse_cargo(data)
        self.book = _opened(data)
        kinds = getattr(self.book, "_supbook_types", None) or ()
        if any(kind in (_EXTERNAL, _DDE) for kind in kinds):
            raise CellRefused(
                "external_links",
                _(
                    "The workbook takes figures from other files or programs (external links, DDE). In Excel choose Data, "
                    "Edit Links, Break Link, and save it again."
                ),
            )

    def sheets(self) -> Iterator["OldSheet"]:
        """The sheets in their order."""
        for index, name in enumerate(self.book.sheet_names()):
            yield OldSheet(self, index, name)


@dataclass(slots=True)
class OldSheet:
    """One sheet, not yet converted."""

    book: OldWorkbook
    index: int
    name: str

    @property
    def hidden(self) -> bool:
        return bool(self.book.book.sheet_by_index(self.index).visibility)

    def filled(self) -> bool:
        """Whether any cell has a value."""
        return bool(self.book.book.sheet_by_index(self.index).nrows)

    def load(self) -> Sheet:
        """The cells with their marks."""
        found = self.book.book.sheet_by_index(self.index)
        check_shape(found.nrows, found.ncols, self.book.limits)
        marks: dict[int, dict[Mark, list[int]]] = defaultdict(lambda: defaultdict(list))
        rows = [
            [
                self._value(found.cell(row, column), marks[column], row)
                for column in range(found.ncols)
            ]
            for row in range(found.nrows)
        ]
        merged = [
            (top, left, bottom - 1, right - 1) for top, bottom, left, right in found.merged_cells
        ]
        return Sheet(self.name, rows, marks, merged)

    def _value(self, cell: Any, marks: dict[Mark, list[int]], row: int) -> Any:
        """The value of a cell; what its format says goes to `marks`."""
        if cell.ctype == _ERROR:
            marks[Mark("error", _error_text(cell.value))].append(row)
            return ""
        if cell.ctype == _BOOLEAN:
            return bool(cell.value)
        if cell.ctype in (_NUMBER, _DATE):
            mark = Mark("date") if cell.ctype == _DATE else self._mark(cell.xf_index)
            if mark is not None:
                marks[mark].append(row)
        return cell.value

    def _mark(self, style: int | None) -> Mark | None:
        book = self.book.book
        if style is None or style >= len(book.xf_list):
            return None
        shown = book.format_map.get(book.xf_list[style].format_key)
        return meaning(shown.format_str) if shown else None


def _opened(data: bytes) -> Any:
    import xlrd  # type: ignore[import-untyped]  # noqa: PLC0415 -- slow import

    try:
        return xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
    except MemoryError:
        raise
    except Exception as fault:  # its reader breaks in many ways on broken files
        if "encrypt" in str(fault).casefold():
            raise encrypted() from fault
        raise damaged() from fault


def _refuse_cargo(data: bytes) -> None:
    """Refuse what a compound file may carry beside figures; the names of its streams are in UTF-16."""
    if _ENCRYPTED_PACKAGE in data:
        raise encrypted()
    if any(name in data for name in _MACROS):
        raise CellRefused(
            "macros",
            _(
                "The workbook holds macros. Save it as .xlsx without macros, or copy the figures to a new workbook."
            ),
        )
    if _EMBEDDED.search(data):
        raise CellRefused(
            "embedded",
            _(
                "The workbook holds embedded objects or controls. Remove them, or copy the figures to a new workbook."
            ),
        )


def _error_text(code: int) -> str:
    from xlrd.biffh import error_text_from_code  # type: ignore[import-untyped]  # noqa: PLC0415 -- slow import

    return str(error_text_from_code.get(code, "#"))
