"""Groups combine verdicts as the contract says, and nothing that becomes known later overturns them."""

import itertools

import pytest

from zhongchuang.policy import verdict as v
from zhongchuang.policy.verdict import FOR_JUDGEMENT, MET, NOT_APPLICABLE, NOT_MET, UNKNOWN

OPEN = {UNKNOWN, FOR_JUDGEMENT}
ALL = range(5)
GROUPS = {
    "all_of": v.all_of,
    "any_of": v.any_of,
    "none_of": v.none_of,
    **{f"at_least_{n}_of": lambda some, n=n: v.at_least_n_of(n, some) for n in (1, 2, 3)},
}
MEMBERS = [some for size in range(1, 5) for some in itertools.product(ALL, repeat=size)]


def completions(members):
    """Every way in which the open members may turn out."""
    return itertools.product(*([MET, NOT_MET] if one in OPEN else [one] for one in members))


def first_of(order, members):
    """The first verdict of an order that occurs; a group left empty does not apply."""
    return next((one for one in order if one in members), NOT_APPLICABLE)


@pytest.mark.parametrize("kind", GROUPS)
def test_a_decided_group_stays_decided_whatever_the_open_members_become(kind):
    combine = GROUPS[kind]
    overturned = [
        members
        for members in MEMBERS
        if combine(members) not in OPEN
        and {combine(later) for later in completions(members)} != {combine(members)}
    ]
    assert overturned == []


@pytest.mark.parametrize("kind", GROUPS)
def test_an_open_group_can_still_turn_out_either_way(kind):
    combine = GROUPS[kind]
    settled = [
        members
        for members in MEMBERS
        if combine(members) in OPEN
        and {combine(later) for later in completions(members)} != {MET, NOT_MET}
    ]
    assert settled == []


@pytest.mark.parametrize("members", MEMBERS[:155], ids=str)
def test_groups_follow_the_order_of_the_contract(members):
    any_of = first_of([MET, UNKNOWN, FOR_JUDGEMENT, NOT_MET], members)
    mirror = {MET: NOT_MET, NOT_MET: MET}
    assert v.all_of(members) == first_of([NOT_MET, UNKNOWN, FOR_JUDGEMENT, MET], members)
    assert v.any_of(members) == any_of
    assert v.none_of(members) == mirror.get(any_of, any_of)


@pytest.mark.parametrize("needed", [1, 2, 3])
def test_at_least_n_of_counts_as_the_contract_says(needed):
    def by_contract(members):
        counts = {one: members.count(one) for one in ALL}
        if counts[MET] >= needed:
            return MET
        if set(members) == {NOT_APPLICABLE}:
            return NOT_APPLICABLE
        if counts[MET] + counts[UNKNOWN] + counts[FOR_JUDGEMENT] < needed:
            return NOT_MET
        return UNKNOWN if counts[UNKNOWN] else FOR_JUDGEMENT

    assert {some: v.at_least_n_of(needed, some) for some in MEMBERS} == {
        some: by_contract(some) for some in MEMBERS
    }


def test_a_condition_with_when_applies_only_where_its_test_holds():
    assert {
        (v.NAMES[test], v.NAMES[then]): v.NAMES[v.when_then(test, then)]
        for test, then in itertools.product([MET, NOT_MET, UNKNOWN, FOR_JUDGEMENT], ALL[1:])
    } == {
        ("met", "met"): "met",
        ("met", "not_met"): "not_met",
        ("met", "unknown"): "unknown",
        ("met", "for_judgement"): "for_judgement",
        ("not_met", "met"): "not_applicable",
        ("not_met", "not_met"): "not_applicable",
        ("not_met", "unknown"): "not_applicable",
        ("not_met", "for_judgement"): "not_applicable",
        ("unknown", "met"): "met",
        ("unknown", "not_met"): "unknown",
        ("unknown", "unknown"): "unknown",
        ("unknown", "for_judgement"): "unknown",
        ("for_judgement", "met"): "met",
        ("for_judgement", "not_met"): "for_judgement",
        ("for_judgement", "unknown"): "unknown",
        ("for_judgement", "for_judgement"): "for_judgement",
    }


@pytest.mark.parametrize("kind", GROUPS)
def test_a_group_left_empty_does_not_apply(kind):
    assert {GROUPS[kind]([NOT_APPLICABLE] * size) for size in (0, 1, 3)} == {NOT_APPLICABLE}
