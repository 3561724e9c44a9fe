"""The words that people write in sheets, from words.toml."""

import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

BLANKS = (
    " \t\r\n\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u200b\u200c\u200d\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
)
"""What makes a cell look empty: every blank of Unicode, and the marks of no width."""


ROLES = ("name", "other_name", "code", "passed_over")
"""Columns that hold no fact."""


@dataclass(frozen=True, slots=True)
class Words:
    """Word lists, ready to look up."""

    roles: Mapping[str, str]
    kinds: Mapping[str, str]
    unit_prefixes: tuple[str, ...]
    required_marks: str
    no_spaces: frozenset[str]
    yes_no: Mapping[str, bool]
    judged: Mapping[str, bool]
    empty_list: frozenset[str]
    dashes: frozenset[str]
    separators: str
    currency: frozenset[str]
    levels: Mapping[str, str]
    shown: Mapping[str, Any]


@cache
def words() -> Words:
    """All word lists."""
    table = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
    headers, cells = table["headers"], table["cells"]
    return Words(
        roles={header_key(word): role for role in ROLES for word in headers[role]},
        kinds={header_key(word): kind for kind, many in headers["kinds"].items() for word in many},
        unit_prefixes=tuple(headers["unit_prefixes"]),
        required_marks=headers["required_marks"],
        no_spaces=frozenset(map(header_key, table["rows"]["totals"] + table["rows"]["notes"])),
        yes_no=_answers(cells["yes"], cells["no"]),
        judged=_answers(cells["passed"], cells["failed"]),
        empty_list=frozenset(cells["empty_list"]),
        dashes=frozenset(map(cell_key, cells["dashes"])),
        separators=cells["separators"],
        currency=frozenset(map(cell_key, cells["currency"])),
        levels={word: level for level, many in table["levels"].items() for word in many},
        shown=table["shown"],
    )


def cell_key(text: str) -> str:
    """A cell's text as word lists have it: ordinary width, lower case, no outer blanks."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return text.strip(BLANKS).casefold()


def header_key(text: str) -> str:
    """A header's text likewise, with blanks taken out of Chinese and made single elsewhere."""
    key = cell_key(text)
    return " ".join(key.split()) if key.isascii() else "".join(key.split())


def _answers(yes: list[str], no: list[str]) -> dict[str, bool]:
    return {cell_key(word): True for word in yes} | {cell_key(word): False for word in no}
