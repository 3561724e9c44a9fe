"""A ledger as a file, line by line."""

from django.utils.translation import gettext as _

from zhongchuang.tables.writing import OutSheet, write


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
    return (
        value
        if value is None
        or isinstance(value, int | float)
        or hasattr(value, "isoformat")
        or hasattr(value, "as_tuple")
        else str(value)
    )
