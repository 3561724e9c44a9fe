"""A column that is read at once has the same values as one that is read cell by cell."""

import math

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from zhongchuang.imports import reading
from zhongchuang.imports.declaration import Column
from zhongchuang.tables.columns import MANY
from zhongchuang.tables.grid import Grid, _plain_floats
from zhongchuang.tables.passing import dumped, loaded
from zhongchuang.tables.sheets import Mark
from zhongchuang.tables.subjects import are_codes, check_character

BODY = "91330482MA2AB12C{:d}"
COLUMNS = {
    "text": Column("one", "One", longest=8),
    "needed": Column("one", "One", required=True),
    "day": Column("one", "One", "day"),
    "code": Column("one", "One", "code"),
    "yuan": Column("one", "One", "amount", "CNY"),
    "people": Column("one", "One", "amount", "person"),
    "area": Column("one", "One", "amount", "m2"),
}
ODD = [
    "",
    " ",
    "#N/A",
    "a\x07b",
    "长" * 9,
    "2024-02-30",
    "2024.2.9",
    "20240209",
    "1",
    "1.5",
    True,
    False,
]
NUMBERS = st.one_of(
    st.integers(-2, 20),
    st.sampled_from([2**31 - 1, 2**31, 10**10 - 1, 10**10, 10**14 - 1, 10**14, 1.5, -0.0, 3.0, math.inf]),
)  # fmt: skip
USUAL = {
    "needed": st.text(max_size=3),
    "text": st.text(st.characters(min_codepoint=1, max_codepoint=0x2FFF), max_size=9),
    "day": st.dates().map(str),
    "code": st.sampled_from(["91330482MA2AB12C00", "91330482MA2AB12C0B", "91330482MA2AB12C1X"]),
    **dict.fromkeys(("yuan", "people", "area"), NUMBERS),
}


@st.composite
def columns(draw):
    """A kind of column and cells of it, seldom with one that does not belong there."""
    kind = draw(st.sampled_from(sorted(COLUMNS)))
    cells = draw(st.lists(st.one_of(USUAL[kind], st.just("")), min_size=1, max_size=6))
    return kind, cells + draw(st.lists(st.sampled_from(ODD), max_size=1))


def codes_of(count):
    bodies = [BODY.format(place % 10)[:16] + str(place % 10) for place in range(count)]
    return [body + check_character(body) for body in bodies]


def read(column, cells, marks=()):
    """Values, and the places and codes of faults."""
    grid = Grid("", 1, ["One"], ["A"], [list(cells)], [dict(marks)], list(range(2, len(cells) + 2)))
    found = reading.read_column(grid, 0, column)
    faults = [(one.row, one.refused.code) for one in found.faults]
    return [(type(one), one) for one in found.values], faults


@given(columns(), st.booleans())
@settings(max_examples=400)
@example(("text", ["a", "#N/A"]), False)
@example(("day", ["2024-01-01", "2024-W01-1"]), True)
@example(("needed", ["a", ""]), False)
def test_a_column_read_at_once_reads_as_cell_by_cell(column, dated):
    kind, cells = column
    marks = {Mark("date"): list(range(len(cells)))} if dated and kind == "day" else {}
    at_once = read(COLUMNS[kind], cells, marks)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "all_plain", lambda *_all: None)
        assert at_once == read(COLUMNS[kind], cells, marks)


@pytest.mark.parametrize("count", [3, MANY + 1])
def test_one_wrong_code_among_many_is_found(count):
    codes = codes_of(count)
    assert are_codes(codes)
    for wrong in (codes[1][:-1] + "-", codes[1][:-1], codes[1].lower(), "", codes[1][0] + codes[1][2:] + "0"):  # fmt: skip
        assert not are_codes([*codes[:-1], wrong])
    swapped = codes[0][:-1] + ("0" if codes[0][-1] != "0" else "1")
    assert not are_codes([*codes, swapped])


def test_what_is_no_number_does_not_turn_into_a_blank():
    cells = [1.5, math.nan, math.inf, -math.inf, ""]
    _plain_floats(cells)
    assert loaded(dumped({"cells": cells}))["cells"] == [1.5, "nan", "inf", "-inf", ""]
    values, faults = read(COLUMNS["yuan"], cells)
    assert [place for place, _code in faults] == [1, 2, 3]
    assert values[4] == (type(None), None)
