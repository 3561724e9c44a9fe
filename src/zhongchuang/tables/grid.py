"""One sheet as columns below their headings, before anyone has said what they mean."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from types import NoneType
from typing import Any

from zhongchuang.policy.errors import Refused, _

from .cells import is_blank
from .formats import SheetSource, open_sheets
from .headers import SEARCHED_ROWS, heading_parts
from .limits import UPLOAD, Limits
from .passing import problem_from_json, problem_to_json
from .problems import CellRefused, Place, Problem, Report, Unreadable, in_order, quoted
from .sheets import BLOCK, Cell, Mark, Sheet, letters
from .subjects import is_no_space
from .words import BLANKS, cell_key, words

EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 -- days of a sheet have no zone
LAST_SERIAL = 2_958_465
"""31 December 9999, the last day that a sheet knows."""

PLAIN_TYPES = frozenset({str, int, float, bool, NoneType})
"""What JSON can pass on."""


@dataclass(slots=True)
class Grid:
    """The columns of a sheet that hold anything; days are texts with the mark `date`.

    `rows` are the numbers that the rows have in the file, `above` the title rows, `stamp` what a template of ours says of itself.
    """

    sheet: str
    header: int
    headings: list[str]
    letters: list[str]
    columns: list[list[Cell]]
    marks: list[dict[Mark, list[int]]]
    rows: list[int]
    above: list[list[str]] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    stamp: str = ""

    def place(self, column: int, row: int | None = None) -> Place:
        """Where a cell stands; without a row, where its heading does."""
        number = self.header if row is None else self.rows[row]
        return Place("", self.sheet, number, self.letters[column], self.headings[column])


def read_grid(
    data: bytes,
    name: str = "",
    *,
    known: Iterable[str],
    sheets: Iterable[str] = (),
    stamp: str = "",
    limits: Limits = UPLOAD,
) -> Grid:
    """The sheet of a file that has most of the `known` headings; one with a name in `sheets` goes before all others."""
    report = Report(Place(name))
    try:
        sources = list(open_sheets(data, limits))
        sheet, header = _choose(sources, frozenset(known), frozenset(sheets), report)
        report.place = Place(name, sheet.name)
        found = _grid(sheet, header, report)
        found.stamp = _stamp(sources, stamp) if stamp else ""
        report.stop()
    except Unreadable:
        raise
    except Refused as refused:
        report.refuse(refused)
        raise Unreadable(in_order(report.problems), report.total()) from refused
    found.warnings = report.all_warnings()
    return found


def _own_sheets() -> set[str]:
    """The sheets of our templates that hold no rows."""
    shown = words().shown
    names = ("guide_sheet", "lists_sheet")
    return {cell_key(shown[name][tongue]) for name in names for tongue in ("zh", "en")}


def _choose(
    sources: Sequence[SheetSource], known: frozenset[str], named: frozenset[str], report: Report
) -> tuple[Sheet, int]:
    """The sheet and its row of headings; the other filled sheets are named in warnings."""
    best: tuple[int, Sheet, int] | None = None
    own = _own_sheets()
    seen = [one for one in sources if not one.hidden and cell_key(one.name) not in own]
    first = [one for one in seen if cell_key(one.name) in named]
    for source in first or seen:
        sheet = source.load()
        _as_dates(sheet, source)
        header, count = _header(sheet, known)
        if header is not None and (best is None or count > best[0]):
            best = count, sheet, header
    if best is None:
        raise CellRefused("empty", _("The file is empty."))
    for source in seen:
        if source.name != best[1].name and source.filled():
            report.warn(
                CellRefused("other_sheet", _("This sheet is not read; one sheet a file is.")),
                sheet=source.name,
            )
    return best[1], best[2]


def _header(sheet: Sheet, known: frozenset[str]) -> tuple[int | None, int]:
    """The row among the first that has most known headings, else the first with two cells, else the first filled one."""
    counts, filled = {}, {}
    for index, row in enumerate(sheet.rows[:SEARCHED_ROWS]):
        texts = [str(cell) for cell in row if not is_blank(cell)]
        filled[index] = len(texts)
        counts[index] = sum(heading_parts(text)[0] in known for text in texts)
    best = max(counts, key=lambda index: (counts[index], -index), default=None)
    if best is not None and counts[best]:
        return best, counts[best]
    several = (index for index, cells in filled.items() if cells > 1)
    return next(several, next((one for one, cells in filled.items() if cells), None)), 0


def _as_dates(sheet: Sheet, source: SheetSource) -> None:
    """Old workbooks give days as numbers; turned into days by the calendar of their book."""
    book = getattr(getattr(source, "book", None), "book", None)
    shift = 1462 if getattr(book, "datemode", 0) else 0
    for column, marks in sheet.marks.items():
        for row in marks.get(Mark("date"), ()) if book is not None else ():
            value = sheet.rows[row][column]
            if isinstance(value, float) and 0 < value + shift < LAST_SERIAL:
                sheet.rows[row][column] = EPOCH + timedelta(days=value + shift)  # type: ignore[index]


def _grid(sheet: Sheet, header: int, report: Report) -> Grid:
    """The rows below the header that hold anything, as columns."""
    kept = _kept_rows(sheet, header, report)
    headings = [
        "" if is_blank(cell) else quoted(str(cell).strip(BLANKS)) for cell in sheet.rows[header]
    ]
    filled = [
        bool(heading) or any(not is_blank(sheet.rows[row][place]) for row in kept)
        for place, heading in enumerate(headings)
    ]
    used = [place for place, is_used in enumerate(filled) if is_used]
    _refuse_merged(sheet, header, frozenset(used), report)
    position = {row: place for place, row in enumerate(kept)}
    columns, marks = [], []
    for place, column in enumerate(_columns(sheet, kept)):
        if filled[place]:
            columns.append(column)
            marks.append(_marks(column, sheet.marks.get(place, {}), position))
    if not kept:
        report.refuse(
            CellRefused(
                "no_rows_below",
                _("There is a row of headings, but nothing below it. Write one entry a row."),
            ),
            row=sheet.row_number(header),
        )
    return Grid(
        sheet.name,
        sheet.row_number(header),
        [headings[place] for place in used],
        [sheet.column_letter(place) or letters(place) for place in used],
        columns,
        marks,
        [sheet.row_number(row) for row in kept],
        [["" if is_blank(cell) else str(cell) for cell in row] for row in sheet.rows[:header]],
    )


def _columns(sheet: Sheet, kept: Sequence[int]) -> list[list[Cell]]:
    """The kept rows as columns, some rows at a time."""
    found: list[list[Cell]] = [[] for _cell in (sheet.rows[kept[0]] if kept else ())]
    for begin in range(0, len(kept), BLOCK):
        rows = [sheet.rows[row] for row in kept[begin : begin + BLOCK]]
        for column, cells in zip(found, zip(*rows, strict=True), strict=True):
            column.extend(cells)
    return found


def _kept_rows(sheet: Sheet, header: int, report: Report) -> list[int]:
    """The rows that hold anything; totals and notes are passed over and named."""
    kept = []
    for row in range(header + 1, len(sheet.rows)):
        cells = sheet.rows[row]
        first = cells[0] if cells else None
        if is_blank(first):
            first = next((cell for cell in cells if not is_blank(cell)), None)
        if first is None:
            continue
        if type(first) is str and is_no_space(first.strip(BLANKS)):
            report.warn(
                CellRefused(
                    "totals",
                    _("“%(found)s” looks like a total or a note; the row is not read."),
                    found=quoted(first),
                ),
                row=sheet.row_number(row),
            )
            continue
        kept.append(row)
    return kept


def _marks(
    cells: list[Cell], shown: Mapping[Mark, Sequence[int]], position: dict[int, int]
) -> dict[Mark, list[int]]:
    """The marks of a column at the positions of its cells, which become what JSON can pass on."""
    marks: dict[Mark, list[int]] = {}
    for mark, rows in shown.items():
        places = [position[row] for row in rows if row in position]
        if places:
            marks[mark] = places
    types = set(map(type, cells))
    if float in types:
        _plain_floats(cells)
    if not types <= PLAIN_TYPES:
        _plain_days(cells, marks)
    return marks


def _plain_floats(cells: list[Cell]) -> None:
    """What is no number although a program keeps it as one becomes a text: JSON has no word for it."""
    if math.inf in cells or -math.inf in cells or any(cell != cell for cell in cells):  # noqa: PLR0124 -- only NaN differs from itself
        cells[:] = [
            str(cell) if type(cell) is float and not math.isfinite(cell) else cell for cell in cells
        ]


def _plain_days(cells: list[Cell], marks: dict[Mark, list[int]]) -> None:
    """Days as texts with their mark, exact numbers as texts: what JSON can pass on."""
    kinds = list(map(type, cells))
    days = {place for place, kind in enumerate(kinds) if kind is date or kind is datetime}
    if set(kinds) <= {str, date, datetime}:
        known = {cell: cell if type(cell) is str else _day(cell) for cell in set(cells)}
        cells[:] = map(known.__getitem__, cells)
    else:
        cells[:] = map(_plain, cells, kinds)
    if days:
        for mark in [one for one in marks if one.kind in ("date", "unclear")]:
            marks[mark] = [one for one in marks[mark] if one not in days]
        marks[Mark("date")] = sorted(days | set(marks.get(Mark("date"), ())))


def _plain(cell: Any, kind: type) -> Cell:
    """A cell as JSON can pass it on."""
    if kind in PLAIN_TYPES:
        return cell
    if kind is date or kind is datetime:
        return _day(cell)
    return "; ".join(cell) if kind is list else str(cell)


def _day(found: date) -> str:
    """A day, with the time where it has one other than midnight."""
    if not isinstance(found, datetime):
        return found.isoformat()
    midnight = not (found.hour or found.minute or found.second)
    return found.date().isoformat() if midnight else found.isoformat(" ", "seconds")


def _refuse_merged(sheet: Sheet, header: int, used: frozenset[int], report: Report) -> None:
    """Merged cells keep their value in one corner, so the others would read as unknown; titles above may be merged."""
    for top, left, bottom, right in sheet.merged:
        touched = [column for column in range(left, min(right, 400) + 1) if column in used]
        if bottom < header or not touched:
            continue
        where = f"{letters(left)}{top + 1}:{letters(right)}{bottom + 1}"
        message = (
            _(
                "The cells %(range)s of the header are merged. Unmerge them, and write one heading a column in one row."
            )
            if top <= header
            else _(
                "The cells %(range)s are merged. Unmerge them, and write the value into each cell."
            )
        )
        report.refuse(
            CellRefused("merged", message, range=where),
            row=sheet.row_number(max(top, header)),
            column=letters(left),
        )


def _stamp(sources: Iterable[SheetSource], begin: str) -> str:
    """What the guide sheet of a template says of its version; empty where there is none."""
    own = _own_sheets()
    for source in sources:
        if cell_key(source.name) in own:
            rows = source.load().rows
            texts = (cell for row in rows[:3] for cell in row if type(cell) is str)
            return next((text for text in texts if text.startswith(begin)), "")
    return ""


def grid_to_json(grid: Grid) -> dict[str, Any]:
    """Plain lists and texts."""
    return {
        "sheet": grid.sheet,
        "header": grid.header,
        "headings": grid.headings,
        "letters": grid.letters,
        "columns": [_column_to_json(one) for one in grid.columns],
        "marks": [
            [[mark.kind, mark.text, places] for mark, places in column.items()]
            for column in grid.marks
        ],
        "rows": grid.rows,
        "above": grid.above,
        "warnings": [problem_to_json(one) for one in grid.warnings],
        "stamp": grid.stamp,
    }


def grid_from_json(found: dict[str, Any]) -> Grid:
    """The grid again."""
    columns = [_column_from_json(one) for one in found["columns"]]
    marks = [
        {Mark(kind, text): places for kind, text, places in column} for column in found["marks"]
    ]
    warnings = [problem_from_json(one) for one in found["warnings"]]
    return Grid(**{**found, "columns": columns, "marks": marks, "warnings": warnings})


def _column_to_json(cells: list[Cell]) -> Any:
    """The cells; once where all are the same."""
    first = cells[0] if cells else None
    if type(first) is str and cells.count(first) == len(cells):
        return {"all": first, "times": len(cells)}
    return cells


def _column_from_json(found: Any) -> list[Cell]:
    return found if type(found) is list else [found["all"]] * found["times"]
