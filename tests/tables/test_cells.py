"""What a cell may hold, by the type of its fact."""

import re
from fractions import Fraction

import pytest

from zhongchuang.policy.facts import space_catalogue
from zhongchuang.tables import Unreadable, read
from zhongchuang.tables.agreement import shares_over_whole
from zhongchuang.tables.columns import MANY


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("300万元", 3_000_000),
        ("300万", 3_000_000),
        ("３００", 300),
        ("¥1,200.50", Fraction(2401, 2)),
        ("1.5亿元", 150_000_000),
        ("300000", 300_000),
        ("0", 0),
        ("0.1", Fraction(1, 10)),
        ("", None),
        (" ", None),
        ("\u00a0\u3000\u200b", None),
    ],
)
def test_money_is_read_exactly_in_yuan(csv, column_of, written, amount):
    assert column_of(csv(["名称", "fund_amount"], ["甲", f'"{written}"']), "fund_amount") == [
        amount
    ]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("twelve", "amount"),
        ("12x", "amount"),
        ("500平方米", "amount"),
        ("-5", "negative"),
        ("nan", "amount"),
        ("inf", "amount"),
        ("1e400", "too_large_number"),
        ("1000000000000000", "too_large_number"),
        ("-", "dash"),
        ("—", "dash"),
        ("/", "dash"),
        ("#N/A", "error_value"),
        ("#DIV/0!", "error_value"),
        ("2016-03-01", "date"),
        ("2016年3月1日", "date"),
        ("12.5", "not_whole"),
    ],
)
def test_what_is_no_number_of_desks_is_refused_at_its_cell(csv, refused, written, code):
    assert refused(csv(["name", "desks"], ["a", written])) == [(code, 2, "B")]


@pytest.mark.parametrize(
    ("name", "written", "value"),
    [
        ("free_broadband", "是", True),
        ("free_broadband", "NO", False),
        ("free_broadband", "1", True),
        ("free_broadband", "无", False),
        ("tenure", "自有", "owned"),
        ("tenure", "Rented", "rented"),
        ("registered_in", "湖南省", "430000"),
        ("registered_in", "430100", "430100"),
        ("host_platforms", "无", frozenset()),
        ("host_platforms", "none", frozenset()),
        (
            "host_platforms",
            "key_laboratory@provincial；省级工程实验室",
            frozenset({"key_laboratory@provincial", "engineering_laboratory@provincial"}),
        ),
        ("host_platforms", "", None),
        ("occupancy", "60%", 60),
        ("occupancy", "６０％", 60),
        ("lease_years", "2.5年", Fraction(5, 2)),
    ],
)
def test_codes_words_and_shares_are_understood_in_both_languages(
    csv, column_of, name, written, value
):
    assert column_of(csv(["name", name], ["a", written]), name) == [value]


@pytest.mark.parametrize(
    ("name", "written", "code"),
    [
        ("free_broadband", "maybe", "yes_no"),
        ("free_broadband", "2", "yes_no"),
        ("tenure", "borrowed", "choice"),
        ("registered_in", "nowhere", "region"),
        ("host_platforms", "key_laboratory@galactic", "choice"),
        ("occupancy", "120%", "over_100"),
        ("occupancy", "101", "over_100"),
    ],
)
def test_what_is_not_among_the_choices_is_refused_with_the_choices(
    csv, refused, name, written, code
):
    assert refused(csv(["name", name], ["a", written])) == [(code, 2, "B")]


def test_a_bare_share_up_to_one_is_taken_as_it_stands_and_warned_about_by_cell(csv):
    reading = read(csv(["name", "occupancy"], ["a", "0.3"], ["b", "0.3%"], ["c", "30"], ["d", "0"]))
    assert list(reading.table.columns["occupancy"]) == [Fraction(3, 10), Fraction(3, 10), 30, 0]
    assert [(one.code, one.place.row, one.place.column) for one in reading.warnings] == [
        ("bare_share", 2, "B")
    ]


def test_every_cell_that_cannot_be_read_is_listed(csv, refused):
    found = refused(
        csv(["name", "desks", "floor_area"], ["a", "x", "1"], ["b", "2", "-3"], ["c", "1.5", "y"])
    )
    assert found == [
        ("amount", 2, "B"),
        ("negative", 3, "C"),
        ("not_whole", 4, "B"),
        ("amount", 4, "C"),
    ]


def test_a_typed_share_agrees_in_the_digits_given(csv, column_of):
    header = ["name", "desks", "desks_occupied", "occupancy"]
    assert column_of(csv(header, ["a", "3", "1", "33.3%"]), "occupancy") == [Fraction(333, 10)]


def test_a_typed_share_that_its_inputs_contradict_is_refused_at_its_cell(csv, refused):
    header = ["name", "desks", "desks_occupied", "occupancy"]
    assert refused(csv(header, ["a", "3", "1", "33.3%"], ["b", "3", "1", "33.4%"])) == [
        ("disagrees", 3, "D")
    ]


def test_nought_of_nought_leaves_the_share_unknown(csv, column_of):
    header = ["name", "desks", "desks_occupied"]
    assert column_of(csv(header, ["a", "0", "0"]), "desks") == [0]


@pytest.mark.parametrize(
    ("header", "row", "named"),
    [
        ("desks,desks_occupied", "10,12", ("工位数 = 10", "已用工位数 = 12")),
        ("staff,staff_college", "5,20", ("管理服务人员 = 5", "大专以上人员 = 20")),
        ("floor_area,public_area", "500,600", ("总面积 = 500", "公共服务场地面积 = 600")),
    ],
)
@pytest.mark.parametrize("count", [1, MANY])
def test_inputs_that_make_a_share_of_more_than_all_are_refused_naming_both(
    csv, header, row, named, count
):
    rows = [[f"n{place}", *row.split(",")] for place in range(count)]
    with pytest.raises(Unreadable) as caught:
        read(csv(["name", *header.split(",")], *rows))
    first = caught.value.problems[0]
    assert (first.code, first.place.row, caught.value.total) == ("over_100", 2, count)
    assert all(one in str(first) for one in named)


def test_a_share_of_all_is_read(csv, column_of):
    assert column_of(csv(["name", "desks", "desks_occupied"], ["a", "12", "12"]), "desks") == [12]


def test_figures_entered_in_a_form_are_held_to_the_same_share():
    found = shares_over_whole({"desks": 10, "desks_occupied": 12}, space_catalogue(), "zh")
    assert {name: one.code for name, one in found.items()} == {
        "desks": "over_100",
        "desks_occupied": "over_100",
    }
    assert shares_over_whole({"desks": 12, "desks_occupied": 12}, space_catalogue(), "zh") == {}


@pytest.mark.parametrize("blank", [" ", "\u00a0", "\u2009", "\u202f"])
def test_blanks_between_groups_of_three_digits_are_passed_over(csv, column_of, refused, blank):
    rows = (["a", f"1{blank}000"], ["b", f"12{blank}345{blank}678 平方米"])
    assert column_of(csv(["name", "floor_area"], *rows), "floor_area") == [1000, 12345678]
    assert refused(csv(["name", "floor_area"], ["a", f"1{blank}0000"])) == [("amount", 2, "B")]


@pytest.mark.parametrize(
    "row",
    [
        ("desks", "x"),
        ("desks", "12 m2"),
        ("desks", "1.5"),
        ("工位数（万元）", "1"),
        ("工位树", "1"),
    ],
)
def test_messages_in_english_hold_no_chinese_but_what_the_file_says(csv, row):
    header, cell = row
    try:
        found = str(read(csv(["name", header], ["a", cell]), language="en").warnings[0])
    except Unreadable as refused:
        found = refused.problems[0].reason(str)
    assert not re.search("[一-鿿]", found.replace(header, "").replace("万元", ""))


@pytest.mark.parametrize(
    ("word", "met"),
    [("not_met", False), ("未满足", False), ("不符合", False), ("未通过", False), ("满足", True)],
)
def test_judgements_in_the_words_of_verdicts(csv, word, met):
    table = read(csv(["name", "judged.hunan-2016:recognition.rules"], ["a", word])).table
    assert table.judgements == {"hunan-2016:recognition.rules": [met]}


def test_judgements_are_words_and_points_are_numbers(csv):
    rows = ["name", "judged.space", "judged.hunan-2016:recognition.rules", "judged.cases"]
    table = read(
        csv(rows, ["a", "通过", "1", "4.5"], ["b", "no", "0", ""], ["c", "", "", "2"])
    ).table
    assert table.judgements == {
        "space": [True, False, None],
        "hunan-2016:recognition.rules": [True, False, None],
    }
    assert table.points == {
        "hunan-2016:recognition.rules": [1, 0, None],
        "cases": [Fraction(9, 2), None, 2],
    }


def test_a_judgement_in_other_words_is_refused(csv, refused):
    assert refused(csv(["name", "judged.space"], ["a", "perhaps"])) == [("judgement", 2, "B")]
