"""What a running text says of figures is found where it is plain, and left out where it is not."""

from fractions import Fraction

import pytest

from zhongchuang.policy.wording import said_in

SAID = {
    "建筑面积1200平方米。": [("floor_area", 1200)],
    "本空间建筑面积为1,200㎡，工位120个": [("floor_area", 1200), ("desks", 120)],
    "拥有总面积：0.12万平方米": [("floor_area", 1200)],
    "场地面积（平方米）：1200平方米": [("floor_area", 1200)],
    "种子基金 300 万元；创业导师共 12 名": [("fund_amount", 3_000_000), ("mentors", 12)],
    "Floor area: 1,200.5 m2 and 30 desks": [("floor_area", Fraction(2401, 2))],
}
NOT_SAID = [
    "人均面积20平方米",
    "面积不少于500平方米",
    "面积500平方米以上",
    "场地面积详见附件2",
    "面积 30 个工位",
    "建筑面积：",
    "种子基金300",
    "第3条 面积",
    "Floor area 12 m2x",
]


@pytest.mark.parametrize("text", SAID)
def test_plain_statements_are_found_with_their_amount(text):
    found = [(one.column.fact.name, one.amount) for one in said_in(text)]
    assert found == SAID[text]


@pytest.mark.parametrize("text", NOT_SAID)
def test_what_is_a_bound_or_part_of_another_word_is_no_statement(text):
    assert list(said_in(text)) == []


def test_the_words_are_quoted_as_they_stand():
    [one] = said_in("目前建筑面积为\n1200  平方米。")
    assert one.words == "建筑面积为 1200 平方米"
