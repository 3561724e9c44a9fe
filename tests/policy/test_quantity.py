"""Amounts are exact, carry a unit, and are read as people write them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhongchuang.policy.awards import split
from zhongchuang.policy.errors import Refused
from zhongchuang.policy.quantity import (
    LARGEST,
    Quantity,
    exact,
    read_amount,
    read_number,
    round_half_up,
    units,
    write_number,
)

terminating = st.builds(
    lambda digits, places: exact(Fraction(digits, 10**places)),
    st.integers(-(LARGEST - 1), LARGEST - 1),
    st.integers(0, 12),
)
quantities = st.builds(Quantity, terminating, st.sampled_from(list(units())))


@given(quantities)
def test_a_quantity_reads_back_as_it_was_written(quantity):
    assert Quantity.parse(str(quantity)) == quantity


@given(quantities, quantities)
def test_quantities_of_different_dimensions_do_not_mix(one, other):
    if units()[one.unit].dimension == units()[other.unit].dimension:
        assert (one + other) - other == one
        return
    for mix in (one.__add__, one.__sub__, one.__lt__, one.__le__):
        with pytest.raises(Refused) as refused:
            mix(other)
        assert str(refused.value) == f"{other} cannot be counted in {one.unit}."


def test_metres_are_not_added_to_yuan():
    with pytest.raises(Refused) as refused:
        Quantity(1, "CNY") + Quantity(500, "m2")
    assert str(refused.value) == "500 m2 cannot be counted in CNY."


def test_months_and_years_are_one_dimension():
    assert Quantity(3, "year").in_unit("month") == 36
    assert Quantity(18, "month").in_unit("year") == Fraction(3, 2)
    assert Quantity(5, "month").in_unit("year") == Fraction(5, 12)
    assert Quantity(1, "year") + Quantity(6, "month") == Quantity(Fraction(3, 2), "year")
    assert Quantity(35, "month") < Quantity(3, "year")


@given(st.integers(0, 10**15), st.lists(st.integers(1, 9999), min_size=1, max_size=5))
def test_the_parts_of_a_payment_are_whole_fen_and_add_up(fen, weights):
    total = sum(weights)
    shares = {
        f"payer {place}": Quantity(exact(Fraction(100 * weight, total)), "%")
        for place, weight in enumerate(weights)
    }
    amount = Quantity(exact(Fraction(fen, 100)), "CNY")
    parts = split(amount, shares)
    assert list(parts) == list(shares)
    assert sum(part.amount for part in parts.values()) == amount.amount
    assert [part for part in parts.values() if Fraction(part.amount * 100).denominator != 1] == []
    for payer, part in list(parts.items())[:-1]:
        assert 0 <= amount.share(shares[payer]).amount - part.amount < Fraction(1, 100)


def test_hedongs_match_is_seven_to_three():
    shares = {"city": Quantity(70, "%"), "district": Quantity(30, "%")}
    assert split(Quantity(3_000_000, "CNY"), shares) == {
        "city": Quantity(2_100_000, "CNY"),
        "district": Quantity(900_000, "CNY"),
    }


@pytest.mark.parametrize(
    ("text", "unit", "amount"),
    [
        ("300万元", "CNY", 3_000_000),
        ("300 万", "CNY", 3_000_000),
        ("３００万元", "CNY", 3_000_000),
        ("¥3,000,000", "CNY", 3_000_000),
        ("￥3,000,000.50", "CNY", Fraction(6_000_001, 2)),
        ("0.3亿元", "CNY", 30_000_000),
        ("12千元", "CNY", 12_000),
        ("500平方米", "m2", 500),
        ("500㎡", "m2", 500),
        ("500m²", "m2", 500),
        ("1,200", "m2", 1200),
        ("499.99", "m2", Fraction(49_999, 100)),
        ("60%", "%", 60),
        ("６０％", "%", 60),
        ("2年", "month", 24),
        ("18", "month", 18),
        ("100个", "desk", 100),
        ("5人", "person", 5),
        ("3e2", "m2", 300),
        (" 7 ", "item", 7),
    ],
)
def test_an_amount_is_read_as_people_write_it(text, unit, amount):
    assert read_amount(text, unit) == amount


NO_NUMBER = "“%s” is no number. Allowed: a number, with or without unit, such as “12 m²”."
OUT_OF_RANGE = (
    "“%s” is out of range: amounts are below 1,000,000,000,000,000, with at most 20 decimals."
)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", NO_NUMBER % ""),
        ("约500", NO_NUMBER % "约500"),
        ("NaN", NO_NUMBER % "NaN"),
        ("inf", NO_NUMBER % "inf"),
        ("1.2.3", NO_NUMBER % "1.2.3"),
        ("1,20", NO_NUMBER % "1,20"),
        ("12,34,567", NO_NUMBER % "12,34,567"),
        ("١٢", NO_NUMBER % "١٢"),
        ("=1+1", NO_NUMBER % "=1+1"),
        ("1e400", OUT_OF_RANGE % "1E+400"),
        ("-1e400", OUT_OF_RANGE % "-1E+400"),
        ("1e-30", OUT_OF_RANGE % "1E-30"),
        ("1000000000000000", OUT_OF_RANGE % "1000000000000000"),
        ("99999999999999999999999999", OUT_OF_RANGE % "99999999999999999999999999"),
    ],
)
def test_what_is_no_amount_is_refused_with_what_was_found(text, sentence):
    with pytest.raises(Refused) as refused:
        read_amount(text, "m2")
    assert str(refused.value) == sentence


@pytest.mark.parametrize(("text", "word"), [("12 m", "m"), ("5 亩", "亩"), ("300万元", "万元")])
def test_a_wrong_unit_is_refused_with_the_units_allowed(text, word):
    with pytest.raises(Refused) as refused:
        read_amount(text, "m2")
    assert str(refused.value) == (
        f"“{text}” is in “{word}”; this figure is counted in m². "
        "Allowed: m2, m²,㎡, 平方米, 平米, 平方, 平, sqm, 万平方米, 公顷, ha.".replace(
            ",㎡", ", ㎡"
        )
    )


@given(st.text(max_size=30))
def test_any_text_is_an_amount_or_refused(text):
    try:
        amount = read_amount(text, "CNY")
    except Refused:
        return
    assert abs(amount) < LARGEST


@given(st.text(max_size=30))
def test_any_text_is_a_quantity_or_refused(text):
    try:
        quantity = Quantity.parse(text)
    except Refused:
        return
    assert Quantity.parse(str(quantity)) == quantity


@pytest.mark.parametrize(
    "text",
    [
        "500m2",
        "500  m2",
        "500",
        "m2",
        "五百 m2",
        "1e400 m2",
        "5 mu",
        "NaN m2",
        "9" * 5000 + " m2",
        "0." + "1" * 5000 + " m2",
    ],
)
def test_a_quantity_of_a_pack_is_number_blank_unit(text):
    with pytest.raises(Refused):
        Quantity.parse(text)


@given(terminating)
def test_a_number_reads_back_as_it_was_written(amount):
    assert read_number(write_number(amount)) == amount


@pytest.mark.parametrize(
    ("amount", "whole"),
    [("0.5", 1), ("1.5", 2), ("2.5", 3), ("-0.5", -1), ("0.49", 0), ("-2.5", -3), ("2", 2)],
)
def test_a_half_is_rounded_away_from_zero(amount, whole):
    assert round_half_up(Fraction(amount)) == whole


@pytest.mark.parametrize(
    ("amount", "text"),
    [("1/3", "0.3333"), ("2/3", "0.6667"), ("-1/3", "-0.3333"), ("100/8", "12.5"), ("30", "30")],
)
def test_an_endless_amount_is_shown_rounded(amount, text):
    assert write_number(exact(Fraction(amount))) == text
