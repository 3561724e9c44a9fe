"""A register as a workbook, in the columns of its file, so that it reads back; what persons got is left out."""

from django.utils.translation import gettext as _

from zhongchuang.imports.declaration import kind_of
from zhongchuang.imports.reading import tongue
from zhongchuang.imports.workbooks import cells_of
from zhongchuang.tables.writing import XLSX, OutSheet, write


def register_file(found, kind, name):
    """One sheet: the columns of the file, and beside them region, operator and who keeps the row."""
    columns = kind_of(f"past_{kind}").columns
    header = [*(one.heading(tongue()) for one in columns), _("Name of the space"), _("Operator"), _("Region"), _("Recorded by")]  # fmt: skip
    rows = (
        [*cells_of(columns, values(one, columns)), one.space.name, one.operator.name, one.space.region.full_name, one.department.name]
        for one in found.select_related("space__region", "operator", "department").iterator()
    )  # fmt: skip
    return write([OutSheet(name[:31], header, rows)], XLSX)


def values(record, columns):
    own = {one.name: getattr(record, one.name, None) for one in columns}
    own["pack"] = record.pack if record.rules else None
    own |= {"space": record.space.code, "credit_code": record.operator.credit_code}
    if own.get("score") is not None:
        own["score"] = f"{own['score'].normalize():f}"
    return own
