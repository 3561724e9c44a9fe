"""Files made for the tests, and the answers of the reader in short."""

import io
import zipfile

import pytest
import xlsxwriter

from zhongchuang.tables import Unreadable, read


def make_xlsx(rows, *, formats=None, merged=(), sheets=None):
    """A workbook; `formats` maps (row, column) to a number format, both 0-based."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for name, content in (sheets or {"Sheet1": rows}).items():
        page = book.add_worksheet(name)
        for row, cells in enumerate(content):
            for column, cell in enumerate(cells):
                style = (
                    book.add_format({"num_format": formats[row, column]})
                    if formats and (row, column) in formats
                    else None
                )
                if isinstance(cell, str):
                    page.write_string(row, column, cell, style)
                elif hasattr(cell, "isoformat"):
                    page.write_datetime(row, column, cell, style)
                elif cell is not None:
                    page.write(row, column, cell, style)
        for area in merged:
            page.merge_range(area, content[0][0] if content else "")
    book.close()
    return out.getvalue()


def remake(data, changes, *, drop=(), compression=zipfile.ZIP_DEFLATED):
    """The workbook with parts changed by functions of their bytes, or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", compression) as new:
        for name in old.namelist():
            if name not in drop:
                change = changes.get(name)
                new.writestr(
                    name,
                    change(old.read(name))
                    if callable(change)
                    else old.read(name)
                    if change is None
                    else change,
                )
        for name, content in changes.items():
            if name not in old.namelist() and not callable(content):
                new.writestr(name, content)
    return out.getvalue()


@pytest.fixture
def xlsx():
    return make_xlsx


@pytest.fixture
def remade():
    return remake


@pytest.fixture
def csv():
    """A text table from rows of texts."""
    return lambda *rows, encoding="utf-8": "\r\n".join(",".join(row) for row in rows).encode(
        encoding
    )


@pytest.fixture
def refused():
    """The problems of a file that must be refused: (code, row, column letter)."""

    def problems(data, **options):
        with pytest.raises(Unreadable) as caught:
            read(data, name="spaces", **options)
        assert "Traceback" not in str(caught.value)
        return [(one.code, one.place.row, one.place.column) for one in caught.value.problems]

    return problems


@pytest.fixture
def warned():
    """The warnings of a file that is read: (code, row, column letter)."""

    def warnings(data, **options):
        return [
            (one.code, one.place.row, one.place.column)
            for one in read(data, name="spaces", **options).warnings
        ]

    return warnings


@pytest.fixture
def column_of():
    """The values of one column of a file that is read without a warning."""

    def values(data, name):
        reading = read(data, name="spaces")
        assert reading.warnings == []
        return list(reading.table.columns[name])

    return values
