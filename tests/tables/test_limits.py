"""What a file may not be or carry along: bombs, macros, links, lies about its size."""

import struct
import tracemalloc

import pytest

from zhongchuang.tables import LOCAL, UPLOAD, Unreadable, read
from zhongchuang.tables.child import read_in_child
from zhongchuang.tables.limits import MB, Limits

SHEET = "xl/worksheets/sheet1.xml"
ROWS = [["name", "desks"], ["a", 5]]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("xl/vbaProject.bin", b"x", "macros"),
        ("xl/macrosheets/sheet1.xml", b"<x/>", "macros"),
        (
            "xl/innocent.bin",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1macros under another name",
            "embedded",
        ),
        ("xl/embeddings/oleObject1.bin", b"x", "embedded"),
        ("xl/activeX/activeX1.xml", b"<x/>", "embedded"),
        (
            "xl/externalLinks/externalLink1.xml",
            b"<externalLink><ddeLink/></externalLink>",
            "external_links",
        ),
        ("xl/media/more.zip", b"PK\x03\x04nested", "nested_archive"),
        ("../../etc/cron.d/x", b"x", "damaged"),
        ("xl/custom.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "entities"),
        ("xl/bomb.xml", b" " * (60 * MB), "packed_too_tight"),
        ("XL/WORKBOOK.XML", b"<x/>", "doubled_part"),
    ],
)
def test_what_a_workbook_may_not_carry_is_refused_with_a_reason(
    xlsx, remade, refused, name, content, code
):
    assert refused(remade(xlsx(ROWS), {name: content})) == [(code, 0, "")]


def test_entities_in_the_sheet_are_refused(xlsx, remade, refused):
    laughs = b'<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    data = remade(
        xlsx(ROWS), {SHEET: lambda xml: xml.replace(b"<worksheet", laughs + b"<worksheet")}
    )
    assert refused(data) == [("entities", 0, "")]


def test_a_bomb_of_many_parts_is_refused(xlsx, remade, refused):
    assert refused(remade(xlsx(ROWS), {f"x{number}.txt": b"" for number in range(2001)})) == [
        ("too_many_parts", 0, "")
    ]


def test_an_encrypted_entry_is_refused(xlsx, refused):
    data = bytearray(xlsx(ROWS))
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    assert refused(bytes(data)) == [("encrypted", 0, "")]


def test_a_workbook_under_a_password_is_refused(refused):
    data = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500 + "EncryptedPackage".encode("utf-16-le")
    )
    assert refused(data) == [("encrypted", 0, "")]


def lying(data, name, size):
    """The archive, with a part that says it is `size` bytes long."""
    data = bytearray(data)
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        length = struct.unpack("<H", data[at + 28 : at + 30])[0]
        if data[at + 46 : at + 46 + length].decode() == name:
            data[at + 24 : at + 28] = struct.pack("<I", size)
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


@pytest.mark.parametrize("size", [10, 1_000_000])
def test_a_part_that_lies_about_its_length_is_refused(xlsx, refused, size):
    assert refused(lying(xlsx(ROWS), SHEET, size)) == [("damaged", 0, "")]


def far_cell(reference):
    row = "".join(sign for sign in reference if sign.isdigit())
    return lambda xml: xml.replace(
        b"</sheetData>",
        f'<row r="{row}"><c r="{reference}"><v>1</v></c></row></sheetData>'.encode(),
    )


@pytest.mark.parametrize(
    ("reference", "code"),
    [
        ("XFD1048576", "too_many_columns"),
        ("B1048576", "far_apart"),
        ("ZZ3", "too_many_columns"),
        ("A9999999", "too_many_rows"),
    ],
)
def test_a_cell_far_away_reserves_no_memory(xlsx, remade, refused, reference, code):
    change = far_cell(reference)
    data = remade(xlsx([[*ROWS[0], "floor_area", "makers", "residents"], ROWS[1]]), {SHEET: change})
    tracemalloc.start()
    try:
        assert refused(data) == [(code, 0, "")]
        assert tracemalloc.get_traced_memory()[1] < 4 * 2**20
    finally:
        tracemalloc.stop()


def test_a_dimension_that_lies_is_passed_over(xlsx, remade, column_of):
    data = remade(
        xlsx(ROWS), {SHEET: lambda xml: xml.replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"')}
    )
    assert column_of(data, "desks") == [5]


def test_a_cell_that_lies_about_its_row_is_seen(xlsx, remade, refused):
    data = remade(xlsx(ROWS), {SHEET: lambda xml: xml.replace(b'r="B2"', b'r="XFC1048570"')})
    assert refused(data) == [("too_many_columns", 0, "")]


def test_too_many_rows_and_columns_are_refused_in_every_format(csv, xlsx, refused):
    few = Limits(size=MB, entries=100, unpacked=10 * MB, ratio=100, rows=20, columns=3)
    long = [["name"], *([str(number)] for number in range(40))]
    wide = [["name", "a", "b", "c"], ["x"] * 4]
    assert {
        found[0] for data in (csv(*long), xlsx(long)) for found in refused(data, limits=few)
    } == {"too_many_rows"}
    assert {
        found[0] for data in (csv(*wide), xlsx(wide)) for found in refused(data, limits=few)
    } == {"too_many_columns"}
    assert refused(b"x" * (2 * MB), limits=few) == [("too_large", 0, "")]


def test_own_files_may_be_longer_than_uploads():
    assert (UPLOAD.rows, LOCAL.rows, UPLOAD.size) == (200_000, 2_000_000, 50 * MB)


def test_an_upload_is_read_in_a_child_to_the_same_table(xlsx):
    data = xlsx(
        [
            [
                "名称",
                "工位数",
                "总面积",
                "工位使用率",
                "依托单位创新平台",
                "免费高带宽网络",
                "judged.x",
            ],
            ["𠮷", 5, 0.1, 0.3, "key_laboratory@provincial", "是", 2.5],
            ["=1", 5, None, 0.5, "无", "否", 1],
        ],
        formats={(1, 3): "0%"},
    )
    here, there = read(data, name="a.xlsx"), read_in_child(data, "a.xlsx")
    assert there == here


def test_an_upload_that_is_refused_in_the_child_says_why(csv):
    data = csv(["name", "desks", "长沙"], ["a", "-1", ""])
    with pytest.raises(Unreadable) as here:
        read(data, name="a.csv")
    with pytest.raises(Unreadable) as there:
        read_in_child(data, "a.csv")
    assert str(there.value) == str(here.value)


def test_a_long_upload_comes_back_as_arrays(csv):
    data = csv(
        ["name", "floor_area", "tenure", "host_platforms"],
        *([f"s{number}", f"{number / 10}", "自有", "无"] for number in range(2500)),
    )
    here, there = read(data).table, read_in_child(data).table
    assert [there.values(row) for row in there.rows()] == [here.values(row) for row in here.rows()]


def test_an_upload_that_needs_too_much_memory_is_refused(xlsx, remade):
    rows = "".join(
        f'<row r="{row}"><c r="A{row}" t="s"><v>3</v></c></row>' for row in range(3, 100_001)
    )
    data = remade(
        xlsx([*ROWS, ["x" * 30_000]]),
        {
            SHEET: lambda xml: (
                xml[: xml.index(b'<row r="3"')] + rows.encode() + b"</sheetData></worksheet>"
            ),
            "xl/sharedStrings.xml": lambda xml: xml.replace(b"<t>x", b"<t>xx"),
        },
    )
    with pytest.raises(Unreadable) as caught:
        read_in_child(data, "a.xlsx")
    assert [one.code for one in caught.value.problems] == ["too_heavy"]


def test_an_upload_that_takes_too_long_is_refused(xlsx):
    with pytest.raises(Unreadable) as caught:
        read_in_child(xlsx(ROWS), "a.xlsx", wall_seconds=0.0001)
    assert [one.code for one in caught.value.problems] == ["too_slow"]


def test_parquet_is_not_taken_as_an_upload():
    with pytest.raises(Unreadable) as caught:
        read_in_child(b"PAR1" * 10, "a.parquet")
    assert [one.code for one in caught.value.problems] == ["no_parquet"]
