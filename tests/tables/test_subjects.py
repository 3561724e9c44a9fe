"""Names and codes of subjects."""

import json

import pytest

from zhongchuang.tables import read


@pytest.mark.parametrize(
    "name",
    [
        "=1+1",
        "@x",
        "+x",
        "-x",
        "𠮷田空间",
        "\u202eabc\u202c",
        "阿·布",
        "a" * 10_000,
        "None",
        "0",
        "null",
        "👩‍🚀",
    ],
)
def test_a_name_is_kept_as_it_is_written(csv, xlsx, name):
    for data in (csv(["name", "desks"], [name, "1"]), xlsx([["name", "desks"], [name, 1]])):
        assert read(data).table.subjects == [name]


def test_blanks_around_a_name_go(csv):
    assert read(csv(["name"], ["  甲 空间\u3000"])).table.subjects == ["甲 空间"]


@pytest.mark.parametrize("name", ["a\x01b", "a\x1bb", "a\x7f"])
def test_control_characters_in_a_name_are_refused(csv, refused, name):
    assert refused(csv(["name"], [name])) == [("control", 2, "A")]


def test_a_half_of_a_surrogate_pair_in_a_name_is_refused(refused):
    assert refused(json.dumps([{"name": "\ud842"}]).encode()) == [("control", 1, "")]


def test_a_row_with_figures_and_no_name_is_refused(csv, refused):
    assert refused(csv(["name", "desks"], ["", "5"])) == [("no_name", 2, "A")]


def test_rows_that_are_blank_all_over_are_passed_over(csv):
    reading = read(csv(["name", "desks"], ["a", "1"], ["", ""], [" ", "\u3000"], ["b", "2"]))
    assert (reading.table.subjects, list(reading.row_numbers)) == (["a", "b"], [2, 5])


def test_two_subjects_of_one_name_are_left_to_the_caller(csv):
    reading = read(csv(["name", "desks"], ["a", "1"], ["b", "1"], ["a", "2"]))
    assert reading.duplicates == [("a", [2, 4])]


def test_a_right_code_is_kept_and_a_mistyped_one_refused(csv, refused):
    assert read(csv(["name", "统一社会信用代码"], ["a", "91110000600037341l"])).table.codes == [
        "91110000600037341L"
    ]
    assert refused(csv(["name", "code"], ["a", "91110000600037342L"], ["b", "123"])) == [
        ("code", 2, "B"),
        ("code", 3, "B"),
    ]


def test_a_code_kept_as_a_number_is_refused(xlsx, refused):
    assert refused(xlsx([["name", "code"], ["a", 911100006000373410]])) == [
        ("code_as_number", 2, "B")
    ]


def test_in_the_file_of_the_year_before_a_code_is_subject_enough(csv, refused):
    data = csv(["code", "desks"], ["91110000600037341L", "5"])
    assert read(data, previous=True).table.codes == ["91110000600037341L"]
    assert refused(data) == [("no_subject", 1, "")]


@pytest.mark.parametrize(
    "name",
    [
        "合计",
        "合 计",
        "总计：",
        "小计",
        "备注",
        "备注：以上均为自报数据",
        "注: x",
        "Total",
        "NOTE: y",
    ],
)
def test_a_row_of_totals_or_a_note_is_refused(csv, refused, name):
    assert refused(csv(["name", "desks"], ["甲", "3"], [name, "3"])) == [("no_space", 3, "A")]


@pytest.mark.parametrize("name", ["注意力空间", "总部空间", "合计划空间", "Total Space", "合"])
def test_a_name_that_only_begins_so_is_a_space(csv, name):
    assert list(read(csv(["name", "desks"], [name, "3"])).table.subjects) == [name]
