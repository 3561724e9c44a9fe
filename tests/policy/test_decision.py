"""A decision keeps its grounds: it comes out again offline, and what was changed in it is found."""

import json
import re
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.policy.random_rules import load, packs, tables
from zhongchuang.policy.answer import compared
from zhongchuang.policy.decision import Judgement, decide, recompute
from zhongchuang.policy.errors import Refused
from zhongchuang.policy.facts import Facts
from zhongchuang.policy.loading import all_packs, find_pack

GOLDEN = sorted((Path(__file__).parent / "golden").glob("engine-*/*.json"))
SETS = {f"{pack.id}:{rules.name}": (pack, rules) for pack, rules in compared(all_packs())}
SIGNED = {
    "on": date(2016, 7, 1),
    "by": "浙江省科学技术厅",
    "at": datetime(2016, 7, 1, 9, 30, tzinfo=UTC),
}


def decision_of(pack, name, table, row=0):
    """The decision on a row of a table, with its judgements."""
    judgements = {
        id_: Judgement(met, "张三", date(2016, 6, 30), "现场核对")
        for id_, met in table.judged(row, pack.id, name).items()
    }
    return decide(pack, name, table.facts(row), judgements, **SIGNED)


def judged_ids(rules):
    return [one.id for one in rules.leaves() if one.kind == "judged"]


@given(st.sampled_from(list(SETS)), st.data())
def test_a_decision_by_any_set_of_the_product_comes_out_again(name, data):
    pack, rules = SETS[name]
    table = data.draw(tables(judged_ids(rules), most=1))
    decision = decision_of(pack, rules.name, table)
    again = recompute(decision.to_json())
    assert (again.same, again.differences, again.verdict) == (True, [], decision.verdict)


@given(packs(), st.data())
def test_a_decision_by_any_rules_comes_out_again(raw, data):
    pack = load(raw)
    table = data.draw(tables(judged_ids(pack.set()), most=1))
    again = recompute(decision_of(pack, "filing", table).to_json())
    assert [str(one) for one in again.differences] == []


@given(st.sampled_from(list(SETS)), st.data())
def test_the_same_grounds_in_another_order_are_the_same_decision(name, data):
    pack, rules = SETS[name]
    table = data.draw(tables(judged_ids(rules), most=1))
    facts, judged = table.facts(0), table.judged(0)
    answers = set()
    for order in (list, lambda pairs: list(reversed(list(pairs)))):
        judgements = {
            id_: Judgement(met, "张三", date(2016, 6, 30)) for id_, met in order(judged.items())
        }
        shuffled = Facts(facts.subject, dict(order(facts.values.items())))
        answers.add(decide(pack, rules.name, shuffled, judgements, **SIGNED).to_json())
    assert len(answers) == 1


def grounds_end(text):
    """Where the texts begin, which the digest does not cover."""
    return text.index(',"texts":')


def is_found(text):
    """Whether a change is noticed: another result, or no decision at all."""
    try:
        return not recompute(text).same
    except Refused:
        return True


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_decisions_of_earlier_engines_come_out_again(path):
    again = recompute(path.read_text(encoding="utf-8"))
    assert [str(one) for one in again.differences] == []


def test_there_are_golden_decisions_of_three_provinces_and_cities():
    assert [path.stem for path in GOLDEN if path.parent.name == "engine-1"] == [
        "hunan-recognition",
        "xuchang-comprehensive",
        "zhejiang-filing",
    ]


@given(st.sampled_from(GOLDEN), st.data())
def test_any_changed_sign_outside_the_texts_is_found(path, data):
    text = path.read_text(encoding="utf-8")
    place = data.draw(st.integers(0, grounds_end(text) - 1))
    sign = data.draw(
        st.sampled_from('0123456789abz"{}[]:,. -+tfn一亿\\').filter(lambda one: one != text[place])
    )
    assert is_found(text[:place] + sign + text[place + 1 :])


@given(st.sampled_from(GOLDEN), st.data())
def test_any_flipped_bit_outside_the_texts_is_found(path, data):
    raw = bytearray(path.read_bytes())
    end = len(raw[: raw.index(b',"texts":')])
    raw[data.draw(st.integers(0, end - 1))] ^= 1 << data.draw(st.integers(0, 7))
    assert is_found(raw.decode("utf-8", errors="surrogateescape"))


def changed(path, change):
    """A golden decision with a change, its digest left as it was."""
    values = json.loads(path.read_text(encoding="utf-8"))
    change(values)
    return [str(one) for one in recompute(json.dumps(values, ensure_ascii=False)).differences]


CHANGED_AFTER = (
    "The digest of the file does not fit its content: it was changed after the decision."
)


def test_a_changed_fact_is_told_with_the_condition_that_comes_out_differently():
    zhejiang = next(path for path in GOLDEN if path.stem == "zhejiang-filing")
    found = changed(zhejiang, lambda values: values["facts"].update(floor_area="499 m2"))
    assert [found[0], found[1], found[2].partition(":")[0]] == [
        CHANGED_AFTER,
        "The verdict is not_met; the file says met.",
        "Condition area comes out differently",
    ]


def test_a_changed_rule_is_told_by_both_digests():
    zhejiang = next(path for path in GOLDEN if path.stem == "zhejiang-filing")

    def lower(values):
        values["rules"]["sets"]["filing"]["conditions"][3]["all_of"][0]["at_least"] = "400 m2"

    found = changed(zhejiang, lower)
    assert [one.partition(":")[0] for one in found] == [
        "The digest of the file does not fit its content",
        "The digest of the rules does not fit the rules in the file.",
        "Condition area comes out differently",
    ]


def test_a_changed_text_changes_nothing_that_counts():
    zhejiang = next(path for path in GOLDEN if path.stem == "zhejiang-filing")
    assert changed(zhejiang, lambda values: values["texts"]["pack"].update(zh="另一个名称")) == []


def test_an_endless_share_survives():
    pack, name = find_pack("hunan-2016")
    facts = Facts.of("A", {"floor_area": 900, "public_area": 300})
    decision = decide(pack, name, facts, {}, **SIGNED)
    assert facts.values["public_area_share"] == Fraction(100, 3)
    assert decision.values["facts"]["public_area_share"] == "100/3 %"
    assert recompute(decision.to_json()).same


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"format": 1}',
        '{"format": 1, "format": 1}',
        '{"format": 2}',
        "[" * 100_000,
        '{"format": 1, "rules": ' + '{"all_of": [' * 5000 + "]}" * 5000 + "}",
        '{"format": ' + "9" * 5000 + "}",
        "NaN",
        "\ud800",
    ],
    ids=range(11),
)
def test_what_is_no_decision_is_refused(text):
    with pytest.raises(Refused):
        recompute(text)


def test_rules_nested_without_end_are_refused():
    path = GOLDEN[0]
    values = json.loads(path.read_text(encoding="utf-8"))
    condition = {"fact": "desks", "at_least": "1 desk"}
    for _level in range(200):
        condition = {"all_of": [condition]}
    (rules,) = values["rules"]["sets"].values()
    rules["conditions"] = [
        {"id": "deep", "cite": "第一条", "when": condition, "then": condition["all_of"][0]}
    ]
    assert is_found(json.dumps(values))


def test_a_moment_without_its_offset_is_a_programming_fault():
    pack, name = find_pack("hunan-2016")
    naive = SIGNED | {"at": datetime(2016, 7, 1, 9, 30)}  # noqa: DTZ001 -- the fault that is meant
    with pytest.raises(ValueError, match="the moment of a decision needs its offset from UTC"):
        decide(pack, name, Facts.of("A", {}), {}, **naive)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda values: values.pop("facts"), "“facts” is missing"),
        (lambda values: values["rules"].pop("pack"), "“rules.pack” is missing"),
        (lambda values: values.update(facts=[]), "“facts” is not an object"),
        (lambda values: values.update(verdict={"verdict": 1}), "“verdict.verdict” is not a text"),
        (
            lambda values: values.update(judgements={"a": {"met": "yes"}}),
            "“judgements.a.met” is not",
        ),
        (
            lambda values: values["verdict"].update(conditions=[1]),
            "“conditions 1” is not an object",
        ),
    ],
)
def test_a_broken_decision_is_told_in_words(change, said):
    values = json.loads(GOLDEN[0].read_text(encoding="utf-8"))
    change(values)
    with pytest.raises(Refused) as caught:
        recompute(json.dumps(values))
    assert said in str(caught.value)


@pytest.mark.parametrize("text", ["{", "", '{"format": 1, "facts": ' + "[" * 100_000])
def test_what_is_no_json_is_told_without_the_words_of_the_program(text):
    with pytest.raises(Refused) as caught:
        recompute(text)
    assert not re.search("recursion|Expecting|Error", str(caught.value))
