"""Columns in which no cell can be at fault, read at once; anything else is for the readers of single cells."""

import re
from contextlib import suppress
from datetime import date
from decimal import Decimal
from itertools import repeat

from zhongchuang.policy.quantity import COUNTED, SHARE
from zhongchuang.tables.subjects import are_codes
from zhongchuang.tables.words import BLANKS

CONTROL = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\ud800-\\udfff\\ufffe\\uffff]")
LARGEST = 10**14
"""Amounts are kept with sixteen digits, two of them behind the point."""

CENT, ZERO = Decimal("0.01"), Decimal("0.00")
LARGEST_COUNT = 2_147_483_647
LARGEST_AREA = 10**10

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def all_plain(column, cells, marks, times):
    """The values of a column that only holds what nobody needs to look at; None where any cell needs a look of its own."""
    if marks and column.type != "day":
        return None
    readers = {
        "text": lambda: texts(cells, column.longest),
        "day": lambda: days(cells, marks),
        "code": lambda: codes(cells),
        "amount": lambda: amounts(cells, column.unit) if times == 1 else None,
    }
    found = readers[column.type]() if column.type in readers else None
    return None if column.required and found and None in found else found


def texts(cells, longest):
    """Texts without control characters and errors, none too long."""
    if set(map(type, cells)) != {str}:
        return None
    found = list(map(str.strip, cells, repeat(BLANKS)))
    together = "".join(found)
    if "#" in together or (not together.isprintable() and CONTROL.search(together)):
        return None
    if longest and len(max(found, key=len)) > longest:
        return None
    return [text or None for text in found] if "" in found else found


def days(cells, marks):
    """Days as a workbook's reader passes them on, such as 2016-03-01."""
    if any(one.kind != "date" for one in marks):
        return None
    if set(map(type, cells)) != {str}:
        return None
    known = set(cells) - {""}
    if not all(map(DAY.fullmatch, known)):
        return None
    with suppress(ValueError):
        return looked_up(cells, {text: date.fromisoformat(text) for text in known})
    return None


def codes(cells):
    """Credit codes as they are kept, each with its right check character."""
    if set(map(type, cells)) != {str}:
        return None
    known = set(cells) - {""}
    return [code or None for code in cells] if are_codes(known) else None


def amounts(cells, unit):
    """Whole numbers in the unit of the column, none below zero."""
    if unit == SHARE or not {int, float, str}.issuperset(map(type, cells)):
        return None
    known = set(cells) - {""}
    if not known or str in map(type, known) or not all(map(float.is_integer, map(float, known))):
        return None
    whole = unit in COUNTED
    largest = LARGEST_COUNT if whole else LARGEST if unit == "CNY" else LARGEST_AREA
    if min(known) < 0 or max(known) >= largest:
        return None
    return looked_up(cells, {one: int(one) if whole else int(one) + ZERO for one in known})


def looked_up(cells, values):
    """What each cell was read as, unknown where it is blank."""
    return list(map((values | {"": None}).__getitem__, cells))
