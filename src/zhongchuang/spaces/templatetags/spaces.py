"""How values of the register are shown: choices as words, amounts with their unit, what is missing as unknown."""

from decimal import Decimal

from django import template
from django.db import models
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhongchuang.spaces.models import Host

register = template.Library()

UNITS = {
    "floor_area": "m²", "public_area": "m²", "desk_area": "m²", "area": "m²",
    "value": gettext_lazy("yuan"), "yearly_rent": gettext_lazy("yuan"),
}  # fmt: skip


def amount(value):
    """A number with thousands, and without zeros that say nothing."""
    text = f"{value:,.2f}" if isinstance(value, Decimal) else f"{value:,}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def shown(row, name):
    """The value of a field in words; empty where it is unknown."""
    column, value = row._meta.get_field(name), getattr(row, name)
    if name == "platforms":
        return platforms(value)
    if value in {None, ""}:
        return ""
    if column.choices:
        return getattr(row, f"get_{name}_display")()
    if isinstance(column, models.DateField):
        return formats.date_format(value)
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return f"{amount(value)} {UNITS.get(name, '')}".strip()
    return str(value)


def platforms(value):
    if value is None:
        return ""
    words = dict(Host.Level.choices)
    return "; ".join(
        f"{kind} ({words[level]})" for kind, level in (one.split("@") for one in value)
    ) or _("none")


@register.filter
def particulars(row):
    """Labels and values of a dated row, what is not known left out."""
    skipped = {"site", "x", "y", "turned", "evidence"}
    pairs = [
        (column.verbose_name, shown(row, column.name))
        for column in row.entered()
        if column.name not in skipped
    ]
    return [(label, value) for label, value in pairs if value]


@register.filter
def quantity(value):
    """A figure of the line of the register; a dash where it is unknown."""
    return "–" if value is None else amount(value)
