"""Reads the header of a sheet: which column holds which fact, in which unit; where the header stands."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from zhongchuang.policy.errors import _
from zhongchuang.policy.facts import Catalogue, Column
from zhongchuang.policy.quantity import allowed_words, unit_of

from .cells import is_blank
from .problems import CellRefused, Report, quoted
from .sheets import Cell, Sheet, letters
from .words import BLANKS, cell_key, header_key, words

JUDGED = "judged."
NOT_READ = ("unknown", "blank", "passed_over")
SEARCHED_ROWS = 10
"""Rows at the top among which the header is looked for, below title rows."""

_GROUP = re.compile(r"\(([^()]*)\)$")
_LIST = re.compile("[,;\u3001\u00b7]")


@dataclass(frozen=True, slots=True)
class Heading:
    """One column of the file. `role` is name, code, fact, judged, passed_over, unknown or blank."""

    index: int
    letter: str
    text: str
    role: str
    column: Column | None = None
    times: int = 1
    judged: str = ""

    @property
    def place(self) -> dict[str, str]:
        """The part of a place that names this column."""
        return {"column": self.letter, "header": self.text}


@dataclass(slots=True)
class Header:
    """The header of a sheet: the row index at which it stands, and its columns."""

    row: int
    headings: list[Heading]
    refused: list[tuple[CellRefused, Heading]] = field(default_factory=list)

    def having(self, role: str) -> list[Heading]:
        """The columns of one role."""
        return [one for one in self.headings if one.role == role]

    @property
    def recognised(self) -> bool:
        """Whether this is a header at all: it names the subject, or a fact."""
        return bool(self.refused) or any(one.role not in NOT_READ for one in self.headings)


def find_header(sheet: Sheet, catalogue: Catalogue, language: str = "zh") -> Header | None:
    """The first row of headings; rows above it may hold one cell each, as titles do."""
    first, alone = None, None
    for index in range(min(len(sheet.rows), SEARCHED_ROWS)):
        row = sheet.rows[index]
        filled = sum(not is_blank(cell) for cell in row)
        if not filled:
            continue
        header = read_header(index, row, sheet, catalogue, language)
        first = first or header
        if filled > 1:
            return header if header.recognised else alone or first
        if header.recognised:
            alone = alone or header
    return alone or first


def read_header(
    index: int, row: Sequence[Cell], sheet: Sheet, catalogue: Catalogue, language: str
) -> Header:
    """What each cell of a row means as a heading."""
    header = Header(index, [])
    for place, cell in enumerate(row):
        text = "" if is_blank(cell) else str(cell).strip(BLANKS)
        plain = Heading(
            place, sheet.column_letter(place), quoted(text), "unknown" if text else "blank"
        )
        try:
            header.headings.append(_recognise(plain, text, catalogue, language) if text else plain)
        except CellRefused as refused:
            header.headings.append(plain)
            header.refused.append((refused, plain))
    return _one_name(header)


def _one_name(header: Header) -> Header:
    """Names of firms or units stand for the space only where no column has the name of the space itself."""
    role = "unknown" if header.having("name") else "name"
    header.headings = [
        replace(one, role=role) if one.role == "other_name" else one for one in header.headings
    ]
    return header


def _recognise(plain: Heading, text: str, catalogue: Catalogue, language: str) -> Heading:
    """The heading with its role; refused where a fact is named in a unit that does not count it."""
    key = header_key(text).strip(words().required_marks).strip()
    if key in words().roles:
        return replace(plain, role=words().roles[key])
    if key.startswith(JUDGED):
        return replace(plain, role="judged", judged=cell_key(text)[len(JUDGED) :].strip())
    base, groups = _groups(key)
    column = catalogue.find(key)
    if column:
        return replace(plain, role="fact", column=column)
    return _with_groups(plain, base, groups, catalogue, language)


def heading_parts(text: str) -> tuple[str, list[str]]:
    """A heading as word lists have it, without any blanks, and what stands in brackets behind it."""
    base, groups = _groups(header_key(text).strip(words().required_marks).strip())
    return "".join(base.split()), groups


def _groups(key: str) -> tuple[str, list[str]]:
    """The label, and what stands in brackets behind it: time kinds and units."""
    groups: list[str] = []
    while match := _GROUP.search(key):
        groups = [part for part in _LIST.split(match[1]) if part] + groups
        key = key[: match.start()].strip()
    return key, groups


def _with_groups(
    plain: Heading, base: str, groups: list[str], catalogue: Catalogue, language: str
) -> Heading:
    kinds = [words().kinds[group] for group in groups if group in words().kinds]
    units = [group for group in groups if group not in words().kinds]
    column = catalogue.find(base)
    if column is None or len(kinds) > 1 or len(units) > 1:
        return plain
    if kinds:
        column = catalogue.find(f"{column.fact.name}.{kinds[0]}")
        if column is None:
            raise CellRefused(
                "no_such_kind",
                _(
                    "This figure is not counted so (%(found)s). Delete the words in brackets, or use one of: %(allowed)s."
                ),
                found=groups[0],
                allowed=", ".join(catalogue.facts[_name(base, catalogue)].columns()),
            )
    return replace(plain, role="fact", column=column, times=_times(units, column, language))


def _name(base: str, catalogue: Catalogue) -> str:
    column = catalogue.find(base)
    return column.fact.name if column else ""


def _times(units: list[str], column: Column, language: str) -> int:
    """How many units of the catalogue one unit of the header is."""
    if not units:
        return 1
    word = units[0]
    for prefix in words().unit_prefixes:
        word = word.removeprefix(prefix).strip()
    known = unit_of(column.unit).words if column.unit else {}
    if word in known:
        return known[word]
    raise CellRefused(
        "header_unit",
        _(
            "The header gives the unit “%(found)s”; this figure is counted in %(unit)s. Allowed: %(allowed)s."
        ),
        found=word,
        unit=unit_of(column.unit).name(language) if column.unit else "–",
        allowed=allowed_words(column.unit, language) if column.unit else "–",
    )


def check_header(
    sheet: Sheet,
    header: Header,
    report: Report,
    catalogue: Catalogue,
    *,
    language: str,
    code_is_enough: bool,
    strict: bool,
) -> None:
    """Note what is wrong with a header: doubled and unknown columns, no subject, merged cells."""
    row = sheet.row_number(header.row) if sheet.lettered else 0
    for refused, heading in header.refused:
        report.refuse(refused, row=row, **heading.place)
    _check_merged(sheet, header, report)
    _check_doubled(header, report, row)
    subjects = header.having("name") or (header.having("code") if code_is_enough else [])
    if not subjects:
        report.refuse(_no_subject(header), row=row)
    for heading in header.having("unknown"):
        if not any(heading is one for _refused, one in header.refused):
            note = report.refuse if strict else report.warn
            near = ", ".join(catalogue.nearest(header_key(heading.text), language))
            note(
                CellRefused(
                    "unknown_column",
                    _("“%(found)s” is no fact; the column is not read. Nearest: %(near)s."),
                    found=heading.text,
                    near=near,
                ),
                row=row,
                **heading.place,
            )


def _no_subject(header: Header) -> CellRefused:
    found = ", ".join(one.text for one in header.headings[:20] if one.text)
    return CellRefused(
        "no_subject",
        _("No column names the subject. Head one column “name” or %(name)s. Found: %(headers)s."),
        name=words().shown["name"]["zh"],
        headers=found or "–",
    )


def _check_doubled(header: Header, report: Report, row: int) -> None:
    seen: dict[str, Heading] = {}
    for heading in header.headings:
        key = {
            "fact": heading.column.name if heading.column else "",
            "judged": JUDGED + heading.judged,
        }.get(heading.role, heading.role)
        if heading.role in NOT_READ:
            continue
        before = seen.setdefault(key, heading)
        if before is not heading:
            report.refuse(
                CellRefused(
                    "doubled_column",
                    _("Columns %(first)s and %(second)s both give %(fact)s. Delete one of them."),
                    first=_called(before),
                    second=_called(heading),
                    fact=key,
                ),
                row=row,
                **heading.place,
            )


def _called(heading: Heading) -> str:
    return f"{heading.letter} ({heading.text})" if heading.letter else heading.text


def _check_merged(sheet: Sheet, header: Header, report: Report) -> None:
    """Merged cells keep their value in one corner, so the others would read as unknown."""
    read = {one.index for one in header.headings if one.role not in NOT_READ}
    for top, left, bottom, right in sheet.merged:
        touched = [column for column in range(left, min(right, 400) + 1) if column in read]
        if bottom < header.row or not touched:
            continue
        where = f"{letters(left)}{top + 1}:{letters(right)}{bottom + 1}"
        message = (
            _(
                "The cells %(range)s of the header are merged. Unmerge them, and write one heading a column in one row."
            )
            if top <= header.row
            else _(
                "The cells %(range)s are merged. Unmerge them, and write the value into each cell."
            )
        )
        heading = header.headings[touched[0]]
        report.refuse(
            CellRefused("merged", message, range=where),
            row=sheet.row_number(max(top, header.row)),
            **heading.place,
        )


def check_blank_headings(sheet: Sheet, header: Header, report: Report, *, strict: bool) -> None:
    """Note columns without a heading that hold something below it; in a text table the row is torn there."""
    last = max((one.index for one in header.headings if one.text), default=-1)
    for heading in header.having("blank"):
        row = next(_filled_below(sheet, header, heading.index), None)
        if row is None:
            continue
        found, place = (
            sheet.rows[row][heading.index],
            {"row": sheet.row_number(row), **heading.place},
        )
        if sheet.text and heading.index > last:
            report.refuse(
                CellRefused(
                    "long_row",
                    _(
                        "The row has more cells than the header; the last is “%(found)s”. Put quotation marks around cells that hold the separator, such as “1,200”."
                    ),
                    found=found,
                ),
                **place,
            )
            continue
        note = report.refuse if strict else report.warn
        note(
            CellRefused(
                "no_heading",
                _(
                    "The column has no heading, but holds “%(found)s”; it is not read. Give it a heading, or delete it."
                ),
                found=found,
            ),
            **place,
        )


def _filled_below(sheet: Sheet, header: Header, column: int) -> Iterator[int]:
    return (
        row
        for row in range(header.row + 1, len(sheet.rows))
        if not is_blank(sheet.rows[row][column])
    )
