"""Both ways of reading a column give the same values and the same problems."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongchuang.policy.facts import space_catalogue
from zhongchuang.tables import Unreadable, columns, read
from zhongchuang.tables.cells import CellReader
from zhongchuang.tables.columns import RawColumn, read_at_once, read_singly
from zhongchuang.tables.sheets import Mark, columns_of

FACTS = (
    "fund_amount",
    "occupancy",
    "desks",
    "lease_years",
    "free_broadband",
    "tenure",
    "registered_in",
    "host_platforms",
)
MARKS = (
    Mark("percent", "%"),
    Mark("unit", "万元"),
    Mark("unit", "个"),
    Mark("currency", "¥"),
    Mark("date", "d"),
    Mark("unclear", "0.0,"),
    Mark("error", "#N/A"),
    Mark("uncomputed"),
)
NUMBERS = st.one_of(
    st.floats(),
    st.floats(0, 1),
    st.integers(-5, 10**6).map(float),
    st.integers(0, 10**17).map(lambda number: number / 100),
    st.integers(-(10**20), 10**20),
    st.sampled_from(
        [0.0, -0.0, 0.1, 0.3, 1.0, 100.0, 0.1 + 0.2, 1e15, 1e14, 4.7e12, 5e-324, 2.0**62, 1 / 3]
    ),
)
TEXTS = st.one_of(
    st.sampled_from(
        [
            "",
            " ",
            "\u3000",
            "x",
            "12",
            "0012",
            "12.5",
            "300万元",
            "60%",
            "是",
            "no",
            "owned",
            "自有",
            "湖南",
            "无",
            "-",
            "#N/A",
            "1e400",
            "key_laboratory",
            "1.00000",
            "99999999999.9999",
            "123456789012345678",
            "0.3",
            "1",
            "２",
        ]
    ),
    st.decimals(0, 10**6, places=3).map(str),
    st.text(max_size=5),
)
CELLS = st.one_of(
    NUMBERS,
    TEXTS,
    st.booleans(),
    st.none(),
    st.decimals(allow_nan=False, allow_infinity=False, places=2),
    st.just(Decimal("1E+400")),
)


def outcome(read_column, raw, reader):
    refused, warned = [], []
    values = read_column(
        raw, reader, lambda *note: refused.append(note), lambda *note: warned.append(note)
    )
    return [(type(value), value) for value in values], *(
        [(place, str(one)) for place, one in notes] for notes in (refused, warned)
    )


@settings(deadline=None)
@given(
    st.sampled_from(FACTS),
    st.one_of(
        st.lists(CELLS, min_size=1), st.lists(NUMBERS, min_size=1), st.lists(TEXTS, min_size=1)
    ),
    st.sampled_from([1, 10_000]),
    st.data(),
)
def test_a_column_read_at_once_is_the_column_read_singly(name, cells, times, data):
    marks = {}
    for place in range(len(cells)):
        mark = data.draw(st.sampled_from((None,) * 12 + MARKS))
        if mark is not None and (
            type(cells[place]) is not str
            or (mark.kind in ("error", "uncomputed") and not cells[place])
        ):
            marks.setdefault(mark, []).append(place)
    reader = CellReader(space_catalogue().columns[name].fact, times)
    raw = RawColumn(columns_of([[cell] for cell in cells])[0], marks)
    assert outcome(read_at_once, raw, reader) == outcome(read_singly, raw, reader)


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 50),
            st.integers(0, 50),
            st.one_of(st.none(), st.integers(0, 1000).map(lambda share: share / 10)),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_contradictions_are_found_alike_in_short_and_long_files(rows):
    text = "name,desks,desks_occupied,occupancy\n" + "".join(
        f"{number},{desks},{occupied},{'' if share is None else f'{share}%'}\n"
        for number, (desks, occupied, share) in enumerate(rows)
    )
    answers = []
    for many in (10**9, 0):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(columns, "MANY", many)
            try:
                reading = read(text.encode())
                answers.append(
                    [str(one) for one in reading.warnings]
                    + [reading.table.values(row) for row in reading.table.rows()]
                )
            except Unreadable as refused:
                answers.append(str(refused))
    assert answers[0] == answers[1]


def test_progress_counts_the_columns(csv):
    seen = []
    read(
        csv(["name", "desks", "makers"], ["a", "1", "2"]),
        progress=lambda done, total: seen.append((done, total)),
    )
    assert seen == [(0, 2), (1, 2), (2, 2)]
