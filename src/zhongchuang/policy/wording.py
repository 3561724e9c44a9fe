"""What a running text says of the figures of a space: “建筑面积1200平方米”, “Floor area: 1,200 m2”.

Made for comparing texts with the register, so a doubtful place is left out rather than guessed: only labels that begin a word,
only numbers that follow at once, with a unit of that figure; demands such as “面积不少于500平方米” say nothing of the space.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .facts import Column, space_catalogue
from .quantity import Exact, exact, plain_width, read_number, unit_of

LONGEST_UNIT = 12
_NUMBER = r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,15}(?:\.\d{1,6})?)"
_NOTED = r"(?:\([^)]{0,10}\))?"


@dataclass(frozen=True, slots=True)
class Said:
    """A figure that a text gives: the column, the amount in its unit, and the words."""

    column: Column
    amount: Exact
    words: str


def said_in(text: str) -> Iterator[Said]:
    """All that a text says of figures, in its order."""
    plain = plain_width(text)
    for match in _form().finditer(plain):
        column = _labels()[match["label"].casefold()]
        found = _amount(plain, match, column) if _begins(plain, match.start()) else None
        if found is not None:
            amount, end = found
            yield Said(column, amount, " ".join(plain[match.start() : end].split()))


@cache
def _words() -> Mapping[str, tuple[str, ...]]:
    path = Path(__file__).with_suffix(".toml")
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    return {name: tuple(found[name]) for name in ("before", "between", "bounds")}


@cache
def _labels() -> dict[str, Column]:
    """Every label of a quantity, in small letters; those of one sign, and names of our own, are none of a running text."""
    found: dict[str, Column] = {}
    for spelling, column in space_catalogue().spellings():
        label = plain_width(spelling).casefold()
        if column.fact.type == "quantity" and len(label) > 1 and not {".", "_"} & set(label):
            found.setdefault(label, column)
    return found


@cache
def _form() -> re.Pattern[str]:
    labels = "|".join(map(re.escape, sorted(_labels(), key=len, reverse=True)))
    between = "|".join(map(re.escape, sorted(_words()["between"], key=len, reverse=True)))
    gap = rf"\s*{_NOTED}\s*:?\s*(?:{between})?\s*"
    return re.compile(f"(?P<label>{labels}){gap}{_NUMBER}", re.IGNORECASE)


def _begins(text: str, at: int) -> bool:
    """Whether a label stands for itself there, and is not the end of a longer word such as 人均面积."""
    return at == 0 or not text[at - 1].isalnum() or text.endswith(_words()["before"], 0, at)


def _amount(text: str, match: re.Match[str], column: Column) -> tuple[Exact, int] | None:
    """The amount in the unit of the column and where it ends; None where the unit is another one, or a bound is meant."""
    number = read_number(match["number"])
    rest = text[match.end() :]
    words = unit_of(column.unit).words
    begin = match.end() + len(rest) - len(rest.lstrip())
    for length in range(LONGEST_UNIT, 0, -1):
        word, end = text[begin : begin + length].casefold(), begin + length
        if number is not None and word in words and len(word) == length:
            bound = text[end:].lstrip().startswith(_words()["bounds"])
            return None if bound or _goes_on(text, end) else (exact(number * words[word]), end)
    return None


def _goes_on(text: str, end: int) -> bool:
    """Whether a Latin unit is only the beginning of a longer word."""
    return (
        text[end - 1 : end + 1].isascii() and text[end - 1 : end + 1].isalnum() and end < len(text)
    )
