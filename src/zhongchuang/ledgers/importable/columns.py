"""The columns of a ledger in a workbook, from the fields of its lines: those of the template, of the export and of the import."""

import tomllib
from functools import cache
from pathlib import Path

from django.db import models
from django.utils.translation import gettext_lazy as _

from zhongchuang.imports.declaration import Column
from zhongchuang.spaces.importable.columns import shape_of

UNITS = {"staff": "person", "people": "person", "attendance": "person", "desks": "desk", "times": "time"}  # fmt: skip
"""Whole numbers that count something which people write behind them; others are plain."""

AREAS = {"area"}
SIGNED = {"net_profit"}
"""Amounts that may lie below zero."""

LINE = Column(
    "line",
    _("Number of the line"),
    longest=36,
    about=_("Of a line that stands in the ledger: by it the line is known again. Leave it blank for new ones."),
)  # fmt: skip
STRUCK = Column(
    "struck",
    _("Struck out"),
    longest=500,
    about=_("Rows with something in this cell were struck out; they are passed over."),
)


@cache
def data():
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


def aliases(ledger, name):
    """What people head a column of this ledger with, beside its label."""
    words = data()
    return (*words["aliases"].get(name, ()), *words.get(ledger, {}).get(name, ()))


def column_of(model, name, *, ledger, label=None, required=None, called=""):
    """The column of a field: its type, unit and length follow from the field."""
    field = model._meta.get_field(name)
    needed = not (field.blank or field.null or field.has_default())
    return Column(
        called or name,
        label or field.verbose_name,
        required=needed if required is None else required,
        aliases=aliases(ledger, called or name),
        about=field.help_text or "",
        **shape(field),
    )


def shape(field):
    """Type, unit, choices and length of a field."""
    if field.choices:
        known = shape_of(field)
        words = data()["choices"]
        more = {word: code for code, _label in field.choices for word in words.get(code, ())}
        return known | ({"answers": known["answers"] | more} if "answers" in known else {})
    if isinstance(field, models.DecimalField):
        unit = "m2" if field.name in AREAS else "CNY"
        return {"type": "amount", "unit": unit, "signed": field.name in SIGNED}
    if isinstance(field, models.PositiveIntegerField | models.PositiveSmallIntegerField):
        unit = UNITS.get(field.name, "")
        return {"type": "amount", "unit": unit} if unit else {"type": "number"}
    if isinstance(field, models.DateField):
        return {"type": "day"}
    return {"longest": field.max_length or 0}
