"""Lists by pages that cost the same however far one goes: each begins where the one before ended."""

import json
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db.models import Q

PAGE = 50


@dataclass(frozen=True)
class Page:
    """Rows of a list, and the addresses of the pages beside this one; empty where there is none."""

    rows: list
    newer: str = ""
    older: str = ""
    rising: bool = False


def page_of(rows, request, *, by, size=PAGE, rising=False):
    """The page of `rows` that the address names; `by` are fields or annotations that tell rows apart: newest first, or where it is `rising` the first of them first.

    An address that was tampered with shows the first page.
    """
    asked = request.GET
    forward = "newer" not in asked
    start = read_key(rows, by, asked.get("older" if forward else "newer", ""))
    forward = forward or start is None
    falls = forward != rising
    found = rows.order_by(*(f"-{field}" for field in by) if falls else by)
    if start:
        found = found.filter(beyond(by, start, "lt" if falls else "gt"))
    taken = list(found[: size + 1])
    more, taken = len(taken) > size, taken[:size]
    if not forward:
        taken.reverse()
    if not taken:
        return Page([])
    has_newer, has_older = (bool(start), more) if forward else (more, True)
    return Page(
        taken,
        newer=address(asked, "newer", key_of(taken[0], by)) if has_newer else "",
        older=address(asked, "older", key_of(taken[-1], by)) if has_older else "",
        rising=rising,
    )


def beyond(fields, values, way):
    """Rows that come after the given one: by the first field, or where it is equal by the next."""
    found, equal = Q(), Q()
    for field, value in zip(fields, values, strict=True):
        found |= equal & Q(**{f"{field}__{way}": value})
        equal &= Q(**{field: value})
    return found


def key_of(row, fields):
    return json.dumps([str(getattr(row, field)) for field in fields])


def read_key(rows, fields, text):
    try:
        values = json.loads(text)
        key = [kind_of(rows, field).to_python(value) for field, value in zip(fields, values, strict=True)]  # fmt: skip
    except (ValueError, TypeError, ValidationError, OverflowError, RecursionError):
        return None
    return None if None in key else key


def kind_of(rows, field):
    """The field that reads values of a column of these rows."""
    if field in rows.query.annotations:
        return rows.query.annotations[field].output_field
    meta = rows.model._meta
    return meta.pk if field == "pk" else meta.get_field(field)


def address(asked, name, key):
    kept = {k: v for k, v in asked.items() if k not in {"newer", "older"}}
    return "?" + urlencode(kept | {name: key})
