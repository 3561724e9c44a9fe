"""Marks for the pages of the ledgers."""

from django import template
from django.utils.translation import get_language

from zhongchuang.ledgers.behind import label_of

register = template.Library()


def tongue():
    return get_language() or "zh"


@register.filter
def cells(line, ledger):
    """Each column of a list with what it says of a line."""
    return [(column, column.told(line)) for column in ledger.columns]


@register.filter
def fact_label(column):
    return label_of(column)


@register.filter
def fact_definition(column):
    return column.fact.definition[tongue()]


@register.filter
def day_of(row):
    """The day of a record, whatever its table calls it."""
    return getattr(row, "day", None) or getattr(row, getattr(row, "DAY", "valid_from"), None)
