"""Judging a million rows at once and one row with its explanation are the same judgement."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.policy.random_rules import Day, document, load, packs, tables
from zhongchuang.policy import columns
from zhongchuang.policy.answer import compared
from zhongchuang.policy.arrays import CodeColumn, NumberColumn
from zhongchuang.policy.loading import all_packs, parse_toml
from zhongchuang.policy.table import Table
from zhongchuang.policy.verdict import NAMES


@pytest.fixture(scope="module", autouse=True)
def small_blocks():
    """Blocks of four rows, so that small tables have several."""
    before, columns.BLOCK = columns.BLOCK, 4
    yield
    columns.BLOCK = before


def verdicts_of(finding):
    """Every verdict below the root by id."""
    found = {}
    for child in finding.children:
        found[child.condition.id] = NAMES[child.verdict]
        found |= verdicts_of(child)
    return found


def by_rows(rules, table):
    """Verdicts of a table, row by row: (of the set, of each condition and group)."""
    findings = [
        rules.judge(table.facts(row), table.judged(row, "trial", rules.name))
        for row in table.rows()
    ]
    return [(NAMES[one.verdict], verdicts_of(one)) for one in findings]


def by_columns(rules, table):
    """The same from the column engine."""
    found = columns.judge_columns(rules, table, "trial")
    return [
        (NAMES[root], {id_: NAMES[codes[row]] for id_, codes in found.by_id.items()})
        for row, root in enumerate(found.root)
    ]


def judged_ids(rules):
    """Ids that a person's judgement may be given for, those of a test in `when` included."""
    ids = [one.id for one in rules.conditions()]
    return [*ids, *(f"{id_}.when" for id_ in ids)]


@given(packs(), st.data())
def test_the_column_engine_gives_every_verdict_that_the_row_engine_gives(raw, data):
    rules = load(raw).set()
    table = data.draw(tables(judged_ids(rules)))
    assert by_columns(rules, table) == by_rows(rules, table)


@given(packs())
def test_a_set_read_from_toml_is_the_set_that_was_written(raw):
    pack = load(raw)
    again = load(parse_toml(document(raw).encode(), "pack.toml") | {"pack": raw["pack"]})
    assert pack.set() == again.set()
    assert pack.digest() == again.digest()


@given(st.data())
def test_the_engines_agree_on_every_set_of_the_product(data):
    sets = {f"{pack.id}:{rules.name}": rules for pack, rules in compared(all_packs())}
    rules = sets[data.draw(st.sampled_from(list(sets)))]
    table = data.draw(tables([one.id for one in rules.leaves() if one.kind == "judged"], most=9))
    assert by_columns(rules, table) == by_rows(rules, table)


@given(tables())
def test_a_column_as_an_array_reads_as_the_list_it_was_made_of(table):
    for values in table.columns.values():
        code = any(isinstance(value, str | bool | frozenset) for value in values)
        column = (CodeColumn if code else NumberColumn).of(values)
        assert [column[row] for row in range(len(column))] == list(values)


def ratio_pack(per):
    """A pack with one condition: one desk per so many square metres."""
    text = {"zh": "工位", "en": "Desks"}
    test = {"fact": "desks", "at_least": {"fact": "floor_area", "per": per}}
    return pack_of(test | {"id": "desks", "cite": "第一条", "text": text})


def pack_of(condition):
    text = {"zh": "试验", "en": "Trial"}
    head = {"id": "trial", "version": "1", "status": "law", "authority": "省", "title": text}
    return load(
        {
            "pack": head | {"in_force": {"from": Day("2016-02-01")}, "entry": "filing"},
            "sets": {"filing": {"subject": "space", "title": text, "conditions": [condition]}},
        }
    )


def test_one_per_fifteen_counts_the_part():
    rules = ratio_pack(15).set()
    table = Table(["A"] * 5, {"floor_area": [15, 16, 30, 31, 0], "desks": [1, 1, 2, 2, 0]})
    verdicts = ["met", "not_met", "met", "not_met", "met"]
    assert [root for root, _inner in by_columns(rules, table)] == verdicts
    assert [root for root, _inner in by_rows(rules, table)] == verdicts


def test_a_ratio_of_whole_amounts_to_a_small_part_does_not_overflow():
    rules = ratio_pack(Decimal("0.0001")).set()
    table = Table(["A"] * 2, {"floor_area": [10**15 - 1, 1], "desks": [10**15 - 1, 10**4]})
    assert by_columns(rules, table) == by_rows(rules, table)
    assert [root for root, _inner in by_rows(rules, table)] == ["not_met", "met"]


@pytest.mark.parametrize("typed", [{}, {"public_area_share": [None, None, None, 50]}], ids=len)
def test_a_share_of_amounts_with_different_decimals_is_exact(typed):
    text = {"zh": "公共", "en": "Public"}
    condition = {"id": "share", "cite": "第一条", "text": text, "fact": "public_area_share"}
    rules = pack_of(condition | {"at_least": "50 %"}).set()
    floor = [Fraction("59.99"), 60, Fraction("60.01"), None]
    table = Table(["A"] * 4, {"public_area": [30] * 4, "floor_area": floor} | typed)
    last = "met" if typed else "unknown"
    assert [root for root, _inner in by_rows(rules, table)] == ["met", "met", "not_met", last]
    assert by_columns(rules, table) == by_rows(rules, table)


@pytest.mark.parametrize("per", [10**14, Decimal("0.0001"), Decimal("0.5")])
def test_a_ratio_of_huge_amounts_with_decimals_does_not_overflow(per):
    rules = ratio_pack(per).set()
    big = [Fraction(10**19 - 1, 10**4), Fraction(1, 10**4), 10**15 - 1, 0]
    table = Table(["A"] * 4, {"floor_area": big, "desks": [10**15 - 1, Fraction(1, 2), 10, 0]})
    assert by_columns(rules, table) == by_rows(rules, table)


def test_nought_of_nought_is_an_unknown_share():
    text = {"zh": "使用率", "en": "Occupancy"}
    condition = {
        "id": "use",
        "cite": "第一条",
        "text": text,
        "fact": "occupancy",
        "at_least": "0 %",
    }
    rules = pack_of(condition).set()
    table = Table(["A", "B"], {"desks": [0, 2], "desks_occupied": [0, 0]})
    assert [root for root, _inner in by_columns(rules, table)] == ["unknown", "met"]
    assert [root for root, _inner in by_rows(rules, table)] == ["unknown", "met"]


def test_a_judgement_for_the_set_goes_before_one_for_the_pack_and_that_before_a_plain_one():
    text = {"zh": "制度", "en": "Rules"}
    rules = pack_of({"id": "rules", "cite": "第一条", "text": text, "judged": text}).set()
    judgements = {
        "trial:filing.rules": [True, None, None, None],
        "trial.rules": [False, False, None, None],
        "rules": [False, True, True, None],
        "other.rules": [False, False, False, False],
    }
    table = Table(["A"] * 4, {}, judgements)
    verdicts = ["met", "not_met", "met", "for_judgement"]
    assert [root for root, _inner in by_rows(rules, table)] == verdicts
    assert [root for root, _inner in by_columns(rules, table)] == verdicts
    assert [table.judged(row, "trial", "filing") for row in range(4)] == [
        {"rules": True},
        {"rules": False},
        {"rules": True},
        {},
    ]


def test_nobody_gives_no_verdicts():
    found = columns.judge_columns(ratio_pack(15).set(), Table([], {"desks": []}), "trial")
    assert (found.root.tolist(), found.by_id["desks"].tolist()) == ([], [])
