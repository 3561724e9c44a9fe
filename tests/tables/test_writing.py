"""What is written reads back, and no text in it is a formula."""

import io
import zipfile
from fractions import Fraction

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongchuang.policy.facts import space_catalogue
from zhongchuang.policy.table import Table
from zhongchuang.tables import read
from zhongchuang.tables.template import template
from zhongchuang.tables.words import BLANKS
from zhongchuang.tables.writing import CSV, XLSX, OutSheet, export, write

SAFE = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
NAMES = (
    st.one_of(
        st.text(SAFE, min_size=1, max_size=12),
        st.tuples(st.sampled_from("=+-@'＝|"), st.text(SAFE, max_size=8)).map("".join),
    )
    .map(lambda text: text.strip(BLANKS) or "x")
    .filter(lambda text: text != "#N/A")
)
AMOUNTS = st.one_of(
    st.none(),
    st.integers(0, 10**14),
    st.decimals(0, 10**9, places=4)
    .map(Fraction)
    .map(lambda amount: amount.numerator if amount.denominator == 1 else amount),
)
SHARES = st.one_of(
    st.none(),
    st.decimals(2, 100, places=2)
    .map(Fraction)
    .map(lambda amount: amount.numerator if amount.denominator == 1 else amount),
)
ROWS = st.tuples(
    NAMES,
    AMOUNTS,
    SHARES,
    st.sampled_from([None, True, False]),
    st.sampled_from([None, "owned", "rented"]),
    st.sampled_from(
        [None, frozenset(), frozenset({"key_laboratory@provincial", "engineering_laboratory"})]
    ),
    st.sampled_from([None, True, False]),
)
COLUMNS = ("fund_amount", "survival_rate", "free_broadband", "tenure", "host_platforms")


@settings(deadline=None)
@given(
    st.lists(ROWS, min_size=1, max_size=5),
    st.sampled_from([CSV, XLSX]),
    st.sampled_from(["zh", "en"]),
    st.booleans(),
)
def test_an_export_reads_back_to_the_same_table(rows, kind, language, names):
    subjects, *columns, met = (list(column) for column in zip(*rows, strict=True))
    table = Table(
        subjects,
        dict(zip(COLUMNS, columns, strict=True)),
        {"hunan-2016:recognition.rules": met},
        {},
    )
    again = read(export(table, kind, language=language, names=names)).table
    assert (again.subjects, again.columns, again.judgements) == (
        table.subjects,
        table.columns,
        table.judgements,
    )


@settings(deadline=None)
@given(st.lists(st.text(max_size=12), min_size=1, max_size=6))
def test_no_text_is_ever_a_formula(texts):
    book = openpyxl.load_workbook(io.BytesIO(write([OutSheet("S", texts, [texts])], XLSX)))
    assert {cell.data_type for row in book.active.iter_rows() for cell in row} <= {
        "s",
        "n",
        "inlineStr",
    }
    assert all(
        cell.value is None or isinstance(cell.value, str)
        for row in book.active.iter_rows()
        for cell in row
    )
    assert not any(
        cell.lstrip().startswith(("=", "+", "-", "@", "\t", "\r"))
        for cell in write([OutSheet("S", [], [[text] for text in texts])], CSV)
        .decode("utf-8-sig")
        .split("\r\n")
    )


def test_formula_like_texts_are_escaped_and_numbers_are_not():
    content = write(
        [OutSheet("S", ["a", "b", "c"], [["=1+1", -5, "-5"], ["@x", Fraction(1, 10), "'=y"]])], CSV
    )
    assert content.decode("utf-8-sig") == "a,b,c\r\n'=1+1,-5,'-5\r\n'@x,0.1,''=y\r\n"


def test_numbers_that_a_float_cannot_hold_are_written_as_text():
    book = openpyxl.load_workbook(
        io.BytesIO(
            write([OutSheet("S", ["a", "b"], [[Fraction(1234567890123456789, 10**4), 5]])], XLSX)
        )
    )
    assert [cell.value for cell in book.active[2]] == ["123456789012345.6789", 5]


def test_a_large_export_has_no_formulas_either():
    rows = [[f"={number}", number] for number in range(30_000)]
    content = write([OutSheet("S", ["name", "desks"], rows)], XLSX)
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")
    assert read(content).table.subjects[29_999] == "=29999"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_template_asks_for_figures_and_hands_in_none(language, refused):
    assert refused(template(language)) == [("no_rows", 1, "")]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_template_is_understood_when_it_is_filled_in(language):
    catalogue = space_catalogue()
    asked = [column for column in catalogue.columns.values() if column.fact.formula is None]
    typed = {"quantity": "0", "yes_no": "是", "region": "湖南", "list": "无"}
    book = openpyxl.load_workbook(io.BytesIO(template(language)))
    page = book.active
    page.append(["甲", None])
    for place, heading in enumerate(page[1], 1):
        column = catalogue.find(str(heading.value).split("（")[0].split(" (")[0])
        if column is not None:
            cell = page.cell(2, place)
            cell.value = typed.get(column.fact.type) or next(iter(column.fact.choices))
            if column.unit == "%":
                cell.value, cell.number_format = 0.3, "0.00%"
    out = io.BytesIO()
    book.save(out)
    reading = read(out.getvalue())
    assert (reading.table.subjects, reading.warnings) == (["甲"], [])
    assert set(reading.table.columns) == {column.name for column in asked}
    values = reading.table.values(0)
    assert (len(values), values["survival_rate"]) == (len(asked), 30)


def test_the_template_explains_every_column_it_asks_for():
    book = openpyxl.load_workbook(io.BytesIO(template("zh")))
    form, guide = book.worksheets
    assert [cell.value for cell in form[1]] == [row[0].value for row in guide.iter_rows(min_row=2)]
    assert all(row[5].value for row in guide.iter_rows(min_row=2))
