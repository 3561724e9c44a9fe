"""The figures of a region as a file: the totals, and beside them each space."""

from django.utils.translation import gettext as _

from zhongchuang.gap.words import label, unit_word
from zhongchuang.records.register import collect
from zhongchuang.tables.writing import OutSheet, write


def totals_file(found, spaces, on, window, kind):
    """Two sheets: a row a figure, a row a space. What is unknown is an empty cell."""
    names = [one.column.name for one in found]
    rows = list(spaces.select_related("region", "operator").order_by("path", "name", "pk"))
    told = collect([space.pk for space in rows], names, on, window).columns
    totals = OutSheet(
        _("Totals"),
        [_("Indicator"), _("Unit"), _("Least"), _("Total"), _("Spaces that tell it"), _("Spaces"), _("Counted once")],
        [
            [label(one.column), unit_word(one.column.unit), cell(one.least), cell(one.value), one.known, len(rows), cell(one.apart) or None]
            for one in found
        ],
    )  # fmt: skip
    each = OutSheet(
        _("Spaces"),
        [_("Space"), _("Region"), _("Operator"), *(label(one.column) for one in found)],
        (
            [space.name, space.region.name, space.operator.name, *(cell(told[name][place]) for name in names)]
            for place, space in enumerate(rows)
        ),
    )  # fmt: skip
    sheets = [totals, each] if kind == "xlsx" else [each]
    return write(sheets, kind)


def cell(value):
    """A figure as a number of a sheet; a fraction that does not end is rounded there as people round."""
    if value is None:
        return None
    return int(value) if value == int(value) else round(float(value), 4)
