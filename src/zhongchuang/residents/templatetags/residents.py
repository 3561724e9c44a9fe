"""Marks for the pages of residents."""

from django import template

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
