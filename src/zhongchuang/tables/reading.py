"""Reads a file of subjects and facts into a table; a cell that cannot be read refuses the whole file."""

import gc
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import compress
from pathlib import Path
from typing import Any

from zhongchuang.policy.errors import Refused, _
from zhongchuang.policy.facts import Catalogue, Column, Value, space_catalogue
from zhongchuang.policy.table import Table

from . import columns, judged
from .agreement import check_agreement
from .cells import CellReader, is_blank
from .formats import SheetSource, open_sheets
from .headers import Header, Heading, check_blank_headings, check_header, find_header
from .judged_ids import Readers
from .limits import LOCAL, Limits, check_size
from .problems import CellRefused, Place, Problem, Report, Unreadable, in_order
from .sheets import Mark, Sheet, columns_of
from .subjects import all_plain, is_no_space, no_space, read_code, read_name
from .words import BLANKS, cell_key, words

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Reading:
    """What a file says: its table, what a person should look at, and where each subject stands."""

    table: Table
    warnings: list[Problem]
    place: Place
    row_numbers: Sequence[int]
    facts: list[Column] = field(default_factory=list)
    duplicates: list[tuple[str, list[int]]] = field(default_factory=list)
    duplicate_codes: list[tuple[str, list[int]]] = field(default_factory=list)


def read(  # noqa: PLR0913 -- the one entry to the package
    source: Path | str | bytes,
    *,
    name: str = "",
    language: str = "zh",
    strict: bool = False,
    progress: Progress | None = None,
    previous: bool = False,
    limits: Limits = LOCAL,
    catalogue: Catalogue | None = None,
    readers: Readers | None = None,
) -> Reading:
    """The table of a file; `Unreadable` with every reason otherwise.

    `language` is that of labels in messages. `strict` refuses columns that are no fact. A file of the `previous` year is only
    joined to another, so that a column of codes will do for the subject. `progress` is called with columns done and in all.
    `readers` are the rules that the judgements are for; all packs of the product if not given.
    """
    report = Report(Place(name or (Path(source).name if not isinstance(source, bytes) else "")))
    collecting = gc.isenabled()
    gc.disable()  # the collector would walk over millions of new cells again and again
    try:
        data = _bytes(source, limits)
        sheet, header = _choose(
            open_sheets(data, limits), catalogue or space_catalogue(), report, language
        )
        reader = _Reader(
            sheet,
            header,
            report,
            catalogue or space_catalogue(),
            language,
            progress or _no_progress,
            readers or Readers(),
        )
        return reader.read(strict=strict, code_is_enough=previous)
    except Unreadable:
        raise
    except Refused as refused:
        report.refuse(refused)
        raise Unreadable(in_order(report.problems), report.total()) from refused
    except MemoryError as fault:
        report.refuse(
            CellRefused(
                "memory",
                _("The file needs more memory than there is. Split it into several files."),
            )
        )
        raise Unreadable(report.problems) from fault
    finally:
        if collecting:
            gc.enable()


def _no_progress(_done: int, _total: int) -> None:
    """Nobody watches."""


def _bytes(source: Path | str | bytes, limits: Limits) -> bytes:
    if isinstance(source, bytes):
        check_size(len(source), limits)
        return source
    path = Path(source)
    try:
        check_size(path.stat().st_size, limits)
        return path.read_bytes()
    except OSError as fault:
        raise CellRefused(
            "no_file", _("The file cannot be opened: %(why)s."), why=fault.strerror or "?"
        ) from fault
    except ValueError as fault:
        raise CellRefused("no_file", _("The file cannot be opened: %(why)s."), why="?") from fault


def _choose(
    sources: Iterable[SheetSource], catalogue: Catalogue, report: Report, language: str
) -> tuple[Sheet, Header]:
    """The first sheet with a header; the other filled ones are named in warnings."""
    fallback: tuple[Sheet, Header] | None = None
    chosen: tuple[Sheet, Header] | None = None
    others: list[str] = []
    for source in sources:
        if chosen is None and not source.hidden:
            sheet = source.load()
            header = find_header(sheet, catalogue, language)
            if header is None:
                continue
            if header.recognised:
                chosen = sheet, header
                continue
            fallback = fallback or (sheet, header)
            others.append(source.name)
        elif source.filled():
            others.append(source.name)
    found = chosen or fallback
    if found is None:
        raise CellRefused("empty", _("The file is empty."))
    _warn_of_others([one for one in others if one != found[0].name], report)
    return found


def _warn_of_others(names: list[str], report: Report) -> None:
    own = {
        cell_key(words().shown[sheet][language])
        for sheet in ("guide_sheet", "lists_sheet")
        for language in ("zh", "en")
    }
    for name in names:
        if cell_key(name) not in own:
            report.warn(
                CellRefused("other_sheet", _("This sheet is not read; one sheet a file is.")),
                sheet=name,
            )


class _Reader:
    """Reads one sheet below its header."""

    def __init__(
        self,
        sheet: Sheet,
        header: Header,
        report: Report,
        catalogue: Catalogue,
        language: str,
        progress: Progress,
        readers: Readers,
    ) -> None:
        self.sheet, self.header, self.report, self.catalogue = sheet, header, report, catalogue
        self.language, self.progress, self.readers = language, progress, readers
        report.place = Place(report.place.file, sheet.name)
        self.rows: list[int] = []
        self.raw: list[Sequence[Any]] = []
        self.position: dict[int, int] = {}
        self.unused: set[str] = set()

    def read(self, *, strict: bool, code_is_enough: bool) -> Reading:
        check_header(
            self.sheet,
            self.header,
            self.report,
            self.catalogue,
            language=self.language,
            code_is_enough=code_is_enough,
            strict=strict,
        )
        self._check_judged(strict=strict)
        self._warn_of_titles()
        if not (self.header.having("name") or self.header.having("code")):
            self.report.stop()
        check_blank_headings(self.sheet, self.header, self.report, strict=strict)
        subjects, codes = self._subjects()
        table = self._table(subjects, codes)
        self._check_agreement(table)
        self.report.stop()
        numbers = [self.sheet.row_number(row) for row in self.rows]
        return Reading(
            table,
            self.report.all_warnings(),
            self.report.place,
            numbers,
            [one.column for one in self.header.having("fact") if one.column],
            _doubled(subjects, numbers),
            _doubled(codes or [], numbers),
        )

    def _check_judged(self, *, strict: bool) -> None:
        """Note the columns of judgements that nobody will use."""
        note = self.report.refuse if strict else self.report.warn
        row = self.sheet.row_number(self.header.row) if self.sheet.lettered else 0
        for heading, refused in self.readers.faults(self.header.having("judged")):
            self.unused.add(heading.judged)
            note(refused, row=row, **heading.place)

    def _warn_of_titles(self) -> None:
        skipped = [
            row for row in range(self.header.row) if not all(map(is_blank, self.sheet.rows[row]))
        ]
        if skipped:
            self.report.warn(
                CellRefused(
                    "title_rows",
                    _(
                        "The headings were found in row %(row)s; what stands above is taken for a title and not read."
                    ),
                    row=self.sheet.row_number(self.header.row),
                )
            )

    def _subjects(self) -> tuple[list[str], list[str | None] | None]:
        """Names and codes of all rows that hold anything; `rows` and `raw` are set to these rows."""
        name = next(iter(self.header.having("name")), None)
        code = next(iter(self.header.having("code")), None)
        self._keep((name or code).index)  # type: ignore[union-attr]
        codes = self._all(code, read_code) if code else None
        names = self._all(name, read_name) if name else [one or "" for one in codes or ()]
        missing = name or code
        for place, text in enumerate(names):
            if name and is_no_space(text):
                self._refuse(name, place, no_space(text))
            if not text and missing is not None and is_blank(self.raw[missing.index][place]):
                self._refuse(
                    missing,
                    place,
                    CellRefused(
                        "no_name",
                        _(
                            "The row holds figures, but no name. Write the name of the space, or empty the row."
                        ),
                    ),
                )
        if not self.rows:
            self.report.refuse(
                CellRefused(
                    "no_rows", _("There is a header, but no row below it. Write one space a row.")
                ),
                row=self.sheet.row_number(self.header.row),
            )
        return names, codes

    def _keep(self, subject: int) -> None:
        """Turn the rows below the header into columns, without those that are blank all over."""
        begin, cells = self.header.row + 1, self.sheet.rows
        self.sheet.rows = ()
        self.raw = columns_of(cells[begin:]) or [()] * len(self.header.headings)
        nameless = [place for place, cell in enumerate(self.raw[subject]) if is_blank(cell)]
        passed = {one.index for one in self.header.having("passed_over")}
        told = [column for index, column in enumerate(self.raw) if index not in passed]
        empty = {place for place in nameless if all(is_blank(column[place]) for column in told)}
        if empty:
            kept = [place not in empty for place in range(len(self.raw[subject]))]
            self.raw = [list(compress(column, kept)) for column in self.raw]
        self.rows = [row for row in range(begin, len(cells)) if row - begin not in empty]
        self.position = (
            dict(zip(self.rows, range(len(self.rows)), strict=True)) if self.sheet.marks else {}
        )

    def _all(self, heading: Heading, read_one: Callable[[Any], Any]) -> list[Any]:
        """The subjects' column, each cell read by `read_one`."""
        marks, found = self._raw(heading).mark_at(), []
        if read_one is read_name and not marks and all_plain(self.raw[heading.index]):
            return [cell.strip(BLANKS) for cell in self.raw[heading.index]]
        for place, cell in enumerate(self.raw[heading.index]):
            try:
                found.append(judged.state_checked(cell, marks.get(place), read_one))
            except Refused as refused:
                self._refuse(heading, place, refused)
                found.append("")
        return found

    def _raw(self, heading: Heading) -> columns.RawColumn:
        marks: dict[Mark, list[int]] = {}
        for mark, rows in self.sheet.marks.get(heading.index, {}).items():
            places = [self.position[row] for row in rows if row in self.position]
            if places:
                marks[mark] = places
        return columns.RawColumn(self.raw[heading.index], marks)

    def _table(self, subjects: list[str], codes: list[str | None] | None) -> Table:
        found: dict[str, Sequence[Value | None]] = {}
        judgements: dict[str, Sequence[bool | None]] = {}
        points: dict[str, Sequence[Value | None]] = {}
        headings = [one for one in self.header.headings if one.role in ("fact", "judged")]
        for done, heading in enumerate(headings):
            self.progress(done, len(headings))
            raw, refuse = self._raw(heading), partial(self._refuse, heading)
            if heading.column is None:
                met, given = judged.read_judged(raw, refuse)
                if met is not None and heading.judged not in self.unused:
                    judgements[heading.judged] = met
                if given is not None:
                    points[heading.judged] = given
                continue
            read_column = (
                columns.read_at_once if len(subjects) >= columns.MANY else columns.read_singly
            )
            reader = CellReader(heading.column.fact, heading.times, self.language)
            warn = partial(self._warn, heading)
            found[heading.column.name] = read_column(raw, reader, refuse, warn)
        self.progress(len(headings), len(headings))
        return Table(subjects, found, judgements, points, codes)

    def _check_agreement(self, table: Table) -> None:
        headings = {one.column.name: one for one in self.header.having("fact") if one.column}
        check_agreement(
            table.columns,
            len(table),
            self.catalogue,
            self.language,
            lambda row, name, refused: self._refuse(
                headings.get(name, self.header.headings[0]), row, refused
            ),
            at_once=len(table) >= columns.MANY,
        )

    def _refuse(self, heading: Heading, place: int, refused: Refused) -> None:
        self.report.refuse(refused, row=self.sheet.row_number(self.rows[place]), **heading.place)

    def _warn(self, heading: Heading, place: int, refused: Refused) -> None:
        self.report.warn(refused, row=self.sheet.row_number(self.rows[place]), **heading.place)


def _doubled(texts: Sequence[str | None], numbers: Sequence[int]) -> list[tuple[str, list[int]]]:
    """Texts that stand in several rows, with the row numbers."""
    if len(set(texts)) == len(texts):
        return []
    rows: dict[str, list[int]] = {}
    for text, number in zip(texts, numbers, strict=True):
        if text:
            rows.setdefault(text, []).append(number)
    return [(text, many) for text, many in rows.items() if len(many) > 1]
