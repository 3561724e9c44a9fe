"""The forms of values that go in and out: exact amounts as text, moments with offset, no field unknown to us."""

import re
from datetime import date, datetime
from typing import Annotated, Generic, Literal, TypeVar
from uuid import UUID

from django.core import signing
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_noop as _
from ninja.errors import ValidationError
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from zhongchuang.page.paging import beyond
from zhongchuang.policy.quantity import exact, write_number

MOST = 200
"""Rows of one page at most."""

LINE = r"^[^\u0000-\u001f\u007f]*$"
CURSOR = signing.Signer(salt="api cursor")
LARGEST_KEY = 2**63 - 1
YEARS = range(1900, 2200)
"""Days outside are slips of the keyboard."""


class Shape(BaseModel):
    """What a program sends: a field that is not named here is refused."""

    model_config = ConfigDict(extra="forbid")


def leave_out(schema):
    """In the document: a field that may be unknown is left out then, it is never null."""
    for name, field in schema.get("properties", {}).items():
        kinds = field.get("anyOf", [])
        if {"type": "null"} in kinds:
            known = [kind for kind in kinds if kind != {"type": "null"}]
            field.pop("anyOf")
            field.pop("default", None)
            field.update(known[0] if len(known) == 1 else {"anyOf": known})
            schema["required"] = [one for one in schema.get("required", []) if one != name]
    if not schema.get("required"):
        schema.pop("required", None)


class Told(BaseModel):
    """What we answer: what is not known is left out."""

    model_config = ConfigDict(json_schema_extra=leave_out)


def one_of(choices):
    """One of the codes of a list of choices."""
    return Literal[tuple(choices.values)]


# --- values ---------------------------------------------------------------------------------------


def day_of(text):
    """A day as 2026-11-25, nothing else."""
    if isinstance(text, date) and not isinstance(text, datetime):
        return text
    if not isinstance(text, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        raise ValueError("no day")
    day = parse_date(text)
    if day is None or day.year not in YEARS:
        raise ValueError("no day")
    return day


def line(longest):
    """One line of text."""
    return Annotated[str, Field(max_length=longest, pattern=LINE)]


Day = Annotated[
    date, BeforeValidator(day_of), Field(description=_("A day from 1900 to 2199, as 2026-11-25."))
]
Moment = Annotated[datetime, AfterValidator(timezone.localtime)]
"""With the offset of the site's own time zone."""

Amount = Annotated[
    str,
    Field(
        pattern=r"^[0-9]{1,10}(\.[0-9]{1,2})?$",
        description=_("An exact amount as text, such as 500.00."),
    ),
]
Code = Annotated[str, Field(pattern=r"^[2-9a-z]{10}$", description=_("The code of a space."))]
RegionCode = Annotated[
    str, Field(pattern=r"^[0-9A-Z]{6,12}$", description=_("The code of a region."))
]
Number = Annotated[int, Field(ge=1, le=LARGEST_KEY)]
Count = Annotated[int, Field(ge=0, le=2**31 - 1)]
Limit = Annotated[
    int, Field(ge=1, le=MOST, description=_("Rows of the page, at most 200; 50 if not said."))
]
Cursor = Annotated[
    str,
    Field(
        max_length=400,
        description=_("`next` of the page before, as it was given."),
    ),
]
Key = UUID


class Quantity(Told):
    """An exact amount as text, with its unit."""

    value: str
    unit: str


def quantity(amount, unit):
    """An amount as the API tells it; None where it is unknown."""
    return None if amount is None else Quantity(value=write_number(exact(amount)), unit=unit)


# --- faults ---------------------------------------------------------------------------------------


class Problem(Told):
    """Every answer from 400 on has this form."""

    code: Annotated[str, Field(description=_("Stays the same in every language and version."))]
    message: Annotated[str, Field(description=_("A sentence in the language of the reader."))]
    detail: Annotated[
        dict[str, str] | None,
        Field(description=_("Fields with what is wrong in them, or the figures of the sentence.")),
    ] = None


# --- pages ----------------------------------------------------------------------------------------

T = TypeVar("T")


class Page(Told, Generic[T]):
    """Rows of a list, and the key of the page after it as long as there is one."""

    items: list[T]
    next: Annotated[str | None, Field(description=_("The cursor of the page after this one."))] = (
        None
    )


class Paged(Shape):
    """Which page of a list."""

    limit: Limit = 50
    cursor: Cursor | None = None


def page_of(rows, told, asked, *, by, way="lt"):
    """The page of `rows` after the cursor; `by` are fields that tell rows apart, `way` their direction."""
    found = rows.order_by(*(f"-{field}" for field in by) if way == "lt" else by)
    if asked.cursor:
        found = found.filter(beyond(by, key_in(asked.cursor, rows.model, by), way))
    taken = list(found[: asked.limit + 1])
    more, taken = len(taken) > asked.limit, taken[: asked.limit]
    return Page(items=[told(row) for row in taken], next=cursor_of(taken[-1], by) if more else None)


def cursor_of(row, by):
    return CURSOR.sign_object([row._meta.label_lower, *(str(getattr(row, field)) for field in by)])


def key_in(cursor, model, by):
    """The key of the last row of the page before; a cursor that is not ours, or of another list, is refused."""
    try:
        label, *values = CURSOR.unsign_object(cursor)
    except (signing.BadSignature, ValueError):
        label, values = "", []
    if label != model._meta.label_lower or len(values) != len(by):
        raise ValidationError([{"type": "cursor", "loc": ("query", "cursor")}])
    fields = [model._meta.pk if one == "pk" else model._meta.get_field(one) for one in by]
    return [field.to_python(value) for field, value in zip(fields, values, strict=True)]
