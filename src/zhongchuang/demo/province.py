"""An invented province: the same spaces for the same seed, figures that fit each other, names that are marked.

Plausible by what is known of the field: 20–35 m² a desk, half to three fifths of the desks taken, services that
grow with the residents. About one space in eight is careless and leaves figures out.
"""

import tomllib
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

from zhongchuang.policy.conditions import Judged
from zhongchuang.policy.facts import Value, space_catalogue
from zhongchuang.policy.loading import find_pack
from zhongchuang.policy.table import Table
from zhongchuang.tables.subjects import check_character

from .dice import Dice
from .space import Space, draw_space

PACK = "zhejiang-2016"
"""The pack whose open questions the invented officials have judged."""

PASSED = 96
CARELESS = 12
LEFT_OUT_BY_CARELESS = 8
LEFT_OUT_BY_OTHERS = 0.2
KEPT = ("registered_in", "months_operating")

OFFICE = "91999999"
"""Registration office and region of the invented codes: no region has this code."""


def province(
    spaces: int, seed: int, *, progress: Callable[[int], None] = lambda _done: None
) -> tuple[Table, Table]:
    """The spaces of the province, and those that were there a year before with their figures then."""
    dice, conditions = Dice(seed), judged_conditions()
    now, before = Rows(), Rows()
    for number in range(spaces):
        space = draw_space(dice, dice.weighed(_names()["cities"]))
        name, code = name_of(number), code_of(number)
        now.add(name, code, left_out(dice, space), {id_: dice.chance(PASSED) for id_ in conditions})
        if space.before is not None:
            before.add(name, code, space.before, {})
        progress(number + 1)
    return now.table(), before.table()


class Rows:
    """Subjects as they come, turned into columns at the end."""

    def __init__(self) -> None:
        self.subjects: list[str] = []
        self.codes: list[str | None] = []
        self.facts: list[dict[str, Value]] = []
        self.judgements: list[dict[str, bool]] = []

    def add(
        self, subject: str, code: str, facts: dict[str, Value], judgements: dict[str, bool]
    ) -> None:
        """One more subject."""
        self.subjects.append(subject)
        self.codes.append(code)
        self.facts.append(facts)
        self.judgements.append(judgements)

    def table(self) -> Table:
        """All of them, column by column."""
        return Table(
            self.subjects,
            _columns(self.facts, space_catalogue().columns),
            _columns(self.judgements, judged_conditions()),
            codes=self.codes,
        )


def _columns(rows: list[dict[str, Any]], order: Iterable[str]) -> dict[str, list[Any]]:
    """Row by row as column by column, those that any row has, in this order."""
    names = {name for row in rows for name in row}
    return {name: [row.get(name) for row in rows] for name in order if name in names}


def left_out(dice: Dice, space: Space) -> dict[str, Value]:
    """The figures of a space without those that it forgot."""
    percent = LEFT_OUT_BY_CARELESS if dice.chance(CARELESS) else LEFT_OUT_BY_OTHERS
    return {
        name: value for name, value in space.now.items() if not dice.chance(percent) or name in KEPT
    }


@cache
def judged_conditions() -> tuple[str, ...]:
    """The conditions of the pack that a person judges, as files name them."""
    pack, name = find_pack(PACK)
    return tuple(
        f"{pack.id}:{name}.{one.id}" for one in pack.set(name).leaves() if isinstance(one, Judged)
    )


def name_of(number: int) -> str:
    """The name of a space by its number; no two are the same."""
    words = _names()
    first, second, ending = words["first"], words["second"], words["ending"]
    count = len(first) * len(second) * len(ending)
    round_, place = divmod(number, count)
    # a step that shares no factor with the count visits every name once, far from its neighbours
    place = place * STEP % count
    place, third = divmod(place, len(ending))
    name = words["mark"] + first[place // len(second)] + second[place % len(second)] + ending[third]
    return words["again"] % {"name": name, "number": round_ + 1} if round_ else name


STEP = 3137
STEP_OF_STEMS = 337


def stem_of(number: int) -> str:
    """The marked beginning of a name, for whoever chooses the ending; the first 900 all differ."""
    first, second = _names()["first"], _names()["second"]
    place = number * STEP_OF_STEMS % (len(first) * len(second))
    return f"{_names()['mark']}{first[place // len(second)]}{second[place % len(second)]}"


def code_of(number: int) -> str:
    """A unified social credit code with right check characters, from a range that no office hands out."""
    body = f"X{number + 1:07d}"
    body = OFFICE + body + _organisation_check(body)
    return body + check_character(body)


def _organisation_check(body: str) -> str:
    """The check character of an organisation code (GB 11714)."""
    signs = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    total = sum(
        signs.index(sign) * weight
        for sign, weight in zip(body, (3, 7, 9, 10, 5, 8, 4, 2), strict=True)
    )
    return "0123456789X0"[-total % 11]


@cache
def _names() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "names.toml").read_text(encoding="utf-8"))
