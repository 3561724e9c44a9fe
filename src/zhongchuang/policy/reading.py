"""A table of a pack file while it is read: takes keys, notes faults with their place, names unknown keys."""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from .citation import Citation
from .errors import Refused, _
from .facts import Column, Text, space_catalogue
from .quantity import Exact, Quantity, exact, read_number

_NAME = re.compile(r"[a-z][a-z0-9_-]{0,63}")
_MISSING = object()

MOST_FAULTS = 100
"""Faults of one file that are told."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at one key of one file."""

    file: str
    key: str
    why: Refused

    def text(self, translate: Callable[[str], str]) -> str:
        """File, key and reason in the reader's language."""
        return ": ".join(part for part in (self.file, self.key, self.why.text(translate)) if part)

    def __str__(self) -> str:
        return self.text(str)


class TooManyFaults(Exception):
    """More faults than anybody reads; looking for the rest would take long."""


class Node:
    """One table; a `bare` one has no texts, as in a decision. Each method takes a key and checks it; `done` reports the keys that nobody took."""

    def __init__(
        self, value: Any, path: str, file: str, faults: list[Fault], *, bare: bool = False
    ) -> None:
        self.path, self.file, self.faults, self.bare = path, file, faults, bare
        self.taken: list[str] = []
        self.value: dict[str, Any] = value if isinstance(value, dict) else {}
        if not isinstance(value, dict):
            self.add("", Refused(_("Found %(found)s. Allowed: a table."), found=_shown(value)))

    def __contains__(self, key: str) -> bool:
        return key in self.value

    def add(self, key: str, why: Refused) -> None:
        """Note a fault at a key of this table."""
        place = ".".join(part for part in (self.path, key) if part)
        if len(self.faults) >= MOST_FAULTS:
            raise TooManyFaults
        self.faults.append(Fault(self.file, place, why))

    def fault(self, key: str, message: str, **params: Any) -> None:
        """Note a fault by its message."""
        self.add(key, Refused(message, **params))

    def take(self, key: str, default: Any = _MISSING) -> Any:
        """The value as it stands; a fault where it is required and missing."""
        self.taken.append(key)
        if key in self.value:
            return self.value[key]
        if default is _MISSING:
            self.fault(key, _("This key is missing."))
            return None
        return default

    def typed(
        self, key: str, kind: type | tuple[type, ...], allowed: str, default: Any = _MISSING
    ) -> Any:
        """The value if it has the type, else a fault and None."""
        value = self.take(key, default)
        if key not in self.value:
            return value
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            self.fault(
                key,
                _("Found %(found)s. Allowed: %(allowed)s."),
                found=_shown(value),
                allowed=allowed,
            )
            return None if default is _MISSING else default
        return value

    def text(self, key: str, default: Any = _MISSING) -> str:
        """Text that is not empty."""
        value = self.typed(key, str, "text", default)
        if key in self.value and value == "":
            self.fault(key, _("This text is empty."))
        return value if value is not None else ""

    def name(self, key: str) -> str:
        """An id: small Latin letters, digits, - and _."""
        value = self.text(key)
        if value and not _NAME.fullmatch(value):
            self.fault(
                key,
                _("“%(found)s” is no id. Allowed: small letters, digits, - and _, a letter first."),
                found=value,
            )
        return value

    def one_of(self, key: str, allowed: Collection[str], default: Any = _MISSING) -> str:
        """One of the words allowed."""
        value = self.text(key, default)
        if key in self.value and value not in allowed:
            self.fault(
                key,
                _("“%(found)s” is not allowed. Allowed: %(allowed)s."),
                found=value,
                allowed=", ".join(allowed),
            )
        return value

    def words(self, key: str, default: Any = _MISSING) -> Any:
        """A text in both languages."""
        if key not in self.value:
            return self.take(key, Text("", "") if self.bare and default is _MISSING else default)
        node = self.table(key)
        text = Text(node.text("zh"), node.text("en"))
        node.done()
        return text

    def day(self, key: str, default: Any = _MISSING) -> Any:
        """A day, written 2016-02-01."""
        value = self.typed(key, date, "a day, such as 2016-02-01", default)
        if isinstance(value, datetime):
            self.fault(
                key,
                _("Found %(found)s. Allowed: %(allowed)s."),
                found=str(value),
                allowed="2016-02-01",
            )
            return None
        return value

    def whole(self, key: str, default: Any = _MISSING) -> Any:
        """A whole number above 0."""
        value = self.typed(key, int, "a whole number", default)
        if key in self.value and isinstance(value, int) and value < 1:
            self.fault(key, _("Found %(found)s. Allowed: %(allowed)s."), found=value, allowed="≥ 1")
        return value

    def number(self, key: str, default: Any = _MISSING) -> Any:
        """An exact number, 0 or more, without unit."""
        given = self.value.get(key)
        if self.bare and isinstance(given, str) and read_number(given) is not None:
            self.taken.append(key)  # JSON has no exact numbers with a point: they are text there
            value: Any = read_number(given)
        else:
            value = self.typed(key, (int, Decimal), "a number", default)
        if key in self.value and value is not None:
            value = exact(value)
            if value < 0:
                self.fault(
                    key,
                    _("Found %(found)s. Allowed: %(allowed)s."),
                    found=str(value),
                    allowed="≥ 0",
                )
        return value

    def quantity(self, key: str, default: Any = _MISSING) -> Any:
        """A quantity, such as "500 m2"."""
        value = self.typed(key, str, "a quantity in quotes, such as “500 m2”", default)
        if not isinstance(value, str):
            return value
        try:
            return Quantity.parse(value)
        except Refused as refused:
            self.add(key, refused)
            return None

    def amount(self, key: str, unit: str, default: Any = _MISSING) -> Any:
        """A quantity counted in `unit`."""
        value = self.quantity(key, default)
        return self.counted(key, value, unit) if isinstance(value, Quantity) else value

    def counted(self, key: str, quantity: Quantity, unit: str) -> Exact | None:
        """The amount of a quantity in another unit; a fault where the units do not fit."""
        try:
            return quantity.in_unit(unit)
        except Refused as refused:
            self.add(key, refused)
            return None

    def cite(self, key: str = "cite", default: Any = None) -> Citation | None:
        """A citation."""
        value = self.typed(key, str, "a citation, such as “第六条(三)”", default)
        if not isinstance(value, str):
            return None
        try:
            return Citation.parse(value)
        except Refused as refused:
            self.add(key, refused)
            return None

    def basis(self) -> str:
        """Who says so: the document, or the project."""
        return self.one_of("basis", ("project",), "")

    def column(self, key: str = "fact") -> Column | None:
        """A fact of the catalogue."""
        value = self.text(key)
        try:
            return space_catalogue().column(value) if value else None
        except Refused as refused:
            self.add(key, refused)
            return None

    def table(self, key: str) -> "Node":
        """A table inside this one."""
        value = self.take(key)
        return Node(
            {} if value is None else value,
            ".".join(part for part in (self.path, key) if part),
            self.file,
            self.faults,
            bare=self.bare,
        )

    def tables(self, key: str) -> Iterator[tuple[str, "Node"]]:
        """Tables by name inside this one; none where the key is absent."""
        if key in self.value:
            outer = self.table(key)
            for name in outer.value:
                if not _NAME.fullmatch(name):
                    outer.fault(
                        name,
                        _(
                            "“%(found)s” is no id. Allowed: small letters, digits, - and _, a letter first."
                        ),
                        found=name,
                    )
                yield name, outer.table(name)
        self.taken.append(key)

    def list(self, key: str) -> list["Node"]:
        """A list of tables inside this one, numbered from 0 in messages, by id where they have one."""
        values = self.typed(key, list, "a list of tables", [])
        nodes = []
        for number, value in enumerate(values or []):
            label = value.get("id", number) if isinstance(value, dict) else number
            nodes.append(
                Node(
                    value,
                    f"{self.path}.{key}[{label}]" if self.path else f"{key}[{label}]",
                    self.file,
                    self.faults,
                    bare=self.bare,
                )
            )
        return nodes

    def texts(self, key: str, default: Any = _MISSING) -> tuple[str, ...]:
        """A list of texts that is not empty."""
        values = self.typed(key, list, "a list of texts", default)
        if key in self.value and (not values or not all(isinstance(one, str) for one in values)):
            self.fault(
                key,
                _("Found %(found)s. Allowed: %(allowed)s."),
                found=_shown(values),
                allowed="a list of texts",
            )
            return ()
        return tuple(values or ())

    def done(self) -> None:
        """Report every key that is not part of the language here."""
        for key in self.value:
            if key not in self.taken:
                self.fault(
                    key,
                    _("This key is not known here. Allowed: %(allowed)s."),
                    allowed=", ".join(dict.fromkeys(self.taken)),
                )


def _shown(value: Any) -> str:
    """A value in a message, short."""
    text = str(value)
    return f"“{text[:60]}…”" if len(text) > 60 else f"“{text}”"
