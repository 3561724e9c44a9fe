"""One subject beside many sets: rows, marks, what counts and what to do first."""

from datetime import date

import pytest
from django.utils import translation

from zhongchuang.gap import matrix, sentences, steps
from zhongchuang.gap.choice import Choice
from zhongchuang.policy.loading import find_pack
from zhongchuang.policy.table import Table
from zhongchuang.policy.verdict import MET, NOT_MET

DAY = date(2016, 7, 1)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def one_row(**facts):
    return Table(["A space"], {name.replace("__", "."): [value] for name, value in facts.items()})


def judged(reference, table, *, local=True):
    pack, name = find_pack(reference)
    rules = pack.set(name)
    return matrix.answer(pack, rules, table.facts(0), table.judged(0, pack.id, name), local=local)


def cells(answer):
    return {cell.leaf.condition.id: sentences.cell(cell) for cell in matrix.cells(answer)}


def test_a_shortfall_is_said_with_its_amount_and_article():
    said = cells(judged("zhejiang-2016", one_row(desks=80)))["desks"]
    assert (said.name, said.says, said.lines, said.cite, said.short) == (
        "not_met",
        "short by 20 desks",
        ["needed: \u2265 100 desks"],
        "Art. 6(3)",
        True,
    )


def test_a_share_is_short_by_percentage_points():
    assert (
        cells(judged("hunan-2016", one_row(public_area_share=24)))["public_area"].says
        == "short by 6 percentage points"
    )


def test_an_unknown_figure_names_what_is_missing_and_is_not_short():
    said = cells(judged("zhejiang-2016", one_row(tenure="rented")))
    assert (said["fund"].name, said["fund"].short, said["lease"].says) == (
        "unknown",
        False,
        "Unknown",
    )


def test_a_condition_that_does_not_apply_says_where_it_would():
    said = cells(judged("zhejiang-2016", one_row(tenure="owned")))["lease"]
    assert (said.name, said.lines) == ("not_applicable", ["only where Tenure: rented"])


def test_one_of_two_is_enough_and_the_other_does_not_count_as_short():
    answer = judged("national-2017", one_row(floor_area=600, desks=10))
    said = cells(answer)
    by_fact = {
        cell.leaf.condition.facts()[0].name: cell
        for cell in matrix.cells(answer)
        if cell.leaf.condition.facts()
    }
    assert (by_fact["floor_area"].verdict, by_fact["desks"].verdict, by_fact["desks"].blocks) == (
        MET,
        NOT_MET,
        False,
    )
    assert not any(one.short for one in said.values())
    assert answer.counts()["not_met"] == 0


def test_a_stated_place_of_registration_is_judged_as_it_stands():
    there = cells(judged("hunan-2016", one_row(registered_in="330482")))["registered"]
    here = cells(judged("hunan-2016", one_row(registered_in="430100")))["registered"]
    assert (there.name, here.name, here.lines) == ("not_met", "met", [])


def test_a_place_that_is_not_stated_is_assumed_and_has_a_mark_of_its_own():
    assumed = cells(judged("hunan-2016", one_row(desks=80)))["registered"]
    plain = cells(judged("hunan-2016", one_row(desks=80), local=False))["registered"]
    assert (assumed.name, assumed.says, assumed.mark[0], plain.name) == (
        "assumed",
        "Assumed to be registered there",
        "v-na",
        "unknown",
    )


def test_what_is_assumed_is_not_counted_as_met_and_the_head_says_so():
    one, plain = (judged("hunan-2016", one_row(desks=80), local=local) for local in (True, False))
    assert one.counts() == plain.counts() | {
        "assumed": 1,
        "unknown": plain.counts()["unknown"] - 1,
    }
    assert "1 assumed: registered there" in sentences.conclusion(one)[1]


def test_a_set_met_by_assumption_alone_is_not_said_to_be_met():
    answer = judged("hedong-2017", one_row(titles=frozenset({"innovation_space@county"})))
    assert (answer.name, sentences.conclusion(answer)[0]) == ("assumed", "All others met")


def test_money_that_hangs_on_something_says_on_what():
    def notes(reference, **facts):
        return [row["notes"] for row in sentences.awards(judged(reference, one_row(**facts)))]

    assert notes("hunan-2016", desks=80) == [["if registered there", "once the conditions are met"]]
    assert notes("hunan-2016", registered_in="430100", desks=1) == [["once the conditions are met"]]


def test_money_that_the_facts_exclude_is_not_shown():
    rows = sentences.awards(judged("hunan-2016", one_row(registered_in="330482")))
    assert [(row["text"], row["amount"]) for row in rows] == [
        ("Nothing: the space is registered elsewhere", "")
    ]


def test_an_award_that_hangs_on_facts_not_known_names_them():
    rows = sentences.awards(judged("xuzhou-2016", one_row(registered_in="320300")))
    said = [note for row in rows for note in row["notes"]]
    assert any(note.startswith("still unknown: ") for note in said)


def test_moving_to_another_place_is_no_step():
    table = one_row(registered_in="330482", desks=80)
    seen = matrix.answers(table, 0, Choice(DAY))
    assert "registered_in" not in [
        one.column.name for one in steps.first_steps(seen, table.facts(0))
    ]


def test_facts_of_several_sets_share_a_row_and_judged_ones_share_a_theme():
    table = one_row(floor_area=620)
    seen = [judged("zhejiang-2016", table), judged("hunan-2016", table)]
    sections = matrix.sections(seen, table.facts(0), missing=False)
    rows = {
        row.key: [len(column) for column in row.cells]
        for section in sections
        for row in section.rows
    }
    assert (rows["floor_area"], rows["judged.management"]) == ([1, 1], [1, 2])


def test_every_leaf_of_every_set_has_its_cell():
    table = one_row(floor_area=620)
    seen = matrix.answers(table, 0, Choice(DAY))
    sections = matrix.sections(seen, table.facts(0), missing=False)
    for number, one in enumerate(seen):
        shown = sum(len(row.cells[number]) for section in sections for row in section.rows)
        assert shown == len(list(one.finding.leaves())), one.reference


def test_only_what_is_missing_leaves_out_what_is_met_or_judged():
    table = one_row(floor_area=620, desks=80)
    sections = matrix.sections([judged("zhejiang-2016", table)], table.facts(0), missing=True)
    rows = {row.key for section in sections for row in section.rows}
    assert "desks" in rows
    assert not {"floor_area", "judged.management"} & rows


def test_the_first_step_is_the_one_that_gains_most():
    table = one_row(floor_area=100, registered_in="430100")
    seen = matrix.answers(table, 0, Choice(DAY))
    found = steps.first_steps(seen, table.facts(0))
    assert [one.gain for one in found] == sorted((one.gain for one in found), reverse=True)
    assert len(found) == steps.MOST


def test_a_step_asks_for_what_satisfies_all_its_conditions():
    table = one_row(desks=10)
    seen = [judged("zhejiang-2016", table), judged("jiangsu-2019", table)]
    desks = next(
        one for one in steps.first_steps(seen, table.facts(0)) if one.column.name == "desks"
    )
    assert (desks.enough, desks.change, desks.gain) == (100, 90, 2)
    assert sentences.step(desks, table.facts(0))[0] == "Desks: 90 desks more, to reach 100 desks"


def test_a_derived_fact_that_is_unknown_names_its_inputs():
    table = one_row(floor_area=600)
    found = steps.first_steps([judged("hunan-2016", table)], table.facts(0))
    share = next(
        (one for one in found if one.column.name == "public_area_share"), None
    ) or steps.Step(matrix.space_catalogue().columns["public_area_share"])
    assert [column.name for column in steps.missing_inputs(share.column, table.facts(0))] == [
        "public_area"
    ]


def test_a_proposal_pays_nothing_and_an_unstated_amount_is_said():
    proposal = sentences.awards(judged("hedong-2017", one_row()))
    assert [row["text"] for row in proposal] == ["A proposal: nothing is paid"]
    assert [row["amount"] for row in sentences.awards(judged("hunan-2016", one_row()))] == [
        "amount not stated"
    ]
    assert [
        (row["amount"], row["once"]) for row in sentences.awards(judged("zhejiang-2016", one_row()))
    ] == [("CNY 500,000", True)]


def test_a_pack_that_is_not_in_force_is_marked():
    pack = find_pack("hunan-2016")[0]
    assert sentences.standing(pack, date(2016, 3, 1))[1].startswith("Advance check")
    assert sentences.standing(pack, DAY)[1] == "In force"
    assert sentences.standing(find_pack("xuchang-2016")[0], date(2026, 1, 1))[1].startswith(
        "Lapsed"
    )
