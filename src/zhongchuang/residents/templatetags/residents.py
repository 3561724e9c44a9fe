"""Marks for the pages of residents."""

from django import template

from zhongchuang.residents.models import MonthReport
from zhongchuang.spaces.words import shown

register = template.Library()
KNOWN = (
    "founded", "registered", "region", "registration", "taxpayer", "industry", "field", "capital", "high_tech",
)  # fmt: skip


@register.filter
def known(resident):
    """Labels and values of what is known; what is not is left out."""
    pairs = [(resident._meta.get_field(name).verbose_name, shown(resident, name)) for name in KNOWN]
    return [(label, value) for label, value in pairs if value]


@register.filter
def beside(one, other):
    """Label and both values of what is known of one of two records or of both."""
    names = ("kind", "credit_code", *KNOWN, "product")
    found = [(one._meta.get_field(n).verbose_name, shown(one, n), shown(other, n)) for n in names]
    return [row for row in found if row[1] or row[2]]


@register.filter
def called(name):
    """The label of a monthly figure."""
    return MonthReport._meta.get_field(name).verbose_name
