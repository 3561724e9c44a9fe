"""Reads one cell by the type of its fact: an amount, yes or no, a choice, a region, a list."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from zhongchuang.policy.errors import Refused, _
from zhongchuang.policy.facts import Definition, Value, is_choice
from zhongchuang.policy.regions import region_code

from .amounts import ERRORS, Counted, error_value, uncomputed
from .problems import CellRefused, quoted
from .sheets import Cell, Mark
from .words import BLANKS, cell_key, words

Reader = Callable[[Cell, Mark | None], Value | None]


def is_blank(value: Cell) -> bool:
    """Whether a cell is empty or only looks so: blanks of every width."""
    return value is None or (type(value) is str and not value.strip(BLANKS))


@dataclass(slots=True)
class CellReader:
    """Reads the cells of one column; the fact decides."""

    fact: Definition
    times: int = 1
    language: str = "zh"
    read_known: Reader = field(init=False)
    counted: Counted | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        if self.fact.type == "quantity":
            self.counted = Counted(self.fact, self.times, self.language)
            self.read_known = self.counted.read
        else:
            choices = Choices(self.fact, self.language)
            readers: dict[str, Reader] = {
                "yes_no": read_yes_no,
                "choice": choices.read_one,
                "list": choices.read_many,
                "region": read_region,
            }
            self.read_known = readers[self.fact.type]

    def read(self, value: Cell, mark: Mark | None = None) -> Value | None:
        """The value of a cell, None where it is blank; refused with what is allowed."""
        refuse_state(value, mark)
        return None if is_blank(value) else self.read_known(value, mark)

    def is_bare_share(self, cell: Cell, mark: Mark | None, value: Value) -> bool:
        """Whether the value is a share that may have been meant a hundred times as large."""
        if self.counted is None or not isinstance(value, int | Fraction):
            return False
        return self.counted.is_bare_share(cell, mark, value)


def refuse_state(value: Cell, mark: Mark | None) -> None:
    """Refuse error values and formulas without a result."""
    if mark is not None and mark.kind == "error":
        raise error_value(mark.text)
    if mark is not None and mark.kind == "uncomputed":
        raise uncomputed()
    if type(value) is str and value.startswith("#") and value.strip() in ERRORS:
        raise error_value(value.strip())


def read_yes_no(value: Cell, _mark: Mark | None) -> bool:
    """Yes or no in either language, or 1 and 0."""
    answer = _answer(value, words().yes_no)
    if answer is None:
        raise CellRefused(
            "yes_no",
            _("“%(found)s” is neither yes nor no. Allowed: %(allowed)s."),
            found=quoted(value),
            allowed=", ".join(words().yes_no),
        )
    return answer


def read_judgement(value: Cell, _mark: Mark | None) -> bool:
    """Whether a person judged a condition met."""
    answer = _answer(value, words().judged)
    if answer is None:
        raise CellRefused(
            "judgement",
            _("“%(found)s” is no judgement. Allowed: %(allowed)s, or points as a number."),
            found=quoted(value),
            allowed=", ".join(words().judged),
        )
    return answer


def _answer(value: Cell, known: Mapping[str, bool]) -> bool | None:
    if type(value) is bool:
        return value
    if type(value) is str:
        return known.get(cell_key(value))
    return bool(value) if value in (0, 1) else None


def read_region(value: Cell, _mark: Mark | None) -> str:
    """The six-digit code of a region."""
    if isinstance(value, float) and value.is_integer() and 0 <= value < 10**6:
        value = int(value)
    if type(value) not in (str, int):
        raise CellRefused(
            "region",
            _("“%(found)s” is no region. Allowed: a code such as 430000, or a name."),
            found=quoted(value),
        )
    try:
        return region_code(str(value).strip(BLANKS))
    except Refused as refused:
        raise CellRefused("region", refused.message, **refused.params) from None


@dataclass
class Choices:
    """The codes that a fact allows, found by code or label in either language."""

    fact: Definition
    language: str

    @cached_property
    def codes(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for code, label in self.fact.choices.items():
            found |= {cell_key(code): code, cell_key(label.zh): code, cell_key(label.en): code}
        return found

    @cached_property
    def levels(self) -> dict[str, str]:
        """The levels of this fact by code or word."""
        return {level: level for level in self.fact.levels} | {
            cell_key(word): level
            for word, level in words().levels.items()
            if level in self.fact.levels
        }

    def read_one(self, value: Cell, _mark: Mark | None) -> str:
        """One of the codes."""
        code = self.codes.get(cell_key(value)) if type(value) is str else None
        if code is None:
            raise self._unknown(value)
        return code

    def read_many(self, value: Cell, _mark: Mark | None) -> frozenset[str]:
        """Several, separated by semicolons; a word stands for none at all."""
        if type(value) is str and cell_key(value) in words().empty_list:
            return frozenset()
        if type(value) is list:
            parts: Sequence[str] = value
        elif type(value) is str:
            parts = _split(value)
        else:
            raise self._unknown(value)
        return frozenset(self._item(part) for part in parts if not is_blank(part))

    def _item(self, text: str) -> str:
        """A code, a code at a level, or the same in words: the level before the kind, or behind an @."""
        key = cell_key(text)
        if not self.fact.choices:
            return text.strip(BLANKS)
        kind, at, level = (part.strip() for part in key.partition("@"))
        if not at:
            kind, level = self._with_level_before(key)
        code = self.codes.get(kind)
        if code is None or (level and level not in self.levels):
            raise self._unknown(text)
        item = f"{code}@{self.levels[level]}" if level else code
        if not is_choice(self.fact, item):
            raise self._unknown(text)
        return item

    def _with_level_before(self, key: str) -> tuple[str, str]:
        """Kind and level of a phrase such as provincial key laboratory."""
        if key not in self.codes:
            for word in self.levels:
                rest = key.removeprefix(word).strip()
                if rest != key and rest in self.codes:
                    return rest, word
        return key, ""

    def _unknown(self, value: Cell) -> CellRefused:
        allowed = "; ".join(
            f"{code} ({label[self.language]})" for code, label in self.fact.choices.items()
        )
        if self.fact.levels:
            return CellRefused(
                "choice",
                _(
                    "“%(found)s” is not among the choices. Allowed: %(allowed)s; each may have a level behind it, such as @%(level)s: %(levels)s."
                ),
                found=quoted(value),
                allowed=allowed,
                level=self.fact.levels[-1],
                levels=", ".join(self.fact.levels),
            )
        return CellRefused(
            "choice",
            _("“%(found)s” is not among the choices. Allowed: %(allowed)s."),
            found=quoted(value),
            allowed=allowed,
        )


def _split(text: str) -> list[str]:
    for sign in words().separators:
        text = text.replace(sign, ";")
    return text.split(";")
