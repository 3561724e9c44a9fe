"""The fewest changes that would make a set met: proven by asking the engine again, with the real packs."""

from datetime import date
from itertools import combinations, product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhongchuang.gap.fewest import applied, fewest, hopes, met, path, ways
from zhongchuang.gap.matrix import answer
from zhongchuang.gap.packs import own_packs
from zhongchuang.policy.answer import compared
from zhongchuang.policy.answer import tested as looked_at
from zhongchuang.policy.conditions import Bound, Includes, OneOf, RatioBound, Within
from zhongchuang.policy.facts import Facts, space_catalogue
from zhongchuang.policy.loading import find_pack
from zhongchuang.policy.verdict import MET

SETS = compared(own_packs())
IDS = [f"{pack.id}:{rules.name}" for pack, rules in SETS]
FIGURES = st.sampled_from([0, 1, 2, 3, 5, 9, 12, 18, 24, 40, 60, 80, 299, 400, 500, 1_000_000])


def values_of(column):
    """Random values of a fact."""
    fact = column.fact
    if fact.type == "quantity":
        return FIGURES
    if fact.type == "yes_no":
        return st.booleans()
    if fact.type == "region":
        return st.sampled_from(["330482", "430102", "110101"])
    codes = st.sampled_from(sorted(fact.choices))
    return st.frozensets(codes, max_size=2) if fact.type == "list" else codes


@st.composite
def facts_of(draw, rules):
    """Some of the facts that a set looks at; the others are unknown."""
    columns = [space_catalogue().columns[name] for name in rules.columns()]
    some = [one for one in columns if draw(st.integers(0, 3))]
    return {one.name: draw(values_of(one)) for one in some}


@st.composite
def nearly_met(draw, rules):
    """Facts with which the set is met, then a few of them spoilt: lower, another answer, or unknown."""
    values = after({}, fewest(rules, {}, hopes(rules, {})))
    columns = space_catalogue().columns
    names = [name for name in rules.columns() if name in columns]
    for name in draw(st.lists(st.sampled_from(names), min_size=1, max_size=4, unique=True)) if names else ():  # fmt: skip
        values.pop(name, None)
        if draw(st.booleans()):
            values[name] = draw(values_of(columns[name]))
    return values


def after(values, changes):
    return applied(values, {name: aim.value for name, aim in changes.items()})


@pytest.mark.parametrize(("pack", "rules"), SETS, ids=IDS)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_after_the_changes_the_engine_says_met_and_after_no_fewer_of_them(pack, rules, data):
    values = data.draw(facts_of(rules))
    hoped = hopes(rules, {})
    changes = fewest(rules, values, hoped)
    assert changes is not None
    assert met(rules.root, after(values, changes), hoped)
    for size in range(len(changes)) if len(changes) <= 9 else (len(changes) - 1,):
        for some in combinations(changes, size):
            less = {name: changes[name] for name in some}
            assert not met(rules.root, after(values, less), hoped), f"{some} is enough"


def candidates(rules, values):
    """For each fact all values that any condition of the set would be content with."""
    found = {}
    for leaf in rules.leaves():
        match looked_at(leaf):
            case Bound() as test:
                found.setdefault(test.column.name, set()).update({test.needed, test.needed + 1})
            case RatioBound() as test:
                found.setdefault(test.column.name, set()).update({0, 10, 1000})
                found.setdefault(test.other.name, set()).update({0, 1})
            case OneOf() as test:
                found.setdefault(test.column.name, set()).update(test.allowed)
            case Includes() as test:
                held = values.get(test.column.name) or frozenset()
                found.setdefault(test.column.name, set()).add(held | test.accepted)
            case Within() as test:
                found.setdefault(test.column.name, set()).add(test.region.ljust(6, "0"))
    found.setdefault("tenure", set()).add("owned")
    return found


@pytest.mark.parametrize(("pack", "rules"), SETS, ids=IDS)
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_other_set_of_fewer_facts_would_do(pack, rules, data):
    values = data.draw(facts_of(rules))
    hoped = hopes(rules, {})
    changes = fewest(rules, values, hoped)
    if not 1 <= len(changes) <= 4:
        return
    tried = candidates(rules, values)
    for names in combinations(tried, len(changes) - 1):
        for chosen in product(*(tried[name] for name in names)):
            changed = dict(zip(names, chosen, strict=True))
            assert not met(rules.root, applied(values, changed), hoped), changed


# --- by hand --------------------------------------------------------------------------------------

ZHEJIANG = {
    "operator_kind": "legal_person", "floor_area": 600, "desks": 80, "tenure": "rented", "lease_years_left": 4,
    "fund_amount": 3_000_000, "projects_invested.total": 1, "online_platform": True, "months_operating": 1,
}  # fmt: skip


def judged(pack, values, judgements=None, *, name="", local=False):
    pack = find_pack(pack)[0]
    return answer(pack, pack.set(name), Facts.of("慧谷", values), judgements or {}, local=local)


def told(found):
    return {one.column.name: (one.found, one.aim.value) for one in found.changes}


def test_each_figure_is_told_from_what_it_is_to_what_is_needed_and_time_by_its_day():
    found = path(judged("zhejiang-2016", ZHEJIANG), opened=date(2026, 10, 15))
    assert told(found) == {"desks": (80, 100), "months_operating": (1, 3), "projects_invested.total": (1, 3)}  # fmt: skip
    assert [one.reached for one in found.changes] == [None, date(2027, 1, 15), None]
    assert found.reached is None
    grown = path(judged("zhejiang-2016", ZHEJIANG | {"desks": 100, "projects_invested.total": 3}), opened=date(2026, 10, 15))  # fmt: skip
    assert grown.reached == date(2027, 1, 15)


def test_what_is_unknown_is_to_be_recorded_apart_from_what_is_to_be_raised():
    values = {name: value for name, value in ZHEJIANG.items() if name not in {"fund_amount", "lease_years_left"}}  # fmt: skip
    found = path(judged("zhejiang-2016", values))
    assert {one.column.name for one in found.recorded} == {"fund_amount", "lease_years_left"}
    assert {one.column.name for one in found.raised} == {"desks", "months_operating", "projects_invested.total"}  # fmt: skip


def test_of_branches_that_are_each_enough_the_one_with_fewer_changes_is_taken():
    """Hunan: a fund of one million, or one partner and two investments."""
    money = {"fund_amount", "investor_partners", "investment_cases.total"}
    for given_, taken in (
        ({"fund_amount": 0, "investor_partners": 0, "investment_cases.total": 0}, {"fund_amount"}),
        ({"fund_amount": 0, "investor_partners": 1, "investment_cases.total": 1}, {"investment_cases.total"}),
        ({"fund_amount": 900_000, "investor_partners": 1, "investment_cases.total": 1}, {"fund_amount"}),
        ({"fund_amount": 0, "investor_partners": 1, "investment_cases.total": 2}, set()),
    ):  # fmt: skip
        found = path(judged("hunan-2016", given_))
        assert {one.column.name for one in found.changes} & money == taken


def test_more_residents_ask_for_more_mentors_and_a_larger_site_for_more_of_its_share():
    """Guangdong: 18 residents, mentors for each so many; 300 m² of which 75% are used."""
    values = {"residents": 6, "mentors": 1, "floor_area": 200, "desk_area": 100, "public_area": 60}
    before = judged("guangdong-pilot", values)
    found = path(before)
    told_ = told(found)
    assert (told_["residents"], told_["floor_area"]) == ((6, 18), (200, 300))
    assert told_["usable_area_share"] == (80, 75)
    per = next(looked_at(one).per for one in before.rules.leaves() if one.id == "mentors")
    assert told_.get("mentors", (1, 1))[1] == -(-18 // per)


def test_what_a_person_judges_stands_apart_and_a_choice_that_facts_settle_is_not_asked():
    found = path(judged("jiangsu-2019", {"operator_kind": "legal_person", "registered_in": "320100"}))  # fmt: skip
    assert [one.id for one in found.judged] == ["direction", "rules"]
    left = path(judged("jiangsu-2019", {"operator_kind": "organisation", "registered_in": "320100"}))  # fmt: skip
    assert [one.id for one in left.judged] == ["direction", "exception", "rules"]
    assert "operator_kind" not in told(left)


def test_against_a_person_s_judgement_no_figure_helps():
    assert path(judged("zhejiang-2016", ZHEJIANG, {"rules": False})).changes is None


def test_what_is_met_needs_nothing_and_ways_are_empty():
    values = ZHEJIANG | {"desks": 100, "projects_invested.total": 3, "months_operating": 3}
    one = judged("zhejiang-2016", values)
    assert path(one).changes == ()
    assert ways(one.rules.root, values, hopes(one.rules, {})) == [{}]
    assert one.rules.judge(Facts("", values), hopes(one.rules, {})).verdict == MET


def test_a_share_that_is_not_known_names_what_it_is_computed_from():
    found = path(judged("liaoning-2019", {"floor_area": 600}))
    share = next(one for one in found.recorded if one.column.name == "usable_area_share")
    assert [one.name for one in share.inputs] == ["desk_area", "public_area"]
