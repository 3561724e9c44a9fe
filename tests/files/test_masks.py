import pytest

from zhongchuang.files.masks import MASKS


@pytest.mark.parametrize(
    ("kind", "text", "shown"),
    [
        ("identity", "33048219900307123X", "3***************3X"),
        ("identity", "330482", "****"),
        ("phone", "13812341234", "138****1234"),
        ("phone", "0573-8512345", "0573****2345"),
        ("phone", "8512345", "****45"),
        ("email", "ming@example.org", "m***@example.org"),
        ("email", "ming", "****"),
        ("hidden", "6222021001116245702", "****"),
        ("hidden", "", ""),
    ],
)
def test_a_personal_number_shows_enough_to_recognise_it_and_too_little_to_learn_it(
    kind, text, shown
):
    assert MASKS[kind](text) == shown
