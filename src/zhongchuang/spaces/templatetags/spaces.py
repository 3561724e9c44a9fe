"""Marks for the pages of the register."""

from django import template

from zhongchuang.spaces.words import HIDDEN, amount, shown

register = template.Library()


@register.filter
def particulars(row):
    """Labels and values of a dated row; what is not known, or stands in its heading already, is left out."""
    names = [column for column in row.entered() if column.name not in HIDDEN]
    pairs = [(column.verbose_name, shown(row, column.name)) for column in names]
    return [(label, value) for label, value in pairs if value and value != str(row)]


@register.filter
def quantity(value):
    """A figure of the line of the register; a dash where it is unknown."""
    return "–" if value is None else amount(value)


@register.filter
def with_earlier(photographs):
    """Each photograph with the series of the one before it; empty for the first."""
    earlier = ["", *(photograph.series for photograph in photographs)]
    return list(zip(photographs, earlier, strict=False))
