"""The register as a workbook, in the columns of its file, so that it reads back."""

from django.utils.translation import gettext as _

from zhongchuang.imports.declaration import kind_of
from zhongchuang.imports.reading import tongue
from zhongchuang.imports.workbooks import cells_of
from zhongchuang.tables.writing import XLSX, OutSheet, write


def register_file(found, name):
    """One sheet: the columns of the file, and beside them names, state and who keeps the row."""
    columns = kind_of("credit_records").columns
    header = [*(one.heading(tongue()) for one in columns), _("Operator"), _("Name of the space"), _("Region"), _("State"), _("Ended on"), _("Reason of the end"), _("Department that entered it")]  # fmt: skip
    rows = (
        [*cells_of(columns, values(one)), one.operator.name, one.space.name if one.space else "", one.operator.region.full_name, str(one.get_state_display()), one.ended, one.end_reason, one.department.name]
        for one in found.select_related("space", "operator__region", "department").iterator()
    )  # fmt: skip
    return write([OutSheet(name[:31], header, rows)], XLSX)


def values(one):
    return {
        "credit_code": one.operator.credit_code, "space": one.space.code if one.space else None, "matter": one.matter,
        "basis": one.basis, "words": one.words, "day": one.day, "last_day": one.last_day, "number": one.number or None,
    }  # fmt: skip
