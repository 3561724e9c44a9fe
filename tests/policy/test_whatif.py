"""A changed threshold says who gains and who drops out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.policy.random_rules import tables
from zhongchuang.policy import whatif
from zhongchuang.policy.errors import Refused
from zhongchuang.policy.loading import find_pack
from zhongchuang.policy.table import Table
from zhongchuang.policy.verdict import NOT_MET
from zhongchuang.policy.whatif import changed, effect, histogram

FILING = find_pack("zhejiang-2016")[0].sets["filing"]
HUNAN = find_pack("hunan-2016")[0].sets["recognition"]
AREAS = Table(["A", "B", "C", "D"], {"floor_area": [400, 500, 600, None], "desks": [100] * 4})


def named(table, rows):
    return [table.subjects[row] for row in rows]


@pytest.mark.parametrize(
    ("changes", "gains", "drops", "unchanged"),
    [
        ({"area": "400 m2"}, ["A"], [], 3),
        ({"area": "550"}, [], ["B"], 3),
        ({"area": "600", "desks": "101 desk"}, [], ["B", "C", "D"], 1),
        ({"area": "500 m2"}, [], [], 4),
        ({}, [], [], 4),
    ],
)
def test_a_subject_gains_when_it_leaves_not_met_and_drops_out_when_it_enters_it(
    changes, gains, drops, unchanged
):
    found = effect(FILING, changed(FILING, changes), AREAS)
    assert (named(AREAS, found.gains), named(AREAS, found.drops), found.unchanged) == (
        gains,
        drops,
        unchanged,
    )


@given(tables(), st.sampled_from(["400", "1 m2", "900000"]), st.sampled_from(["2 year", "9", "0"]))
def test_gains_and_drops_are_those_of_the_verdicts_row_by_row_and_over_arrays(table, area, lease):
    after = changed(HUNAN, {"area": area, "lease": lease})
    old, new = (
        [rules.judge(table.facts(row)).verdict == NOT_MET for row in table.rows()]
        for rules in (HUNAN, after)
    )
    for many in (10**9, 0):
        kept, whatif.MANY = whatif.MANY, many
        found = effect(HUNAN, after, table)
        whatif.MANY = kept
        assert found.gains == [row for row in table.rows() if old[row] and not new[row]]
        assert found.drops == [row for row in table.rows() if new[row] and not old[row]]
        assert found.unchanged == len(table) - len(found.gains) - len(found.drops)


def test_the_threshold_behind_a_when_is_changed():
    table = Table(["A"], {"tenure": ["rented"], "lease_years_left": [2]})
    assert effect(FILING, changed(FILING, {"lease": "2 year"}), table).gains == [0]
    assert effect(FILING, changed(FILING, {"lease": "3"}), table).gains == []


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"aera": "400"},
            (
                "Set filing has no condition “aera”. Its conditions are: operator, rules, team, premises, area, "
                "desks, lease, facilities, money, fund, projects, technology, platform, online, offline, running."
            ),
        ),
        (
            {"area": "400 CNY"},
            (
                "“400 CNY” is in “CNY”; this figure is counted in m². "
                "Allowed: m2, m², ㎡, 平方米, 平米, 平方, 平, sqm, 万平方米, 公顷, ha."
            ),
        ),
        (
            {"area": "many"},
            "“many” is no number. Allowed: a number, with or without unit, such as “12 m²”.",
        ),
        ({"rules": "1"}, "rules is of kind judged and has no threshold to change."),
        ({"premises": "1"}, "premises is of kind all_of and has no threshold to change."),
        (
            {"operator": "king"},
            "“king” does not fit operator. Allowed: legal_person; organisation; dependent_body; individual; other.",
        ),
    ],
)
def test_what_cannot_be_changed_is_refused(changes, sentence):
    with pytest.raises(Refused) as refused:
        changed(FILING, changes)
    assert str(refused.value) == sentence


def test_one_giant_does_not_flatten_a_histogram():
    (area,) = (one for one in FILING.conditions() if one.id == "area")
    areas = [100 * (row % 10) for row in range(99)] + [10**9]
    found = histogram(area, Table(["A"] * 101, {"floor_area": [*areas, None]}))
    assert found.edges == tuple(range(0, 1001, 100))
    assert (found.counts, found.unknown) == ((10,) * 10, 1)


@given(tables())
def test_a_histogram_counts_every_subject_once(table):
    (area,) = (one for one in FILING.conditions() if one.id == "area")
    found = histogram(area, table)
    figures = [table.facts(row).values.get("floor_area") for row in table.rows()]
    assert sum(found.counts) + found.unknown == len(table)
    assert found.unknown == figures.count(None)
    assert len(found.edges) == (len(found.counts) + 1 if found.counts else 0)
    widths = {after - before for before, after in zip(found.edges, found.edges[1:], strict=False)}
    assert len(widths) <= 1
