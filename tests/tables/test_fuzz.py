"""Whatever the bytes, the answer is a reading or a refusal."""

import json
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhongchuang.tables import UPLOAD, Unreadable, read

from .conftest import make_xlsx, remake

WORKBOOK = make_xlsx(
    [["名称", "工位数", "工位使用率", "场地性质"], ["甲", 5, 0.3, "自有"], ["乙", 7, 0.5, "租赁"]],
    formats={(1, 2): "0.00%"},
)
OLD = (Path(__file__).parent / "old.xls").read_bytes()
PARTS = [
    "xl/workbook.xml",
    "xl/worksheets/sheet1.xml",
    "xl/styles.xml",
    "xl/sharedStrings.xml",
    "xl/_rels/workbook.xml.rels",
    "[Content_Types].xml",
]
SPLICES = st.lists(
    st.tuples(
        st.floats(0, 1),
        st.integers(0, 20),
        st.one_of(
            st.binary(max_size=12),
            st.sampled_from(
                [
                    b"<c>",
                    b"</c>",
                    b"</row>",
                    b"<row r='1'>",
                    b' r="XFD9"',
                    b"9" * 30,
                    b"-1",
                    b"&#0;",
                    b"]]>",
                    b"<!--",
                    b"\xff\xfe",
                    b"\x00",
                    b's="999"',
                    b't="e"',
                    b"<f>",
                ]
            ),
        ),
    ),
    max_size=4,
)


def readable(data):
    """Read the bytes; anything but a reading or a refusal that renders is a fault."""
    try:
        read(data, name="x", limits=UPLOAD)
    except Unreadable as refused:
        lines = str(refused).splitlines()
    else:
        return
    assert len(lines) > 1
    assert "Traceback" not in lines


def spliced(data, splices):
    for share, cut, new in splices:
        at = int(share * len(data))
        data = data[:at] + new + data[at + cut :]
    return data


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_random_bytes(data):
    readable(data)


@settings(deadline=None)
@given(
    st.sampled_from(
        [
            b"PK\x03\x04",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            b"PAR1",
            b"[",
            b"{",
            b"\xff\xfe",
            b"\xfe\xff",
            b"name,",
        ]
    ),
    st.binary(max_size=600),
)
def test_random_bytes_that_pretend_to_be_a_kind_of_file(magic, data):
    readable(magic + data)


@settings(deadline=None)
@given(SPLICES)
def test_workbooks_with_broken_bytes(splices):
    readable(spliced(WORKBOOK, splices))


@settings(deadline=None)
@given(SPLICES)
def test_old_workbooks_with_broken_bytes(splices):
    readable(spliced(OLD, splices))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(PARTS), SPLICES)
def test_workbooks_with_broken_parts(part, splices):
    readable(remake(WORKBOOK, {part: lambda xml: spliced(xml, splices)}))


@settings(deadline=None)
@given(SPLICES, st.sampled_from(["utf-8", "utf-16", "gb18030"]))
def test_text_tables_with_broken_bytes(splices, encoding):
    readable(spliced('名称,工位数,场地性质\n甲,"1,200",自有\n乙,300,\n'.encode(encoding), splices))


@settings(deadline=None)
@given(SPLICES)
def test_json_with_broken_bytes(splices):
    readable(
        spliced(
            json.dumps(
                [
                    {
                        "name": "a",
                        "desks": 5,
                        "floor_area": "300 m2",
                        "host_platforms": ["key_laboratory"],
                    },
                    {"name": "b"},
                ]
            ).encode(),
            splices,
        )
    )


@settings(deadline=None)
@given(
    st.text(max_size=60),
    st.sampled_from(
        [
            "desks",
            "fund_amount",
            "occupancy",
            "tenure",
            "registered_in",
            "host_platforms",
            "free_broadband",
            "code",
            "judged.x",
        ]
    ),
)
def test_any_text_in_any_column(text, name):
    readable(json.dumps([{"name": "a", name: text}]).encode())


@settings(deadline=None)
@given(st.lists(st.text(max_size=20), min_size=1, max_size=6))
def test_any_headings(headings):
    readable(json.dumps([dict.fromkeys(["name", *headings], "1")]).encode())
