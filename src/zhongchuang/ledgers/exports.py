"""A ledger as a file, line by line."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from zhongchuang.tables.writing import OutSheet, write

AS_THEY_ARE = (int, float, Decimal, date)


def ledger_file(ledger, lines, kind):
    """The lines in a file of the kind, the newest first."""
    header = [_("Day"), *(str(column.label) for column in ledger.columns), _("Struck out")]
    rows = (
        [line.day, *map(cell, (c.of(line) for c in ledger.columns)), line.struck_reason or None]
        for line in lines.iterator(1000)
    )
    return write([OutSheet(str(ledger.title)[:31], header, rows)], kind)


def cell(value):
    """What a cell holds: a number or a day as it is, everything else as text."""
    return value if value is None or isinstance(value, AS_THEY_ARE) else str(value)
