"""Writes tables as .csv and .xlsx: the one writer of the product, so that no text is ever taken for a formula.

Texts are typed as text in .xlsx and escaped with an apostrophe in .csv; numbers stay numbers; what a float cannot hold
exactly is written as text. Reading gives the same values back.
"""

import csv
import io
import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from itertools import chain
from typing import Any, BinaryIO

from zhongchuang.policy.facts import Catalogue, Column, Value, space_catalogue
from zhongchuang.policy.quantity import Exact, decimal_places, exact, unit_of, write_number
from zhongchuang.policy.table import Table

from .delimited import escaped
from .words import words

CSV, XLSX, JSON = "csv", "xlsx", "json"
LARGE = 50_000
"""Cells from which a workbook is written row by row to disk, not kept in memory."""

LONGEST_TEXT = 32_767
"""Characters that a cell of a workbook holds."""

FIRST_YEAR = 1901
"""From then on a workbook counts days as the calendar does; earlier ones are text."""

LONGEST_TAB, NOT_ON_A_TAB = 31, re.compile(r"[\x00-\x1f\[\]:*?/\\]")
"""Units of UTF-16 that the tab of a sheet holds, and signs that it may not have."""

LONGEST_LIST, LONGEST_NOTE = 255, 2000
"""Characters of a list inside a cell's rule, and of a note."""

PLAIN, SHARE = "#,##0.##########", "0.##########%"


@dataclass(frozen=True, slots=True)
class Share:
    """An amount in percent, shown with its sign."""

    amount: Exact


@dataclass(slots=True)
class OutSheet:
    """A sheet to write: rows of None, texts, numbers, shares, days. `widths` in characters.

    `choices` are lists to choose from by column, `texts` columns that stay text whatever is typed, `comments` are notes on cells, which
    are marked red, by row and column; the header is row 0. `prepared` rows below the header have the choices.
    """

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[Any]]
    widths: Sequence[int] = field(default_factory=tuple)
    choices: Mapping[int, Sequence[str]] = field(default_factory=dict)
    texts: frozenset[int] = frozenset()
    comments: Mapping[tuple[int, int], str] = field(default_factory=dict)
    prepared: int = 0


def write(sheets: Sequence[OutSheet], kind: str, *, created: datetime | None = None) -> bytes:
    """The sheets as one file; .csv and .json have one sheet only. With a moment `created` given, equal sheets are equal bytes."""
    out = io.BytesIO()
    if kind in (CSV, JSON):
        (sheet,) = sheets
        (_write_csv if kind == CSV else _write_json)(sheet, out)
    else:
        _write_xlsx(sheets, out, created)
    return out.getvalue()


def _write_csv(sheet: OutSheet, out: BinaryIO) -> None:
    """UTF-8 with its mark, which Excel needs to see Chinese."""
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", errors="replace")
    rows = csv.writer(text, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    for row in chain([sheet.header], sheet.rows):
        rows.writerow([_csv_cell(cell) for cell in row])
    text.detach()


def _csv_cell(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return escaped(cell.replace("\x00", ""))
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, Share):
        return f"{write_number(exact(cell.amount))}%"
    return write_number(exact(cell))


def _write_json(sheet: OutSheet, out: BinaryIO) -> None:
    """A list of objects; what a float does not write exactly is text, and what is unknown is null."""
    out.write(b"[")
    for number, row in enumerate(sheet.rows):
        one = dict(zip(sheet.header, map(_json_cell, row), strict=True))
        line = json.dumps(one, ensure_ascii=False).encode("utf-8", "replace")
        out.write((b",\n" if number else b"\n") + line)
    out.write(b"\n]\n")


def _json_cell(cell: Any) -> Any:
    if cell is None or isinstance(cell, str):
        return cell
    if isinstance(cell, date | Share):
        return _csv_cell(cell)
    amount = exact(cell)
    if amount.denominator == 1:
        return int(amount)
    return float(amount) if _is_float(amount) else write_number(amount)


def _write_xlsx(sheets: Sequence[OutSheet], out: BinaryIO, created: datetime | None) -> None:
    import xlsxwriter  # type: ignore[import-untyped]  # noqa: PLC0415 -- slow import

    lengths = [len(sheet.rows) if isinstance(sheet.rows, Sequence) else LARGE for sheet in sheets]
    large = (
        sum(length * len(sheet.header) for length, sheet in zip(lengths, sheets, strict=True))
        >= LARGE
    )
    book = xlsxwriter.Workbook(
        out,
        {
            "constant_memory": large,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    if created is not None:
        book.set_properties({"created": created})
    styles = {
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
        "plain": book.add_format({"num_format": PLAIN}),
        "share": book.add_format({"num_format": SHARE}),
        "day": book.add_format({"num_format": "yyyy-mm-dd"}),
        "text": book.add_format({"num_format": "@"}),
        "wrong": book.add_format({"bg_color": "#FFC7CE", "font_color": "#9C0006", "border": 1}),
    }
    for sheet in sheets:
        _write_sheet(book.add_worksheet(_sheet_name(sheet.name)), sheet, styles)
    book.close()


def _sheet_name(name: str) -> str:
    """As much of a name as the tab of a sheet holds, without the signs that it may not have."""
    allowed = NOT_ON_A_TAB.sub("_", _clean(name)).encode("utf-16-le")[: 2 * LONGEST_TAB]
    return allowed.decode("utf-16-le", "ignore").strip("'")


def _write_sheet(page: Any, sheet: OutSheet, styles: dict[str, Any]) -> None:
    page.freeze_panes(1, 1)
    for column, text in enumerate(sheet.header):
        page.set_column(
            column,
            column,
            sheet.widths[column] if column < len(sheet.widths) else min(40, max(10, 2 * len(text))),
            styles["text"] if column in sheet.texts else None,
        )
        page.write_string(0, column, text[:LONGEST_TEXT], styles["head"])
    for row, cells in enumerate(sheet.rows, 1):
        for column, cell in enumerate(cells):
            if (row, column) not in sheet.comments:
                _write_cell(page, row, column, cell, styles)
            else:
                _write_wrong(page, row, column, cell, styles)
    _write_rules(page, sheet)


def _write_rules(page: Any, sheet: OutSheet) -> None:
    """The lists to choose from, and the notes on marked cells."""
    for column, choices in sheet.choices.items():
        if len(",".join(choices)) <= LONGEST_LIST and not any("," in one for one in choices):
            rule = {"validate": "list", "source": list(choices)}
            page.data_validation(1, column, sheet.prepared, column, rule)
    for (row, column), text in sheet.comments.items():
        page.write_comment(row, column, text[:LONGEST_NOTE], {"x_scale": 2.5, "y_scale": 1.2})


def _write_wrong(page: Any, row: int, column: int, cell: Any, styles: dict[str, Any]) -> None:
    """A marked cell as it stands in the file that was read."""
    if isinstance(cell, int | float) and not isinstance(cell, bool) and math.isfinite(cell):
        page.write_number(row, column, cell, styles["wrong"])
    elif cell is None or cell == "":
        page.write_blank(row, column, None, styles["wrong"])
    else:
        text = cell.isoformat() if isinstance(cell, date) else str(cell)
        page.write_string(row, column, _clean(text)[:LONGEST_TEXT], styles["wrong"])


def _write_cell(page: Any, row: int, column: int, cell: Any, styles: dict[str, Any]) -> None:
    """A text as text, an amount as number where a float writes it exactly, else as text with its digits."""
    if cell is None:
        return
    if isinstance(cell, str):
        page.write_string(row, column, _clean(cell)[:LONGEST_TEXT])
        return
    if isinstance(cell, date):
        if cell.year < FIRST_YEAR:
            page.write_string(row, column, cell.isoformat())
        else:
            page.write_datetime(row, column, cell, styles["day"])
        return
    share = isinstance(cell, Share)
    amount = exact(cell.amount) if share else exact(cell)
    stored = Fraction(amount, 100) if share else amount
    if _is_float(stored):
        page.write_number(row, column, float(stored), styles["share" if share else "plain"])
    else:
        page.write_string(
            row, column, f"{write_number(amount)}%" if share else write_number(amount)
        )


def _clean(text: str) -> str:
    """Without what the format cannot hold: halves of surrogate pairs."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _is_float(amount: Exact) -> bool:
    """Whether the shortest text of the nearest float is this amount, in digits that every program keeps."""
    if not -(10**15) < amount < 10**15:
        return False
    if amount.denominator == 1:
        return True
    return decimal_places(amount) is not None and Fraction(Decimal(repr(float(amount)))) == amount


def export(
    table: Table,
    kind: str,
    *,
    language: str = "zh",
    names: bool = False,
    catalogue: Catalogue | None = None,
    created: datetime | None = None,
) -> bytes:
    """A table as a file that reads back to the same table; headed by labels, or by fact `names`."""
    catalogue = catalogue or space_catalogue()
    facts = [catalogue.columns[name] for name in table.columns]
    shown = words().shown
    tongue = "zh" if language.startswith("zh") else "en"
    header = ["name" if names else shown["name"][tongue]]
    columns: list[Sequence[Any]] = [table.subjects]
    if table.codes is not None:
        header.append("code" if names else shown["code"][tongue])
        columns.append(table.codes)
    for fact in facts:
        header.append(fact.name if names else heading(catalogue, fact, language))
        columns.append([cell_of(value, fact, tongue) for value in table.columns[fact.name]])
    for id_ in dict.fromkeys((*table.judgements, *table.points)):
        header.append(f"judged.{id_}")
        columns.append(
            [
                point if met is None else shown["yes" if met else "no"][tongue]
                for met, point in zip(
                    table.judgements.get(id_, [None] * len(table)),
                    table.points.get(id_, [None] * len(table)),
                    strict=True,
                )
            ]
        )
    return write(
        [OutSheet(shown["form_sheet"][tongue], header, list(zip(*columns, strict=True)))],
        kind,
        created=created,
    )


def heading(catalogue: Catalogue, column: Column, language: str) -> str:
    """The label of a column with its unit, as the reader understands it."""
    label = catalogue.labelled(column, language)
    if not column.unit:
        return label
    unit = unit_of(column.unit)
    return f"{label}（{unit.zh}）" if language.startswith("zh") else f"{label} ({unit.en})"


def cell_of(value: Value | None, column: Column, language: str) -> Any:
    """A value as it is written into a cell."""
    shown = words().shown
    if value is None:
        return None
    if isinstance(value, bool):
        return shown["yes" if value else "no"][language]
    if isinstance(value, frozenset):
        return "; ".join(sorted(value)) if value else shown["empty_list"][language]
    if isinstance(value, str):
        label = column.fact.choices.get(value)
        return label[language] if label else value
    return Share(value) if column.unit == "%" else value
