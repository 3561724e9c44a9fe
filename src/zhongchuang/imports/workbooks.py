"""The workbooks of an import: the template to fill in, and the file with its faulty cells marked."""

from decimal import Decimal

from django.utils.translation import gettext as _

from zhongchuang.imports.reading import tongue
from zhongchuang.policy.quantity import COUNTED, example
from zhongchuang.tables.sheets import Mark
from zhongchuang.tables.words import words
from zhongchuang.tables.writing import XLSX, OutSheet, write

PREPARED = 1000
"""Rows below the headings that offer the lists to choose from."""


def shown(name):
    return words().shown[name][tongue()]


def choices_of(column):
    """What may be chosen in the cells of a column; empty where anything may be written."""
    if column.type == "yes_no":
        return [shown("yes"), shown("no")]
    if column.type == "choice":
        return [label[tongue()] for label in column.choice_words.values()]
    return []


def template(kind):
    """An empty workbook with the headings, lists to choose from, and a sheet that explains each column."""
    header = [one.heading(tongue()) for one in kind.columns]
    choices = {place: choices_of(one) for place, one in enumerate(kind.columns) if choices_of(one)}
    texts = frozenset(p for p, one in enumerate(kind.columns) if one.type in {"text", "code", "region"})  # fmt: skip
    form = OutSheet(
        str(kind.title)[:31], header, (), choices=choices, texts=texts, prepared=PREPARED
    )
    return write([form, guide(kind)], XLSX)


def guide(kind):
    """What each column means, and the stamp by which an old template is known."""
    head = [_("Column"), _("Needed"), _("What it means"), _("Allowed")]
    rows = [[kind.stamp, "", str(kind.about), ""]]
    rows += [
        [one.heading(tongue()), _("needed") if one.required else "", str(one.about), allowed(one)]
        for one in kind.columns
    ]
    return OutSheet(shown("guide_sheet"), head, rows, widths=(34, 10, 60, 70))


def allowed(column):
    """What may stand in the cells of a column, in words."""
    if choices := choices_of(column):
        return " / ".join(choices)
    if column.type == "amount":
        counted = column.unit in COUNTED
        return shown("allowed_count") if counted else shown("allowed_amount") % example(column.unit, tongue())  # fmt: skip
    fixed = {
        "day": _("A day such as 2016-03-01 or 2016.3.1"),
        "code": _("18 characters as on the licence, in a cell of the format Text"),
        "region": shown("allowed_region"),
        "list": shown("allowed_list"),
        "number": shown("allowed_count"),
    }
    text = _("Text of at most %(most)s characters") % {"most": column.longest}
    return fixed.get(column.type, text if column.longest else "")


def marked(grid, problems):
    """The sheet as it was read, its faulty cells red with what is allowed; rows stand where they stood."""
    first = grid.header
    comments = {}
    letters = {letter: place for place, letter in enumerate(grid.letters)}
    for one in problems:
        place = (max(one.place.row - first, 1), letters.get(one.place.column, 0))
        text = one.reason(_)
        comments[place] = f"{comments[place]}\n{text}" if place in comments else text
    name = grid.sheet or _("Rows")
    return write([OutSheet(name[:31], grid.headings, rows_of(grid), comments=comments)], XLSX)


def rows_of(grid):
    """The rows at their distance from the header, blank ones between them."""
    at = {number: place for place, number in enumerate(grid.rows)}
    marks = [
        {place: mark for mark, places in column.items() for place in places}
        for column in grid.marks
    ]
    found = []
    for number in range(grid.header + 1, grid.rows[-1] + 1):
        place = at.get(number)
        found.append(
            [] if place is None else [
                cell_of(cells[place], marks[index].get(place)) for index, cells in enumerate(grid.columns)
            ]
        )  # fmt: skip
    return found


def cell_of(cell, mark):
    """A cell as our writer takes it; what a program shows beside a number is kept as text."""
    if cell is None or cell == "" or isinstance(cell, str):
        return mark.text if mark is not None and mark.kind == "error" else cell or None
    if isinstance(cell, bool):
        return shown("yes" if cell else "no")
    if isinstance(cell, float) and not (abs(cell) < 10**300):
        return str(cell)
    amount = int(cell) if float(cell).is_integer() else repr(cell)
    if mark is not None and mark == Mark("percent", "%"):
        return f"{repr(float(cell) * 100).removesuffix('.0')}%"
    if mark is not None and mark.kind == "unit":
        return f"{amount}{mark.text}"
    return amount if isinstance(amount, int) else Decimal(amount)


def cells_of(columns, values):
    """A row of an export: each value as it is written into a cell, so that it reads back as the same."""
    return [export_cell(column, values.get(column.name)) for column in columns]


def export_cell(column, value):
    if value is None or value == "":
        return None
    if column.type == "choice":
        return column.choice_words[value][tongue()]
    if column.type == "yes_no":
        return shown(value)
    if column.type == "list":
        return "; ".join(value) or shown("empty_list")
    if column.type == "region":
        return value.full_name
    return value
