# ruff: noqa: F811 -- fixtures are imported
"""XC-4: the city decides in batches. Each case keeps its own course, acts and checks; a batch moves many at once."""

import io

import openpyxl
import pytest
from django.urls import reverse

from tests.procedures.xuchang import FILING, all_of, waiting, xuchang  # noqa: F401 -- fixtures
from zhongchuang.audit.models import Entry
from zhongchuang.page.refusal import Refused
from zhongchuang.procedures import actions
from zhongchuang.procedures.models import Batch, Case, DecisionRecord, Member


def code_of(act):
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.refusal.code


@pytest.fixture
def batch(cast, waiting):
    """`batch(3)` is a batch of the city with so many cases."""

    def one(count=3):
        return actions.open_batch(waiting(count), by=cast["xu.clerk"])

    return one


def decide(cast, batch, move, *, by="xu.clerk", words="经评审，同意按现状予以备案", choices=None):
    held = Batch.objects.get(pk=batch.pk)
    return actions.decide_batch(held, by=cast[by], version=held.version, choices=choices or all_of(held, move), words=words)  # fmt: skip


def states(batch):
    cases = Case.objects.filter(in_batches__batch=batch).order_by("pk")
    return list(cases.values_list("state", "step", "proposed"))


def test_five_cases_go_through_review_and_filing_together_each_with_its_own_acts(cast, batch):
    held = batch(5)
    for move in ("conclude", "grant"):
        decide(cast, held, move)
        assert {one[2] for one in states(held)} == {move}
        decide(cast, held, "sign", by="xu.approver", words="同意")
    assert {one[0] for one in states(held)} == {"granted"}
    assert DecisionRecord.objects.count() == 5
    for case in Case.objects.filter(in_batches__batch=held):
        assert list(case.acts.order_by("number").values_list("move", flat=True))[-4:] == ["propose", "sign"] * 2  # fmt: skip
        assert Entry.objects.about(case).filter(verb="case_moved").count() == 6
    assert not Batch.objects.get(pk=held.pk).is_open


def test_one_that_is_not_ready_stays_behind_with_its_reason_and_the_others_go_on(cast, batch):
    held = batch(3)
    decide(cast, held, "conclude")
    late = held.held()[1].case
    Case.objects.filter(pk=late.pk).update(on_hold=True)
    decide(cast, held, "sign", by="xu.approver")
    assert [one[1] for one in states(held)] == ["file", "review", "file"]
    assert late.acts.filter(move="sign", step="review").count() == 0
    held = Batch.objects.get(pk=held.pk)
    decided = all_of(held, "grant")
    assert code_of(lambda: decide(cast, held, "", choices=decided)) == "not_open_here"
    actions.take_out(held, late, by=cast["xu.clerk"], version=held.version, words="异议未决")
    decide(cast, held, "grant")
    assert [one[2] for one in states(held)] == ["grant", "conclude", "grant"]


def test_a_case_that_changed_meanwhile_stays_behind(cast, batch):
    held = batch(3)
    choices = all_of(held, "conclude")
    first = Case.objects.get(pk=held.held()[0].case.pk)
    actions.take(first, by=cast["xu.clerk"], version=first.version)
    decide(cast, held, "conclude", choices=choices)
    assert [one[2] for one in states(held)] == ["", "conclude", "conclude"]
    assert Member.objects.exclude(refusal="").get().case == first


def test_each_case_may_have_its_own_move_and_its_own_reason(cast, batch):
    held = batch(3)
    decide(cast, held, "conclude")
    decide(cast, held, "sign", by="xu.approver")
    choices = all_of(held, "grant")
    odd = held.held()[2].case
    choices[odd.pk] = actions.Choice("refuse", odd.version, "场地不足")
    decide(cast, held, "", choices=choices)
    assert [one[2] for one in states(held)] == ["grant", "grant", "refuse"]
    assert [case.acts.latest("number").words for case in (held.held()[0].case, odd)] == ["经评审，同意按现状予以备案", "场地不足"]  # fmt: skip


def test_refusing_without_any_reason_stays_behind(cast, batch):
    held = batch(2)
    decide(cast, held, "conclude")
    decide(cast, held, "sign", by="xu.approver")
    decide(cast, held, "refuse", words="")
    assert {one[2] for one in states(held)} == {""}
    assert Member.objects.exclude(refusal="").count() == 2


def test_who_proposed_signs_no_case_of_a_batch(cast, batch):
    held = batch(2)
    decide(cast, held, "conclude")
    held.held()[0].case.acts.filter(move="propose").update(user=cast.people["xu.approver"])  # fmt: skip
    decide(cast, held, "sign", by="xu.approver")
    assert [one[1] for one in states(held)] == ["review", "file"]


def test_what_is_in_a_batch_is_not_decided_alone_until_it_is_taken_out(cast, batch):
    held = batch(2)
    case = Case.objects.get(pk=held.held()[0].case.pk)
    by = cast["xu.clerk"]

    def alone():
        return actions.move(case, "propose", by=by, version=case.version, proposed="conclude", words="x")  # fmt: skip

    assert code_of(alone) == "in_batch"
    held = Batch.objects.get(pk=held.pk)
    actions.take_out(held, case, by=by, version=held.version, words="材料待核")
    assert alone().proposed == "conclude"
    assert held.members.get(case=case).why == "材料待核"


def test_a_case_is_in_one_batch_alone_and_in_one_of_its_own_procedure(cast, batch, waiting, handed_in, registered):  # fmt: skip
    held = batch(1)
    by, case = cast["xu.clerk"], held.held()[0].case
    assert code_of(lambda: actions.open_batch([case], by=by)) == "already"
    assert Batch.objects.count() == 1


@pytest.mark.parametrize("who", ["wei.clerk", "xu.approver", "jia.clerk", "bats.operator_head"])
def test_a_batch_is_opened_by_the_first_hand_of_the_department_that_decides(cast, waiting, who):
    assert code_of(lambda: actions.open_batch(waiting(1), by=cast[who]))


def test_where_the_rules_know_no_batches_none_is_opened(cast, handed_in, step):
    case = step(step(handed_in(), "jia", "consent"), "ping", "recommend")
    case = Case.objects.get(pk=case.pk)
    assert code_of(lambda: actions.open_batch([case], by=cast["zhe.clerk"])) == "no_batches"


def test_batches_are_counted_within_the_year_in_words(cast, waiting):
    cases = waiting(2)
    one, two = (actions.open_batch([case], by=cast["xu.clerk"]) for case in cases)
    year = one.year
    assert [str(one), str(two)] == [f"{year}年第一批", f"{year}年第二批"]


def test_a_dozen_cases_are_proposed_and_signed_in_one_go_each_time(cast, batch, signed_in):
    held = batch(12)
    for who, move in (("xu.clerk", "conclude"), ("xu.approver", "sign"), ("xu.clerk", "grant"), ("xu.approver", "sign")):  # fmt: skip
        client, address = signed_in(who), reverse("procedures:decide_batch", args=[held.key])
        form = client.get(address).context["form"]
        sends = {name: form[name].value() or "" for name in form.fields} | {
            "words": "经评审，同意按现状予以备案"
        }
        if move == "grant":
            short = client.post(address, sends | {"words": "同意" * 20})
            assert {name.partition(".")[0] for name in short.context["form"].errors} == {"words"}
            assert short.content.decode().count('href="#id_words.') == 12
            sends |= {
                f"words.{row.case.pk}": f"第{row.case.number}号经核实同意备案" for row in form.mine
            }
        assert {value for name, value in sends.items() if name.startswith("move.")} == {move}
        assert client.post(address, sends).status_code == 302
    assert {one[0] for one in states(held)} == {"granted"}
    for case in Case.objects.filter(in_batches__batch=held):
        kept = case.acts.get(step="file", move="sign").despite
        assert {one["reason"] for one in kept.values()} == {f"第{case.number}号经核实同意备案"}


def test_a_common_reason_does_not_stand_for_the_open_conditions_of_a_case(cast, batch):
    held = batch(2)
    decide(cast, held, "conclude")
    decide(cast, held, "sign", by="xu.approver")
    choices = all_of(held, "grant")
    bare = next(iter(choices))
    choices[bare] = actions.Choice("grant", choices[bare].version)
    decide(cast, held, "grant", choices=choices)
    assert [one[2] for one in states(held)] == ["", "grant"]
    assert Member.objects.exclude(refusal="").get().case_id == bare


def test_the_list_is_taken_as_workbook_and_on_paper_and_that_is_logged(cast, batch, signed_in):
    held = batch(2)
    client = signed_in("xu.clerk")
    answer = client.post(reverse("procedures:batch_workbook", args=[held.key]))
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))  # fmt: skip
    assert (len(rows), rows[1][2]) == (3, "曹魏空间 0")
    paper = client.post(reverse("procedures:batch_paper", args=[held.key]))
    assert paper.content.startswith(b"%PDF")
    assert Entry.objects.about(held).filter(verb="batch_exported").count() == 2
