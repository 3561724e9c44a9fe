"""The columns of the rows that the register takes, from the fields of its tables."""

import tomllib
from functools import cache
from pathlib import Path

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from zhongchuang.imports.declaration import Column, Fault
from zhongchuang.policy.quantity import exact, write_number
from zhongchuang.spaces.models.tables import YesNo
from zhongchuang.tables.problems import CellRefused

UNITS = {"desks": "desk", "pieces": "item"}
"""Counted fields that count no persons."""


@cache
def data():
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


def aliases(name):
    return tuple(data()["aliases"].get(name, ()))


def column_of(model, name, *, prefix="", label=None, required=None):
    """The column of a field: its type, unit and length follow from the field."""
    field = model._meta.get_field(name)
    called = f"{prefix}{name}"
    needed = (
        not (field.blank or field.null or field.has_default()) if required is None else required
    )
    return Column(
        called,
        label or field.verbose_name,
        required=needed,
        aliases=aliases(called),
        about=field.help_text or "",
        **shape_of(field),
    )


def shape_of(field):
    if field.choices and set(dict(field.choices)) == set(YesNo.values):
        return {"type": "yes_no"}
    if field.choices:
        words = data()["choices"]
        known = {word: code for code, _label in field.choices for word in words.get(code, ())}
        return {"type": "choice", "choices": tuple(field.choices), "answers": known}
    if isinstance(field, models.DecimalField):
        return {"type": "amount", "unit": "CNY" if field.max_digits > 12 else "m2"}
    if isinstance(field, models.PositiveIntegerField):
        return {"type": "amount", "unit": UNITS.get(field.name, "person")}
    if isinstance(field, models.DateField):
        return {"type": "day"}
    return {"longest": field.max_length or 0}


SINCE = Column(
    "since",
    _("Since"),
    "day",
    aliases=aliases("since"),
    about=_("From which day it holds; blank for the day that you choose with the columns."),
)
SITE = Column(
    "site", _("Site"), required=True, longest=100, aliases=aliases("site_name"),
    about=_("Name of a site that is recorded of this space."),
)  # fmt: skip


# --- checks across the cells of a row -------------------------------------------------------------


def area_faults(place, row):
    """Parts of an area and the whole; a desk with too much or too little of it is a warning (B-06)."""
    whole, desks = row["floor_area"], row["desks"]
    if whole is None:
        yield from lonely(place, row)
        return
    if whole <= 0:
        yield fault(place, "floor_area", "no_area", gettext_noop("A site has more than 0 m². Enter its area."))  # fmt: skip
    parts = sum(row[name] or 0 for name in ("public_area", "desk_area"))
    if parts > whole:
        yield fault(
            place, "floor_area", "parts",
            gettext_noop("Public and desk area are %(parts)s m² together, more than the %(whole)s m² in all. Correct one of the three."),
            parts=plain(parts), whole=plain(whole),
        )  # fmt: skip
    least, most = (data()["plausible"][f"area_a_desk_{end}"] for end in ("least", "most"))
    if desks and not least <= whole / desks <= most:
        yield fault(
            place, "desks", "area_a_desk",
            gettext_noop("%(area)s m² for %(desks)s desks are %(each)s m² a desk. Compare both figures."),
            warning=True, area=plain(whole), desks=desks, each=plain(round(whole / desks, 1)),
        )  # fmt: skip


def lonely(place, row):
    """Figures of a site whose area is missing."""
    if any(row[name] not in (None, "") for name in ("public_area", "desk_area", "desks", "tenure")):
        yield fault(
            place, "floor_area", "area_missing",
            gettext_noop("The site has figures, but no total area. Enter it, or leave the other figures of the site blank."),
        )  # fmt: skip


def staff_faults(place, row):
    """No part of the staff is larger than all of it."""
    whole = row["staff"]
    for name in ("fulltime", "college", "professional", "investment_managers", "trainers"):
        if whole is not None and row[name] is not None and row[name] > whole:
            yield fault(
                place, name, "part", gettext_noop("%(part)s is more than the %(whole)s people in all."),
                part=row[name], whole=whole,
            )  # fmt: skip


def fault(place, column, code, message, *, warning=False, **params):
    return Fault(place, column, CellRefused(code, message, **params), warning)


def plain(amount):
    return write_number(exact(amount))
