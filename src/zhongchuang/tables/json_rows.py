"""JSON: a list of objects, or one object a line; numbers stay exact, a key may not stand twice."""

import json
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from zhongchuang.policy.errors import _

from .delimited import decode
from .limits import Limits, check_shape
from .problems import CellRefused, quoted
from .sheets import Sheet

LONGEST_NUMBER = 60
SHAPE = _(
    'Allowed: a list of objects such as [{"name": "…", "floor_area": 500}], or one such object a line.'
)


def read_json(data: bytes, limits: Limits) -> Sheet:
    """The one sheet of a JSON file; its first row holds the keys in the order of their appearance."""
    objects = list(_checked(_objects(decode(data)), limits))
    keys = list(dict.fromkeys(key for one in objects for key in one))
    check_shape(len(objects), len(keys), limits)
    rows: list[list[Any]] = [keys, *([one.get(key) for key in keys] for one in objects)]
    return Sheet("", rows, first=0, lettered=False)


def _objects(text: str) -> list[Any]:
    text = text.strip()
    try:
        if text.startswith("["):
            return _load(text)  # type: ignore[no-any-return]
        return list(_lines(text))
    except RecursionError as fault:
        raise _misshapen(_("The JSON is nested too deeply.")) from fault


def _lines(text: str) -> Iterator[Any]:
    """JSON lines; a single object may also span lines."""
    if "\n" not in text:
        yield _load(text)
        return
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield _load(line)
            except CellRefused:
                if number > 1:
                    raise
                yield _load(text)
                return


def _load(text: str) -> Any:
    try:
        return json.loads(
            text,
            object_pairs_hook=_once,
            parse_float=_decimal,
            parse_int=_integer,
            parse_constant=float,
        )
    except json.JSONDecodeError as fault:
        raise CellRefused(
            "json",
            _("This is no JSON from line %(line)s, character %(column)s on. %(shape)s"),
            line=fault.lineno,
            column=fault.colno,
            shape=CellRefused("json", SHAPE),
        ) from fault


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    one = dict(pairs)
    if len(one) != len(pairs):
        seen: set[str] = set()
        double = next(key for key, _value in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise CellRefused(
            "doubled_key",
            _("The key “%(key)s” stands twice in one object. Delete one of them."),
            key=quoted(double),
        )
    return one


def _decimal(text: str) -> Decimal | str:
    """The exact number; one of absurd length stays text and is refused at its cell."""
    try:
        return Decimal(text) if len(text) <= LONGEST_NUMBER else text
    except InvalidOperation:
        return text


def _integer(text: str) -> int | str:
    return int(text) if len(text) <= LONGEST_NUMBER else text


def _checked(objects: list[Any], limits: Limits) -> Iterator[dict[str, Any]]:
    """The objects; refused where one is none, or holds more than plain values and lists of texts."""
    check_shape(len(objects), 0, limits)
    for number, one in enumerate(objects, 1):
        if type(one) is not dict:
            raise _misshapen(_("Entry %(number)s is no object."), number=number)
        for key, value in one.items():
            if type(value) is dict or (
                type(value) is list and not all(type(part) is str for part in value)
            ):
                raise _misshapen(
                    _("Entry %(number)s holds something nested under “%(key)s”."),
                    number=number,
                    key=quoted(key),
                )
        yield one


def _misshapen(message: str, **params: Any) -> CellRefused:
    return CellRefused(
        "json",
        _("%(why)s %(shape)s"),
        why=CellRefused("json", message, **params),
        shape=CellRefused("json", SHAPE),
    )
