"""Exact amounts with units: an amount is a whole number or a fraction, never a float."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import cache
from pathlib import Path

from .errors import Refused, _

Exact = int | Fraction

LARGEST = 10**15
"""Amounts at or above this, in the unit of their fact, are refused as slips of the keyboard."""

MOST_PLACES = 20
"""Digits after the point that are read; more are a fault of the file."""

LONGEST = 200
"""Characters of a number in a pack or a decision; a share of two amounts may have 120 places."""

SHOWN_PLACES = 4
"""Digits after the point shown of an amount that has no end, such as one third."""

_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:(?:,\d{3})+|(?: \d{3})+)(?:\.\d+)?", re.ASCII)
_LEADING = re.compile(
    r"[+-]?\d{1,3}(?: \d{3})+(?!\d)(?:\.\d+)?|[+-]?[\d.,]+(?:[eE][+-]?\d+)?", re.ASCII
)

COUNTED = frozenset({"desk", "person", "entity", "project", "case", "item", "time"})
"""Units of things that come whole."""

SHARE = "%"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its dimension, its size in the first unit of the dimension, and its words."""

    code: str
    dimension: str
    factor: int
    zh: str
    en: str
    one: str
    example: str
    example_en: str
    words: Mapping[str, int]

    def name(self, language: str) -> str:
        """The unit in the reader's language."""
        return self.zh if language.startswith("zh") else self.en


@cache
def units() -> dict[str, Unit]:
    """All units by code, from units.toml."""
    table = tomllib.loads((Path(__file__).parent / "units.toml").read_text(encoding="utf-8"))
    return {
        code: Unit(
            code,
            row["dimension"],
            row["factor"],
            row["zh"],
            row["en"],
            row.get("one", row["en"]),
            row.get("example", f"12 {row['zh']}"),
            row.get("example_en", f"12 {row['en']}"),
            {word.casefold(): times for word, times in row["words"].items()},
        )
        for code, row in table.items()
    }


def unit_of(code: str) -> Unit:
    """The unit with this code; refused with the codes that exist."""
    unit = units().get(code)
    if unit is None:
        raise Refused(
            _("“%(found)s” is no unit. Units are: %(allowed)s."),
            found=code,
            allowed=", ".join(units()),
        )
    return unit


def exact(number: int | str | Decimal | Fraction) -> Exact:
    """The number as int where whole, else as Fraction. Floats go through their shortest text."""
    if type(number) is int:
        return number
    fraction = Fraction(number)
    return fraction.numerator if fraction.denominator == 1 else fraction


def decimal_places(amount: Exact) -> int | None:
    """How many digits after the point write `amount` exactly; None where no number of them does."""
    rest = amount.denominator
    twos = fives = 0
    while rest % 2 == 0:
        rest //= 2
        twos += 1
    while rest % 5 == 0:
        rest //= 5
        fives += 1
    return max(twos, fives) if rest == 1 else None


def write_number(amount: Exact, *, places: int | None = None) -> str:
    """The amount as plain decimal digits; endless ones are rounded half up to `SHOWN_PLACES`."""
    if type(amount) is int:
        return str(amount)
    if places is None:
        places = decimal_places(amount)
        if places is None:
            places = SHOWN_PLACES
    scaled = round_half_up(amount * 10**places)
    if places == 0:
        return str(scaled)
    sign, digits = ("-" if scaled < 0 else ""), str(abs(scaled)).rjust(places + 1, "0")
    return f"{sign}{digits[:-places]}.{digits[-places:]}".rstrip("0").rstrip(".")


def round_half_up(amount: Exact) -> int:
    """The nearest whole number; a half goes away from zero."""
    numerator, denominator = abs(amount.numerator), amount.denominator
    whole = (2 * numerator + denominator) // (2 * denominator)
    return -whole if amount < 0 else whole


@dataclass(frozen=True, slots=True)
class Quantity:
    """An exact amount of a unit. Quantities of different dimensions do not mix."""

    amount: Exact
    unit: str

    @classmethod
    def parse(cls, text: str) -> "Quantity":
        """Read the form used in packs and JSON: number, one blank, unit code (`500 m2`, `60 %`)."""
        number, blank, code = text.partition(" ")
        if not blank or len(number) > LONGEST or not _NUMBER.fullmatch(number):
            raise Refused(
                _(
                    "“%(found)s” is no quantity. Write a number, a blank and a unit, as in “500 m2” or “60 %%”."
                ),
                found=text[:LONGEST],
            )
        return cls(_bounded(exact(Decimal(number)), text), unit_of(code).code)

    def in_unit(self, code: str) -> Exact:
        """The amount counted in another unit of the same dimension."""
        if code == self.unit:
            return self.amount
        mine, other = unit_of(self.unit), unit_of(code)
        if mine.dimension != other.dimension:
            raise Refused(_("%(found)s cannot be counted in %(unit)s."), found=str(self), unit=code)
        return exact(Fraction(self.amount * mine.factor, other.factor))

    def share(self, percent: "Quantity") -> "Quantity":
        """That many percent of this quantity, exactly."""
        return Quantity(exact(Fraction(self.amount) * percent.in_unit("%") / 100), self.unit)

    def __add__(self, other: "Quantity") -> "Quantity":
        return Quantity(exact(self.amount + other.in_unit(self.unit)), self.unit)

    def __sub__(self, other: "Quantity") -> "Quantity":
        return Quantity(exact(self.amount - other.in_unit(self.unit)), self.unit)

    def __lt__(self, other: "Quantity") -> bool:
        return self.amount < other.in_unit(self.unit)

    def __le__(self, other: "Quantity") -> bool:
        return self.amount <= other.in_unit(self.unit)

    def __str__(self) -> str:
        return f"{write_number(self.amount)} {self.unit}"


def plain_width(text: str) -> str:
    """Full-width digits and signs as ordinary ones, outer blanks gone."""
    return text.strip() if text.isascii() else unicodedata.normalize("NFKC", text).strip()


def read_number(text: str) -> Exact | None:
    """The exact value of a plain number such as `1,200.50` or `1 200`; None where the text is no number."""
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "").replace(" ", "")
    elif not _NUMBER.fullmatch(text):
        return None
    try:
        return exact(_bounded_exponent(Decimal(text)))
    except InvalidOperation:
        return None


def read_amount(text: str, unit: str, language: str = "zh") -> Exact:
    """What a person wrote in a cell or field, counted in `unit`; a bare number is in `unit` already.

    Understands units in words (three million yuan as 300 and the word for ten thousand yuan), full-width digits and thousands separators.
    """
    plain = plain_width(text)
    number, word = _split(plain)
    amount = read_number(number) if number else None
    if amount is None:
        raise Refused(
            _(
                "“%(found)s” is no number. Allowed: a number, with or without unit, such as “%(example)s”."
            ),
            found=text,
            example=example(unit, language),
        )
    if not word:
        return _bounded(amount, text)
    times = unit_of(unit).words.get(word.casefold())
    if times is None:
        raise Refused(
            _(
                "“%(found)s” is in “%(word)s”; this figure is counted in %(unit)s. Allowed: %(allowed)s."
            ),
            found=text,
            word=word,
            unit=unit_of(unit).name(language),
            allowed=allowed_words(unit, language),
        )
    return _bounded(exact(amount * times), text)


def possible(amount: Exact, unit: str, found: str, language: str = "zh") -> Exact:
    """The amount; Refused where nothing counted in `unit` can be so: below zero, a part of a desk, over 100 %."""
    if amount < 0:
        raise Refused(
            _(
                "%(found)s is below zero; this figure is 0 or more. Leave the cell blank where it is unknown."
            ),
            found=found,
        )
    if unit == SHARE and amount > 100:
        raise Refused(
            _("%(found)s is more than 100 %%; a share is between 0 %% and 100 %%."),
            found=f"{write_number(amount)} {unit}",
        )
    if unit in COUNTED and type(amount) is not int:
        raise Refused(
            _("%(found)s is not whole; %(unit)s are counted whole. Allowed: 0, 1, 2 …"),
            found=write_number(amount),
            unit=unit_of(unit).name(language),
        )
    return amount


def example(unit: str, language: str = "zh") -> str:
    """A quantity as people write it, for messages."""
    return unit_of(unit).example if language.startswith("zh") else unit_of(unit).example_en


def allowed_words(unit: str, language: str = "zh") -> str:
    """The words of a unit, for messages; for a reader of English those in Latin letters."""
    words = unit_of(unit).words
    if language.startswith("zh"):
        return ", ".join(words)
    return ", ".join(word for word in words if max(word) < "\u2e80")


def _split(text: str) -> tuple[str, str]:
    """Number and unit word of `300 万元`; a currency sign before the number is passed over."""
    text = text.lstrip("¥").strip()
    match = _LEADING.match(text)
    if not match:
        return "", text
    return match.group(), text[match.end() :].strip()


def _bounded_exponent(number: Decimal) -> Decimal:
    """Refuse 1e400 and the like before it becomes an integer of 400 digits."""
    if number.is_finite() and number.as_tuple().exponent >= -MOST_PLACES and number.adjusted() < 20:  # type: ignore[operator]
        return number
    raise Refused(
        _(
            "“%(found)s” is out of range: amounts are below %(largest)s, with at most %(places)s decimals."
        ),
        found=str(number)[:40],
        largest=f"{LARGEST:,}",
        places=MOST_PLACES,
    )


def _bounded(amount: Exact, text: str) -> Exact:
    if not -LARGEST < amount < LARGEST:
        raise Refused(
            _(
                "“%(found)s” is out of range: amounts are below %(largest)s, with at most %(places)s decimals."
            ),
            found=text,
            largest=f"{LARGEST:,}",
            places=MOST_PLACES,
        )
    return amount
