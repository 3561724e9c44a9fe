"""Facts keep what is known, and what follows from it; figures that contradict each other are refused."""

from fractions import Fraction

import pytest

from zhongchuang.policy.errors import Refused
from zhongchuang.policy.facts import Facts

ROOMS = {"floor_area": 300, "public_area": 100}


def test_a_share_follows_from_its_inputs_exactly():
    assert Facts.of("A", ROOMS).values == ROOMS | {"public_area_share": Fraction(100, 3)}


def test_nothing_follows_from_an_unknown_input_or_from_nought_of_nought():
    assert Facts.of("A", {"floor_area": 300}).values == {"floor_area": 300}
    assert Facts.of("A", {"desks": 0, "desks_occupied": 0}).values == {
        "desks": 0,
        "desks_occupied": 0,
    }


def test_a_sum_and_a_share_of_that_sum_follow_together():
    kinds = ("rent", "services", "investment", "public", "other")
    income = {f"income_{kind}": 100 for kind in kinds}
    assert Facts.of("A", income).values == income | {"income": 500, "income_service_share": 40}


@pytest.mark.parametrize("typed", ["33.3333", "33.33", "33.3", "33"])
def test_a_typed_share_agrees_in_the_digits_given_and_stays_as_typed(typed):
    share = Fraction(typed)
    assert Facts.of("A", ROOMS | {"public_area_share": share}).values["public_area_share"] == share


@pytest.mark.parametrize(("typed", "shown"), [("33.34", "33.34"), ("34", "34"), ("33.4", "33.4")])
def test_a_typed_share_that_its_inputs_contradict_is_refused(typed, shown):
    with pytest.raises(Refused) as refused:
        Facts.of("A", ROOMS | {"public_area_share": Fraction(typed)})
    assert str(refused.value) == (
        f"公共场地占比 is given as {shown} %, but public_area = 100, floor_area = 300 "
        "make it 33.3333 %. Correct one of them."
    )


def test_a_typed_sum_that_its_parts_contradict_is_refused():
    with pytest.raises(Refused):
        Facts.of("A", {"resident_teams": 3, "resident_firms": 4, "residents": 8})
