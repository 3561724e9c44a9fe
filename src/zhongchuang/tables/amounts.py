"""Reads the amount in a cell: exact, in the unit of the catalogue, and within what such a figure can be."""

import math
import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from zhongchuang.policy.errors import Refused, _
from zhongchuang.policy.facts import Definition
from zhongchuang.policy.quantity import (
    COUNTED,
    LARGEST,
    SHARE,
    Exact,
    allowed_words,
    exact,
    example,
    plain_width,
    possible,
    read_amount,
    read_number,
    unit_of,
    write_number,
)

from .problems import CellRefused, quoted
from .sheets import Cell, Mark
from .words import cell_key, words

MONEY = "CNY"

ERRORS = frozenset(
    {
        "#N/A",
        "#DIV/0!",
        "#VALUE!",
        "#REF!",
        "#NAME?",
        "#NUM!",
        "#NULL!",
        "#SPILL!",
        "#CALC!",
        "#GETTING_DATA",
    }
)
_DATE = re.compile(
    r"\d{4}[^\d.,]\d{1,2}(?:[^\d.,](?:\d{1,2}[^\d.,]?)?)?(?:[ T].*)?|\d{4}\.\d{1,2}\.\d{1,2}"
)


@dataclass(frozen=True, slots=True)
class Counted:
    """How a column of amounts is counted: its unit, and how many of it one of the header's unit is."""

    fact: Definition
    times: int = 1
    language: str = "zh"

    @property
    def unit(self) -> str:
        return self.fact.unit

    @property
    def whole(self) -> bool:
        """Whether the figure counts whole things."""
        return self.unit in COUNTED

    @property
    def unit_name(self) -> str:
        """The unit as messages call it."""
        return unit_of(self.unit).name(self.language)

    def read(self, value: Cell, mark: Mark | None) -> Exact:
        """The amount of a cell that is not blank."""
        if type(value) is str:
            return self.checked(self._from_text(value), value)
        if type(value) is bool or not isinstance(value, int | float | Decimal):
            raise self._no_number(value)
        return self.checked(self._from_number(value, mark), value)

    def is_bare_share(self, value: Cell, mark: Mark | None, amount: Exact) -> bool:
        """Whether a share stands without a percent sign and may have been meant a hundred times as large."""
        if self.unit != SHARE or not 0 < amount <= 1:
            return False
        return (
            mark is None if type(value) is not str else read_number(plain_width(value)) is not None
        )

    def times_of(self, mark: Mark | None) -> int | None:
        """How many units of the catalogue one shown unit is; None where the format does not fit the figure."""
        if mark is None or (mark.kind == "currency" and self.unit == MONEY):
            return self.times
        if mark.kind == "percent":
            return 100 if self.unit == SHARE else None
        if mark.kind == "unit":
            return unit_of(self.unit).words.get(mark.text)
        return None

    def checked(self, amount: Exact, value: Cell) -> Exact:
        """Refuse an amount that such a figure cannot be."""
        if type(amount) is int and 0 <= amount < LARGEST and self.unit != SHARE:
            return amount
        if amount >= LARGEST:
            raise _too_large(value)
        try:
            return possible(amount, self.unit, quoted(value), self.language)
        except Refused as refused:
            raise CellRefused(self._fault(amount), refused.message, **refused.params) from None

    def _fault(self, amount: Exact) -> str:
        """The code of what makes an amount impossible."""
        return "negative" if amount < 0 else "over_100" if self.unit == SHARE else "not_whole"

    def _from_text(self, text: str) -> Exact:
        plain = plain_width(text)
        if plain.upper() in ERRORS:
            raise error_value(plain)
        if cell_key(text) in words().dashes:
            raise CellRefused(
                "dash",
                _(
                    "“%(found)s” is neither a figure nor blank. Leave the cell blank where the figure is unknown, or write 0."
                ),
                found=quoted(text),
            )
        if _DATE.fullmatch(plain):
            raise self._date(text)
        try:
            bare = read_number(plain.lstrip("\u00a5").strip())
        except Refused as refused:
            raise CellRefused(
                "too_large_number", refused.message, **{**refused.params, "found": text}
            ) from None
        if bare is not None:
            return exact(bare * self.times)
        try:
            return read_amount(text, self.unit, self.language)
        except Refused as refused:
            raise CellRefused(
                "amount", refused.message, **{**refused.params, "found": text}
            ) from None

    def _from_number(self, value: Cell, mark: Mark | None) -> Exact:
        times = self.times_of(mark)
        if times is None:
            raise self._wrong_format(value, mark)
        if isinstance(value, float):
            if not math.isfinite(value):
                raise self._no_number(value)
            if abs(value) >= LARGEST:
                raise _too_large(value)
            return exact(as_written(value) * times)
        if type(value) is int:
            return value * times
        try:
            amount = read_number(str(value))
        except Refused:
            amount = None
        if amount is None:
            raise _too_large(value)
        return exact(amount * times)

    def _wrong_format(self, value: Cell, mark: Mark | None) -> CellRefused:
        if mark is None or mark.kind == "date":
            return self._date(value)
        if mark.kind == "unclear":
            return CellRefused(
                "number_format",
                _(
                    "The number %(number)s is shown with the format “%(found)s”, which is not understood. Give the cell the format General or 0 %%, and write units into it or into the header."
                ),
                number=quoted(value),
                found=mark.text,
            )
        return CellRefused(
            "wrong_unit",
            _(
                "The number %(number)s is shown in “%(found)s”; this figure is counted in %(unit)s. Allowed: %(allowed)s. Change the number format of the cell."
            ),
            number=quoted(value),
            found=mark.text,
            unit=self.unit_name,
            allowed=allowed_words(self.unit, self.language),
        )

    def _date(self, value: Cell) -> CellRefused:
        return CellRefused(
            "date",
            _(
                "%(found)s is a date; this figure is counted in %(unit)s. Write the number, such as %(example)s, in a cell of the format General."
            ),
            found=quoted(value),
            unit=self.unit_name,
            example=example(self.unit, self.language),
        )

    def _no_number(self, value: Cell) -> CellRefused:
        if hasattr(value, "isoformat") or hasattr(value, "total_seconds"):
            return self._date(value)
        return CellRefused(
            "amount",
            _(
                "“%(found)s” is no number. Allowed: a number, with or without unit, such as “%(example)s”."
            ),
            found=quoted(value),
            example=example(self.unit, self.language),
        )

    def _shown(self, amount: Exact) -> str:
        return f"{write_number(amount)} {self.unit}"


def as_written(number: float) -> Exact:
    """The exact decimal that a float is written as, by its shortest text."""
    return int(number) if number.is_integer() else Fraction(repr(number))


def error_value(text: str) -> CellRefused:
    """The refusal of a cell that shows an error of its program."""
    return CellRefused(
        "error_value",
        _(
            "The cell shows the error %(found)s. Correct its formula, or leave it blank where the figure is unknown."
        ),
        found=text,
    )


def uncomputed() -> CellRefused:
    """The refusal of a formula that no program has computed yet."""
    return CellRefused(
        "uncomputed",
        _(
            "The cell holds a formula without a result. Open the file in Excel or WPS, save it, and give it again."
        ),
    )


def _too_large(value: Cell) -> CellRefused:
    return CellRefused(
        "too_large_number",
        _("%(found)s is out of range: amounts are below %(largest)s."),
        found=quoted(value),
        largest=f"{LARGEST:,}",
    )
