"""How values of the register are told: choices as words, amounts with their unit, what is missing as unknown."""

from decimal import Decimal

from django.db import models
from django.utils import formats
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from zhongchuang.policy.facts import space_catalogue
from zhongchuang.sealed.values import Sealed
from zhongchuang.spaces.models import Host

HIDDEN = {"site", "x", "y", "turned", "evidence", "position"}
"""Fields that are keys or places, not words."""

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
    if value is None or value == "":
        return ""
    if column.choices:
        return getattr(row, f"get_{name}_display")()
    if isinstance(column, models.DateField):
        return formats.date_format(value)
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return f"{amount(value)} {UNITS.get(name, '')}".strip()
    return str(value)


def differs(old, new, name):
    """Whether a field says something else; two sealed values may, though both show the same mask."""
    before, after = getattr(old, name), getattr(new, name)
    if isinstance(before, Sealed) and isinstance(after, Sealed):
        return before.differs(after)
    return shown(old, name) != shown(new, name)


def platforms(value):
    """Kinds and levels of innovation platforms in words; an empty list is none, a missing one unknown."""
    if value is None:
        return ""
    levels, kinds = dict(Host.Level.choices), space_catalogue().facts["host_platforms"].choices
    pairs = (one.split("@") for one in value)
    return "; ".join(
        f"{kinds[kind][get_language() or 'zh']} ({levels[level]})" for kind, level in pairs
    ) or _("none")
