"""Files as people really send them: odd, old, torn, hostile."""

import io
import json
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from tests.imports.conftest import book, problems, upload, warnings
from zhongchuang.imports import actions as imports
from zhongchuang.imports.actions import Unread
from zhongchuang.imports.checking import located
from zhongchuang.imports.declaration import kind_of, kinds
from zhongchuang.imports.models import Layout
from zhongchuang.imports.workbooks import template
from zhongchuang.page.refusal import Refused
from zhongchuang.spaces.models import Premises, StaffMember

pytestmark = pytest.mark.django_db
CLERK = "bees.operator_clerk"
HEAD = ["name", "total area", "desks"]


@pytest.fixture
def sites(bring, space):
    return lambda data, **more: bring(CLERK, "premises", data, scope=space.code, **more)


def changed(data, change):
    made = openpyxl.load_workbook(io.BytesIO(data))
    change(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_titles_blank_rows_totals_and_unknown_columns_are_passed_over(sites):
    rows = [["Sites of the hall 2026"], [], [*HEAD, "remark of ours"], ["A", 500, 10, "x"], [], ["B", 300, 5, "y"], ["合计", 800, 15, ""]]  # fmt: skip
    found = sites(rows, confirm=True)
    assert found.state == "done"
    assert list(Premises.objects.values_list("name", "floor_area")) == [("A", 500), ("B", 300)]


def test_a_merged_header_is_refused_with_its_cells(cast, space):
    data = changed(book([HEAD, ["A", 1, 2]]), lambda made: made.active.merge_cells("A1:B1"))
    with pytest.raises(Unread) as unread:
        imports.receive(upload(data), by=cast[CLERK], kind=kind_of("premises"), scope=space.code)
    assert "A1:B1" in unread.value.problems[0]


def test_the_sheet_with_the_known_headings_is_read_and_others_are_named(sites):
    data = book([["a", "b"], [1, 2]], more=[("Two", [HEAD, ["A", 500, 10]])])
    found = sites(data)
    assert found.findings["counts"] == {"new": 1}
    assert [one.code for one in imports.grid_of(found).warnings] == ["other_sheet"]


def test_a_formula_counts_by_its_result_and_without_one_is_refused(sites):
    found = sites([HEAD, ["A", "=1+1", 10]])
    assert problems(found) == [(2, "B", "uncomputed")]


def test_a_file_with_macros_is_refused_with_what_to_do(cast, space):
    out = io.BytesIO(book([HEAD, ["A", 500, 10]]))
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("xl/vbaProject.bin", b"x")
    with pytest.raises(Unread) as unread:
        imports.receive(upload(out.getvalue()), by=cast[CLERK], kind=kind_of("premises"), scope=space.code)  # fmt: skip
    assert len(unread.value.problems) == 1


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_text_tables_are_read_in_the_encodings_of_the_country(sites, encoding):
    text = '场地名称,面积,工位数\r\n一号楼,"1,200.5",60\r\n'
    found = sites(text.encode(encoding), name="a.csv", confirm=True)
    assert found.state == "done"
    assert [str(site.floor_area) for site in Premises.objects.all()] == ["1200.50"]


def test_a_workbook_of_the_old_kind_is_read(bring, space):
    data = (Path(__file__).parents[1] / "tables" / "old.xls").read_bytes()
    found = bring(CLERK, "staff", data, scope=space.code, name="old.xls")
    assert found.findings["rows"] > 0


def test_names_that_look_like_formulas_stay_texts(sites, space):
    data = book([HEAD, ["x", 500, 10]])
    data = changed(data, lambda made: setattr(made.active["A2"], "value", "'=cmd|' /C calc'!A0"))
    sites(data, confirm=True)
    assert Premises.objects.get().name == "'=cmd|' /C calc'!A0"


# --- the file with marks --------------------------------------------------------------------------


def test_the_error_file_is_the_same_sheet_with_red_cells_and_notes(sites, cast):
    found = sites([HEAD, ["A", "much", 10], [], ["", 300, 5]])
    data = imports.error_file(found, by=cast[CLERK], located=located)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    marked = {cell.coordinate: cell.fill.fgColor.rgb for row in sheet.iter_rows() for cell in row if cell.comment}  # fmt: skip
    assert marked == {"B2": "FFFFC7CE", "A4": "FFFFC7CE"}
    assert (sheet["A2"].value, sheet["C2"].value, sheet["B4"].value) == ("A", 10, 300)
    assert isinstance(sheet["B2"].comment, Comment)


def test_the_corrected_error_file_is_taken(sites, cast):
    found = sites([HEAD, ["A", "much", 10]])
    data = imports.error_file(found, by=cast[CLERK], located=located)
    data = changed(data, lambda made: setattr(made.active["B2"], "value", 700))
    assert sites(data, confirm=True).state == "done"


# --- templates and columns ------------------------------------------------------------------------


def test_every_template_is_recognised_column_by_column(cast):
    for kind in (kind_of(name) for name in sorted(kinds())):
        data = changed(template(kind), lambda made: made.worksheets[0].append(["x"] * len(kind.columns)))  # fmt: skip # noqa: B023 -- called at once
        grid = imports.grid_in_child(data, "t.xlsx", known=kind.known, stamp="zhongchuang:")
        assert imports.assigned(kind, grid, {}) == [one.name for one in kind.columns], kind.name
        assert grid.stamp == kind.stamp


def test_an_old_template_and_that_of_other_rows_are_told(sites):
    def filled(stamp):
        data = template(kind_of("premises"))

        def change(made):
            made.worksheets[1]["A2"] = stamp
            made.worksheets[0].append(["A", None, 500])

        return changed(data, change)

    for stamp in ("zhongchuang:premises:00000000", "zhongchuang:staff:00000000"):
        assert [code for *_place, code in warnings(sites(filled(stamp)))] == ["template"]
    assert warnings(sites(filled(kind_of("premises").stamp))) == []


def test_what_the_columns_mean_is_remembered_for_the_organisation(cast, space, bring):
    kind, data = kind_of("staff"), book([["who is it", "x"], ["Wang", 1]])
    found = imports.receive(upload(data), by=cast[CLERK], kind=kind, scope=space.code)
    assert found.columns == ["", ""]
    with pytest.raises(Refused, match="名称"):
        imports.assign(found, by=cast[CLERK], columns=["", ""], existing="skip", on=None, version=1)
    imports.assign(found, by=cast[CLERK], columns=["name", ""], existing="skip", on=None, version=1)
    again = imports.receive(upload(data), by=cast[CLERK], kind=kind, scope=space.code)
    assert again.columns == ["name", ""]
    assert Layout.objects.get().organisation == cast.organisations["bees"]


def test_of_two_who_assign_at_once_the_first_wins(cast, space):
    kind, data = kind_of("staff"), book([["name"], ["Wang"]])
    found = imports.receive(upload(data), by=cast[CLERK], kind=kind, scope=space.code)
    given = {"columns": ["name"], "existing": "skip", "on": None, "version": 1}
    imports.assign(found, by=cast[CLERK], **given)
    found.refresh_from_db()
    with pytest.raises(Refused) as refused:
        imports.assign(found, by=cast["bees.operator_head"], **given)
    assert refused.value.refusal.code == "stale"


def test_a_json_file_is_taken_as_well(bring, space):
    data = json.dumps([{"name": "Wang", "education": "doctor"}, {"name": "Li"}]).encode()
    bring(CLERK, "staff", data, scope=space.code, name="s.json", confirm=True)
    assert dict(StaffMember.objects.values_list("name", "education")) == {
        "Wang": "doctor",
        "Li": "",
    }
