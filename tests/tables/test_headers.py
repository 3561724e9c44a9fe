"""Headers: facts by name and label, units, title rows, and what is refused."""

import pytest

from zhongchuang.policy.facts import space_catalogue
from zhongchuang.policy.loading import find_pack
from zhongchuang.tables import Unreadable, read
from zhongchuang.tables.child import read_in_child
from zhongchuang.tables.judged_ids import Readers


@pytest.mark.parametrize(
    ("header", "name", "value"),
    [
        ("floor_area", "floor_area", 300),
        ("总面积", "floor_area", 300),
        ("总面积（m2）", "floor_area", 300),
        ("总面积（㎡）", "floor_area", 300),
        ("总面积\n(万平方米)", "floor_area", 3_000_000),
        ("* Floor area", "floor_area", 300),
        ("种子资金或投资基金规模(万元)", "fund_amount", 3_000_000),
        ("种子资金或投资基金规模（单位：万元）", "fund_amount", 3_000_000),
        ("fund_amount (万元)", "fund_amount", 3_000_000),
        ("events", "events.year", 300),
        ("events.total", "events.total", 300),
        ("创新创业活动", "events.year", 300),
        ("创新创业活动（当年）", "events.year", 300),
        ("创新创业活动(累计)", "events.total", 300),
        ("创新创业活动（次）（累计）", "events.total", 300),
        ("创新创业活动（累计，次）", "events.total", 300),
        ("创新 创业 活动", "events.year", 300),
    ],
)
def test_a_header_names_a_fact_its_time_and_its_unit(csv, column_of, header, name, value):
    written = f'"{header}"' if "\n" in header else header
    assert column_of(csv(["名称", written], ["甲", "300"]), name) == [value]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_label_of_the_catalogue_is_understood(xlsx, language):
    catalogue = space_catalogue()
    labels = [catalogue.labelled(column, language) for column in catalogue.columns.values()]
    assert list(read(xlsx([["name", *labels], ["a"]])).table.columns) == list(catalogue.columns)


def test_a_unit_that_does_not_count_the_figure_is_refused(csv, refused):
    assert refused(csv(["name", "总面积（万元）"], ["a", "1"])) == [("header_unit", 1, "B")]


def test_a_column_that_is_no_fact_is_warned_about_and_refused_when_strict(csv, warned, refused):
    data = csv(["name", "工位数量"], ["a", "1"])
    assert warned(data) == [("unknown_column", 1, "B")]
    assert refused(data, strict=True) == [("unknown_column", 1, "B")]
    assert "工位数" in str(read(data).warnings[0])


def test_the_same_fact_twice_is_refused_naming_both_columns(csv, refused):
    data = csv(["name", "desks", "工位数"], ["a", "1", "1"])
    assert refused(data) == [("doubled_column", 1, "C")]


def test_no_subject_column_is_refused(csv, refused):
    assert refused(csv(["desks", "floor_area"], ["1", "2"])) == [("no_subject", 1, "")]
    assert refused(csv(["x", "y"], ["1", "2"])) == [("no_subject", 1, "")]


def test_a_header_without_rows_is_refused(csv, refused):
    assert refused(csv(["name", "desks"])) == [("no_rows", 1, "")]


def test_a_column_without_heading_is_warned_about(xlsx, warned):
    assert warned(xlsx([["name", None, "desks"], ["a", "note", 5]])) == [("no_heading", 2, "B")]


def test_a_row_of_a_text_table_torn_by_a_comma_is_refused(csv, refused):
    assert refused(csv(["name", "floor_area"], ["a", "1,200"])) == [("long_row", 2, "C")]


def test_a_title_above_the_header_is_passed_over_with_a_warning(xlsx, warned):
    rows = [["众创空间", None, None], ["名称", "工位数", "总面积"], ["甲", 5, 6]]
    assert warned(xlsx(rows, merged=["A1:C1"])) == [("title_rows", 0, "")]
    assert read(xlsx(rows)).table.subjects == ["甲"]


def test_merged_cells_in_the_header_are_refused_with_their_range(xlsx, refused):
    rows = [["name", "desks", None], ["a", 5, 6]]
    data = xlsx([["name", "desks"], ["a", 5]], merged=[])
    assert refused(xlsx(rows, merged=["B1:C1"]))[0] == ("merged", 1, "B")
    assert read(data).table.subjects == ["a"]


def test_merged_cells_among_the_figures_are_refused(xlsx, refused):
    rows = [["name", "desks"], ["a", 5], ["b", None]]
    assert ("merged", 2, "B") in refused(xlsx(rows, merged=["B2:B3"]))


def test_the_first_sheet_with_a_header_is_read_and_the_others_are_named(xlsx):
    sheets = {
        "说明": [["读我"]],
        "数据": [["名称", "工位数"], ["甲", 5]],
        "更多": [["名称"], ["乙"]],
    }
    reading = read(xlsx([], sheets=sheets))
    assert (reading.table.subjects, reading.place.sheet) == (["甲"], "数据")
    assert [(one.code, one.place.sheet) for one in reading.warnings] == [
        ("other_sheet", "说明"),
        ("other_sheet", "更多"),
    ]


def test_a_message_says_file_sheet_row_column_what_was_found_and_what_is_allowed(xlsx):
    data = xlsx([["名称", "工位数"], ["甲", "很多"]])
    with pytest.raises(Unreadable) as caught:
        read(data, name="spaces.xlsx")
    assert str(caught.value).splitlines()[1] == (
        "spaces.xlsx, sheet “Sheet1”, row 2, column B (工位数): “很多” is no number. Allowed: a number, with or without unit, such as “12 个”."
    )


def test_messages_are_rendered_by_any_translator(csv):
    with pytest.raises(Unreadable) as caught:
        read(csv(["name", "desks"], ["a", "-1"]), name="x.csv")
    words = {"row %(row)s": "第%(row)s行", ", ": "，"}
    assert (
        caught.value.problems[0]
        .text(lambda text: words.get(text, text))
        .startswith("x.csv，第2行，")
    )


def test_a_thousand_bad_cells_are_counted_and_two_hundred_shown(csv):
    with pytest.raises(Unreadable) as caught:
        read(csv(["name", "desks"], *([str(number), "x"] for number in range(1000))))
    lines = str(caught.value).splitlines()
    assert (len(lines), lines[-1], caught.value.total) == (202, "and 800 more.", 1000)


@pytest.mark.parametrize(
    ("header", "name", "value"),
    [
        ("种子基金（万元）", "fund_amount", 3_000_000),
        ("运营时间（月）", "months_operating", 300),
        ("运营时间（年）", "months_operating", 3600),
        ("面积（平方米）", "floor_area", 300),
        ("导师数", "mentors", 300),
        ("入驻企业数", "resident_firms", 300),
        ("创业工位", "desks", 300),
    ],
)
def test_short_forms_that_people_write_are_understood(csv, column_of, header, name, value):
    assert column_of(csv(["名称", header], ["甲", "300"]), name) == [value]


def test_no_two_facts_share_a_short_form():
    owners = {}
    for fact in space_catalogue().facts.values():
        for word in (fact.label.zh, fact.label.en.casefold(), fact.name, *fact.aliases):
            assert owners.setdefault(word, fact.name) == fact.name


@pytest.mark.parametrize("header", ["单位名称", "企业名称", "机构名称", "孵化载体名称"])
def test_a_column_of_numbers_is_passed_over_and_the_unit_names_the_space(csv, header):
    reading = read(csv(["序号", header, "desks"], ["1", "甲", "3"], ["2", "", ""]), strict=True)
    assert (list(reading.table.subjects), reading.warnings) == (["甲"], [])


def test_the_name_of_the_space_goes_before_that_of_its_unit(csv, warned):
    data = csv(["名称", "单位名称"], ["甲", "乙"])
    assert list(read(data).table.subjects) == ["甲"]
    assert warned(data) == [("unknown_column", 1, "B")]


def test_nearest_names_are_of_different_facts(csv):
    warning = read(csv(["name", "总面积大小"], ["a", "1"]), language="en").warnings[0]
    near = warning.params["near"].split(", ")
    assert near[0] == "floor_area (Floor area)"
    assert len(set(near)) == len(near)


def test_a_judgement_that_several_sets_ask_for_is_not_used_under_its_plain_name(csv):
    reading = read(
        csv(["name", "judged.rules", "judged.hunan-2016:recognition.rules"], ["a", "1", "0"])
    )
    assert reading.table.judgements == {"hunan-2016:recognition.rules": [False]}
    assert [(one.code, one.place.column) for one in reading.warnings] == [
        ("judged_in_several_sets", "B")
    ]
    assert "judged.hunan-2016:recognition.rules" in str(reading.warnings[0])


def test_a_judgement_read_for_one_set_keeps_its_plain_name(csv):
    pack, name = find_pack("hunan-2016:recognition")
    readers = Readers((), pack, pack.set(name))
    reading = read(csv(["name", "judged.rules"], ["a", "1"]), readers=readers, strict=True)
    assert (reading.table.judgements, reading.warnings) == ({"rules": [True]}, [])


def test_a_judgement_that_nobody_asks_for_is_warned_about_and_refused_when_strict(csv, refused):
    data = csv(["name", "judged.hunan-2016:recognition.rulez"], ["a", "1"])
    warning = read(data).warnings[0]
    assert (warning.code, warning.params["near"]) == (
        "unknown_judgement",
        "judged.hunan-2016:recognition.rules",
    )
    assert refused(data, strict=True) == [("unknown_judgement", 1, "B")]


def test_uploads_are_told_of_judgements_that_are_not_used(csv):
    reading = read_in_child(csv(["name", "judged.rules"], ["a", "1"]), "a.csv")
    assert [one.code for one in reading.warnings] == ["judged_in_several_sets"]
    assert reading.table.judgements == {}
