"""A row among others is read and checked as it is alone, whatever stands in its cells."""

import random
from datetime import date

import pytest

from tests.imports.conftest import book
from zhongchuang.demo.province import code_of
from zhongchuang.imports.checking import assigned, check, located
from zhongchuang.imports.declaration import kind_of
from zhongchuang.tables.grid import read_grid

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 25)
ODD = (
    None, "", " ", 1, 1.5, True, False, 0, -1, "1", "#N/A", "x", "是", "yes", "2020-01-01", "2020年3月1日", date(2021, 5, 6),
    date(1890, 1, 1), date(2200, 1, 1), 43831, "300万元", 1e30, "12,000", "a\u0085b", "长" * 600, "平湖", "330482", "浙江省",
    "\u3000", "-", 99_999_999_999, code_of(1)[:-1] + "*", 2**31,
)  # fmt: skip
FORMATS = ("0%", '0"万元"', "yyyy-mm-dd", '0"人"')
PERHAPS = 0.03


def right(dice, column, number):
    """A cell that is taken; no two rows are of one resident."""
    if column.name == "resident":
        return f"团队{number}"
    found = {
        "day": lambda: date(2020, dice.randint(1, 12), 1), "amount": lambda: dice.randint(0, 300), "number": lambda: dice.randint(0, 12),
        "choice": lambda: dice.choice([one for both in column.choice_words.values() for one in both.values()]),
        "yes_no": lambda: dice.choice(["是", "no"]), "region": lambda: "330482", "code": lambda: code_of(number),
    }  # fmt: skip
    return found[column.type]() if column.type in found else f"文字{dice.randint(0, 3)}"


def some_book(dice, kind, rows):
    """A workbook in which some cells are odd and some have a format of their own."""
    columns = [one for one in kind.columns if one.name not in {"struck", "line"}]
    lines = [[right(dice, column, number) for column in columns] for number in range(rows)]
    lines = [
        [dice.choice(ODD) if dice.random() < PERHAPS else cell for cell in line] for line in lines
    ]
    formats = {
        (row, place): dice.choice(FORMATS)
        for row in range(rows)
        for place in range(len(columns))
        if dice.random() < PERHAPS
    }
    return [one.heading("zh") for one in columns], lines, formats


@pytest.fixture
def checked(cast, space):
    """What is found in rows below a header: faults by row, the rows as understood, and their fates."""

    def one(kind, header, lines, formats):
        data = book([header, *lines], formats=formats)
        grid = read_grid(data, "rows.xlsx", known=kind.known)
        columns = assigned(kind, grid, {})
        found = check(
            kind, grid, columns, by=cast["bees.operator_clerk"], scope=space.code, existing="skip", on=ON
        )  # fmt: skip
        told = [(p.place.row, p.place.column, p.code, p.text(str).replace(f"row {p.place.row},", "row,")) for p in located(found.faults, grid, columns)]  # fmt: skip
        return told, found.shown, found.plan.fates

    return one


@pytest.mark.parametrize("seed", range(3))
def test_a_row_among_others_is_checked_as_alone(checked, seed):
    dice, kind, rows = random.Random(seed), kind_of("ledger-stays"), 30  # noqa: S311 -- no secret
    header, lines, formats = some_book(dice, kind, rows)
    faults, shown, fates = checked(kind, header, lines, formats)
    assert {"new", ""} <= set(fates)
    for row in range(rows):
        own = {(0, place): kept for (other, place), kept in formats.items() if other == row}
        told, alone, fate = checked(kind, header, [lines[row]], own)
        assert [(1, *rest) for number, *rest in told] == [(1, *rest) for number, *rest in faults if number == row + 2]  # fmt: skip
        assert (alone, fate) == ([shown[row]], [fates[row]])
