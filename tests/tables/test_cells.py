"""What a cell may hold, by the type of its fact."""

from fractions import Fraction

import pytest

from zhongchuang.tables import read


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


def test_inputs_that_make_more_than_all_are_warned_about(csv, warned):
    assert warned(csv(["name", "desks", "desks_occupied"], ["a", "10", "12"])) == [
        ("over_100", 2, "C")
    ]


def test_judgements_are_words_and_points_are_numbers(csv):
    rows = ["name", "judged.space", "judged.hunan-2016:filing.plan", "judged.cases"]
    table = read(
        csv(rows, ["a", "通过", "1", "4.5"], ["b", "no", "0", ""], ["c", "", "", "2"])
    ).table
    assert table.judgements == {
        "space": [True, False, None],
        "hunan-2016:filing.plan": [True, False, None],
    }
    assert table.points == {
        "hunan-2016:filing.plan": [1, 0, None],
        "cases": [Fraction(9, 2), None, 2],
    }


def test_a_judgement_in_other_words_is_refused(csv, refused):
    assert refused(csv(["name", "judged.space"], ["a", "perhaps"])) == [("judgement", 2, "B")]
