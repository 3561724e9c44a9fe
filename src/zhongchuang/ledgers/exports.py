"""A ledger as a file, line by line."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from zhongchuang.imports.reading import tongue
from zhongchuang.imports.workbooks import cells_of
from zhongchuang.ledgers.importable import sheet_of
from zhongchuang.tables.writing import OutSheet, write

AS_THEY_ARE = (int, float, Decimal, date)


def ledger_file(ledger, lines, kind):
    """The lines in a file of the kind, the newest first; with the columns of its import where it has one."""
    sheet = sheet_of(ledger)
    if sheet is None:
        return write([listed(ledger, lines)], kind)
    names = {one.name for one in sheet.columns}
    more = [one for one in ledger.columns if one.value and one.name not in names]
    header = [
        *(one.heading(tongue()) for one in sheet.columns),
        *(str(one.label) for one in more),
    ]
    rows = (
        [*cells_of(sheet.columns, sheet.row_of(line)), *(cell(one.of(line)) for one in more)]
        for line in lines.iterator(1000)
    )
    return write([OutSheet(str(ledger.title)[:31], header, rows)], kind)


def listed(ledger, lines):
    """The lines with the columns of the list."""
    header = [_("Day"), *(str(column.label) for column in ledger.columns), _("Struck out")]
    rows = (
        [line.day, *map(cell, (c.of(line) for c in ledger.columns)), line.struck_reason or None]
        for line in lines.iterator(1000)
    )
    return OutSheet(str(ledger.title)[:31], header, rows)


def cell(value):
    """What a cell holds: a number or a day as it is, everything else as text."""
    return value if value is None or isinstance(value, AS_THEY_ARE) else str(value)
