"""Files of every kind: what their cells show, and what makes them unreadable."""

import builtins
import datetime as dt
import io
import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from zhongchuang.tables import read
from zhongchuang.tables.number_formats import meaning

HERE = Path(__file__).parent


@pytest.mark.parametrize(
    ("name", "number", "shown", "value"),
    [
        ("occupancy", 0.3, "0%", 30),
        ("occupancy", 0.07, "0.00%", 7),
        ("occupancy", 0.3333, "0%", Fraction(3333, 100)),
        ("occupancy", 30, '0"%"', 30),
        ("fund_amount", 300, '0"万元"', 3_000_000),
        ("fund_amount", 300, "#,##0.00 万元", 3_000_000),
        ("fund_amount", 300, "¥#,##0.00", 300),
        ("fund_amount", 300, "[$¥-804]#,##0", 300),
        ("fund_amount", 300, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', 300),
        ("floor_area", 500.5, '0.0"㎡"', Fraction(1001, 2)),
        ("floor_area", 0.1, "General", Fraction(1, 10)),
        ("desks", 12, '0"个"', 12),
        ("desks", 1200, "#,##0;[Red]-#,##0", 1200),
        ("desks", 12, "@", 12),
    ],
)
def test_a_cell_is_what_it_shows(xlsx, column_of, name, number, shown, value):
    data = xlsx([["name", name], ["a", number]], formats={(1, 1): shown})
    assert column_of(data, name) == [value]


@pytest.mark.parametrize(
    ("name", "number", "shown", "code"),
    [
        ("desks", 12, "0%", "wrong_unit"),
        ("desks", 12, '0"万元"', "wrong_unit"),
        ("fund_amount", 12, "$#,##0", "number_format"),
        ("fund_amount", 12345, "0.0,", "number_format"),
        ("fund_amount", 12345, '0!.0,"万"', "number_format"),
        ("fund_amount", 0.5, "# ?/?", "number_format"),
        ("fund_amount", 5, ";;;", "number_format"),
        ("fund_amount", 5, "[>=10000]0.0;0", "number_format"),
        ("fund_amount", 42000, "yyyy-mm-dd", "date"),
        ("fund_amount", 42000, 'yyyy"年"m"月"', "date"),
        ("fund_amount", 0.5, "[h]:mm", "date"),
        ("occupancy", 1.2, "0%", "over_100"),
        ("floor_area", -3, "0", "negative"),
        ("desks", 12.5, "0", "not_whole"),
        ("desks", True, "0", "amount"),
    ],
)
def test_a_format_that_is_not_understood_refuses_the_cell(xlsx, refused, name, number, shown, code):
    assert refused(xlsx([["name", name], ["a", number]], formats={(1, 1): shown})) == [
        (code, 2, "B")
    ]


def test_dates_in_a_column_of_numbers_are_refused(xlsx, refused):
    data = xlsx([["name", "desks"], ["a", dt.date(2016, 3, 1)]], formats={(1, 1): "yyyy-mm-dd"})
    assert refused(data) == [("date", 2, "B")]


def test_error_values_and_formulas_without_a_result_are_refused(refused):
    book = openpyxl.Workbook()
    for row in (["name", "desks", "makers"], ["a", "=1/0", "#N/A"], ["b", "=1+1", 5]):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    assert refused(out.getvalue()) == [
        ("uncomputed", 2, "B"),
        ("error_value", 2, "C"),
        ("uncomputed", 3, "B"),
    ]


@pytest.mark.parametrize(
    "change",
    [
        lambda xml: xml.replace(b"<c r=", b"<c  r="),
        lambda xml: xml.replace(b's="1"', b"").replace(b'<c r="B2"', b'<c s="1" r="B2"'),
        lambda xml: xml.replace(b"<sheetData>", b"<!-- x --><sheetData>"),
        lambda xml: (
            xml.replace(b'<c r="B2"', b"<c")
            .replace(b'<c r="A2"', b"<c")
            .replace(b'<row r="2"', b"<row")
        ),
    ],
)
def test_unusual_xml_is_read_alike(xlsx, remade, column_of, change):
    data = xlsx([["name", "occupancy"], ["a", 0.3]], formats={(1, 1): "0%"})
    assert column_of(remade(data, {"xl/worksheets/sheet1.xml": change}), "occupancy") == [30]


def test_the_old_kind_of_workbook_is_read_with_its_formats(column_of, refused):
    data = (HERE / "old.xls").read_bytes()
    assert [column_of(data, name) for name in ("occupancy", "desks", "free_broadband")] == [
        [30, 50],
        [12, 7],
        [True, None],
    ]
    assert refused((HERE / "old-with-date.xls").read_bytes()) == [("date", 2, "B")]


@pytest.mark.parametrize(
    ("cargo", "code"),
    [
        ("_VBA_PROJECT_CUR", "macros"),
        ("MBD0012AB3F", "embedded"),
        ("EncryptedPackage", "encrypted"),
    ],
)
def test_the_old_kind_of_workbook_may_carry_nothing_either(refused, cargo, code):
    assert refused((HERE / "old.xls").read_bytes() + cargo.encode("utf-16-le")) == [(code, 0, "")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_text_tables_are_read_in_every_usual_encoding_and_separator(column_of, encoding, separator):
    text = "\n".join(
        separator.join(row)
        for row in (["名称", "工位数", "场地性质"], ["众创空间𠮷", "12", "自有"])
    )
    assert column_of(text.encode(encoding), "desks") == [12]
    assert read(text.encode(encoding)).table.subjects == ["众创空间𠮷"]


def test_an_open_quotation_mark_is_refused(refused):
    assert refused(b'name,desks\n"a,5\n') == [("csv", 0, "")]


def test_json_is_read_as_a_list_and_line_by_line_with_exact_numbers(column_of):
    rows = [
        {"name": "a", "floor_area": Decimal("0.1")},
        {"name": "b"},
        {"name": "c", "floor_area": "300 平方米"},
    ]
    listed = b'[{"name":"a","floor_area":0.10},{"name":"b"},{"name":"c","floor_area":"300 \xe5\xb9\xb3\xe6\x96\xb9\xe7\xb1\xb3"}]'
    lines = b"\n".join(json.dumps(row, default=float).encode() for row in rows)
    assert (
        column_of(listed, "floor_area")
        == column_of(lines, "floor_area")
        == [Fraction(1, 10), None, 300]
    )


@pytest.mark.parametrize(
    ("written", "code"),
    [
        (b'[{"name":"a","name":"b"}]', "doubled_key"),
        (b'[{"name":"a","desks":{"x":1}}]', "json"),
        (b"[1,2]", "json"),
        (b'[{"name":"a"', "json"),
        (b"[" * 100_000, "json"),
        (b'[{"name":"a","desks":NaN}]', "amount"),
        (b'[{"name":"a","desks":1e400}]', "too_large_number"),
        (b'[{"name":"a","desks":1e999999999}]', "too_large_number"),
        (b'[{"name":"a","desks":%s}]' % (b"9" * 10_000), "too_large_number"),
        (b'[{"name":"a","desks":true}]', "amount"),
    ],
)
def test_json_that_is_no_table_of_figures_is_refused(refused, written, code):
    assert [found[0] for found in refused(written)] == [code]


def test_parquet_is_read_where_its_reader_is_installed(tmp_path, column_of, monkeypatch, refused):
    arrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    table = arrow.table(
        {
            "name": ["甲", "乙"],
            "floor_area": [0.1, None],
            "desks": [3, 4],
            "free_broadband": [True, None],
            "host_platforms": [["key_laboratory"], []],
            "fund_amount": [Decimal("1.50"), None],
        }
    )
    parquet.write_table(table, tmp_path / "x.parquet")
    data = (tmp_path / "x.parquet").read_bytes()
    assert column_of(data, "floor_area") == [Fraction(1, 10), None]
    assert column_of(data, "fund_amount") == [Fraction(3, 2), None]
    assert column_of(data, "host_platforms") == [frozenset({"key_laboratory"}), frozenset()]
    assert refused(data[: len(data) // 2]) == [("damaged", 0, "")]
    without = builtins.__import__

    def no_arrow(name, *rest, **named):
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return without(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", no_arrow)
    assert refused(data) == [("no_pyarrow", 0, "")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"  \r\n ", "empty"),
        (b"%PDF-1.7", "other_kind"),
        (b"\x89PNG\r\n", "other_kind"),
        (b"\xff\xd8\xff\xe0JPEG", "other_kind"),
        (b"<html><table><tr><td>name</td></tr></table></html>", "web_page"),
        (b"\x00\x01\x02\x03" * 100, "no_table"),
        (b"name,desks\n\xff\xff\xff,5", "encoding"),
        (b"PK\x03\x04nonsense", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "damaged"),
    ],
)
def test_what_is_no_table_is_named(refused, content, code):
    assert [found[0] for found in refused(content)] == [code]


def test_a_file_that_is_not_there_is_refused_without_a_traceback(tmp_path, refused):
    assert refused(tmp_path / "none.xlsx") == [("no_file", 0, "")]
    assert refused(tmp_path) == [("no_file", 0, "")]


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_truncated_workbook_is_refused(xlsx, refused, share):
    data = xlsx([["name", "desks"], *([f"space {number}", number] for number in range(100))])
    assert refused(data[: int(len(data) * share)]) == [("damaged", 0, "")]


def test_number_formats_are_understood_once():
    assert meaning("0.00%") is meaning("0.00%")
