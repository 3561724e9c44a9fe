"""Names and codes of subjects: kept as they are written, but for what no name can hold."""

import re
from collections.abc import Collection, Sequence
from functools import cache
from operator import mul

from zhongchuang.policy.errors import _

from .cells import is_blank
from .columns import MANY
from .problems import CellRefused, quoted
from .sheets import Cell
from .words import BLANKS, cell_key, header_key, words

LONGEST_NAME = 10_000
SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The characters of a unified social credit code (GB 32100-2015)."""

_VALUES = {sign: value for value, sign in enumerate(SIGNS)}
LENGTH = 18
WEIGHTS = tuple(pow(3, place, 31) for place in range(LENGTH - 1))
_CONTROL = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\ud800-\\udfff\\ufffe\\uffff]")
_CODE = re.compile(f"[{SIGNS}]{{{LENGTH}}}", re.ASCII)


def read_name(value: Cell) -> str:
    """The name of a subject; empty where the cell is blank."""
    if is_blank(value):
        return ""
    if type(value) is float and value.is_integer() and abs(value) < 10**15:
        value = int(value)
    if type(value) is int:
        return str(value)
    if type(value) is not str:
        raise CellRefused(
            "name", _("“%(found)s” is no name. Write it as text."), found=quoted(value)
        )
    if _CONTROL.search(value):
        raise CellRefused(
            "control",
            _("The name “%(found)s” holds control characters. Type it anew."),
            found=quoted(value),
        )
    if len(value) > LONGEST_NAME:
        raise CellRefused(
            "name",
            _("The name “%(found)s” is longer than %(most)s characters."),
            found=quoted(value),
            most=LONGEST_NAME,
        )
    return value.strip(BLANKS)


def all_plain(cells: Sequence[Cell]) -> bool:
    """Whether every cell is a text that is a name as it stands, but for blanks around it; quick for long columns."""
    return (
        set(map(type, cells)) == {str}
        and not _CONTROL.search("".join(cells))
        and max(map(len, cells)) <= LONGEST_NAME
    )


def is_no_space(name: str) -> bool:
    """Whether a name is that of a row of totals or of a note: such a word alone, or before a colon."""
    if name[:1].strip(BLANKS).casefold() not in _first_signs():
        return False
    return header_key(name).partition(":")[0].strip() in words().no_spaces


@cache
def _first_signs() -> frozenset[str]:
    return frozenset(word[0] for word in words().no_spaces)


def no_space(name: str) -> CellRefused:
    """The refusal of a row of totals."""
    return CellRefused(
        "no_space",
        _(
            "“%(found)s” looks like a total or a note and would be read as a space. Delete the row; if a space has this name, write it out in full."
        ),
        found=quoted(name),
    )


def read_code(value: Cell) -> str | None:
    """A unified social credit code with a right check character; None where the cell is blank."""
    if is_blank(value):
        return None
    if type(value) is float or (type(value) is int and len(str(value)) != 18):
        raise CellRefused(
            "code_as_number",
            _(
                "The code %(found)s is kept as a number, which loses its last digits. Give the cell the format Text and write the code anew."
            ),
            found=quoted(value),
        )
    code = cell_key(str(value)).upper()
    if not _CODE.fullmatch(code):
        raise CellRefused(
            "code",
            _(
                "“%(found)s” is no unified social credit code. Allowed: 18 digits and capital letters, without I, O, S, V and Z."
            ),
            found=quoted(value),
        )
    if code[-1] != check_character(code[:-1]):
        raise CellRefused(
            "code",
            _(
                "The check character of the code %(found)s does not fit: a digit is mistyped. Compare it with the licence."
            ),
            found=quoted(value),
        )
    return code


def check_character(body: str) -> str:
    """The eighteenth character of a code, from the seventeen before it."""
    return SIGNS[-sum(map(mul, map(_VALUES.__getitem__, body), WEIGHTS)) % 31]


def are_codes(codes: Collection[str]) -> bool:
    """Whether each text is a code as it is kept, with its right check character; numpy is imported for many only."""
    if len(codes) < MANY:
        return all(_CODE.fullmatch(one) and one[-1] == check_character(one[:-1]) for one in codes)
    from . import code_arrays  # noqa: PLC0415 -- numpy is slow to load

    return code_arrays.are_right(list(codes))
