"""What a number format of a spreadsheet shows beside the number: a percent sign, a unit, a date, or what is not understood."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from .sheets import Mark
from .words import cell_key, words

PLAIN = ("", "General", "@")

DATE = "yyyy-mm-dd"

BUILT_IN = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: "\u00a5#,##0",
    6: "\u00a5#,##0",
    7: "\u00a5#,##0.00",
    8: "\u00a5#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    **dict.fromkeys(range(14, 23), DATE),
    **dict.fromkeys(range(27, 37), DATE),
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
    40: "#,##0.00",
    41: "#,##0",
    42: "\u00a5#,##0",
    43: "#,##0.00",
    44: "\u00a5#,##0.00",
    **dict.fromkeys(range(45, 48), "mm:ss"),
    48: "##0.0E+0",
    49: "@",
    **dict.fromkeys(range(50, 59), DATE),
}
"""Formats that files name by number alone. The currency ones follow the country of the program."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?'
    r"|[\\!](?P<escaped>.)"
    r"|[_*](?P<filling>.)"
    r"|\[(?P<bracket>[^\]]*)\]?"
    r"|(?P<general>General|G/[^ -~]+)"
    r"|(?P<exponent>[eE][+-][0#?]+)"
    r"|(?P<digits>[0#?.,]+)"
    r"|(?P<percent>%)"
    r"|(?P<sign>[-+() ])"
    r"|(?P<ascii>[ -~])"
    r"|(?P<word>[^ -~]+)",
    re.DOTALL | re.IGNORECASE,
)
_COLOUR = re.compile(
    r"(?:black|blue|cyan|green|magenta|red|white|yellow|colou?r ?\d+|dbnum\d)$", re.IGNORECASE
)
_ELAPSED = re.compile(r"[hms]+$", re.IGNORECASE)
_SCALED = re.compile(r",(?:\.|$)")
_DATE_LETTERS = frozenset("ymdhsbega")


@cache
def meaning(code: str | None) -> Mark | None:
    """What the format adds to a number; None where it shows the plain number."""
    if code is None or code in PLAIN:
        return None
    shown = _Shown()
    for kind, text in _tokens(code):
        if kind in ("date", "unclear"):
            return Mark(kind, code)
        shown.take(kind, text)
    return Mark("unclear", code) if shown.is_unclear() else shown.mark(code)


@dataclass(slots=True)
class _Shown:
    """The words before the digits, the digits, the number of percent signs, the words behind."""

    before: str = ""
    digits: str = ""
    percents: int = 0
    after: str = ""
    torn: bool = False

    def take(self, kind: str, text: str) -> None:
        """Add one token."""
        if kind == "percent":
            self.percents += 1
        elif kind == "digits":
            self.torn |= bool(self.after.strip())
            self.digits += text
        elif self.digits:
            self.after += text
        else:
            self.before += text

    def is_unclear(self) -> bool:
        """Whether no number is shown, or another one than is stored: in thousands, or with words among its digits."""
        return not self.digits or self.torn or bool(_SCALED.search(self.digits))

    def mark(self, code: str) -> Mark | None:
        """The mark for the words around the digits."""
        before, after = cell_key(self.before), cell_key(self.after)
        currency = before in words().currency
        if (before and not currency) or (self.percents and (self.percents > 1 or before or after)):
            return Mark("unclear", code)
        if self.percents:
            return Mark("percent", "%")
        if after:
            return Mark("unit", after)
        return Mark("currency", before) if currency else None


def _tokens(code: str) -> Iterator[tuple[str, str]]:
    """The tokens of the first section as digits, percent, word, date or unclear.

    The other sections show negative numbers, zero and text, and may not change the meaning.
    """
    for token in _TOKEN.finditer(code):
        kind = token.lastgroup or ""
        text = token.group(kind)
        if kind == "ascii" and text == ";":
            return
        if kind == "bracket":
            yield _bracket(text)
        elif kind == "ascii" and text != "$":
            yield ("date" if text.casefold() in _DATE_LETTERS else "unclear"), text
        elif kind in ("digits", "percent"):
            yield kind, text
        elif kind == "general":
            yield "digits", "0"
        elif kind in ("quoted", "escaped", "word", "ascii"):
            yield "word", text


def _bracket(text: str) -> tuple[str, str]:
    """What brackets say: elapsed time, a colour, a currency; conditions are not understood."""
    if _ELAPSED.match(text):
        return "date", text
    if _COLOUR.match(text):
        return "word", ""
    return ("word", text[1:].partition("-")[0]) if text.startswith("$") else ("unclear", text)
