"""A case goes through the steps of its procedure, each taken by those who are to take it, and ends with its grounds."""

import json
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.utils import timezone

from zhongchuang.page.refusal import Refused
from zhongchuang.policy.decision import recompute
from zhongchuang.procedures import actions
from zhongchuang.procedures.access import may_withdraw
from zhongchuang.procedures.models import Case
from zhongchuang.records.actions import Stale
from zhongchuang.records.models import Letter

JUDGED = {
    "rules": {"met": True, "reason": "制度齐全"},
    "team": {"met": True, "reason": "团队合适"},
}


@contextmanager
def refuses(code):
    """What stands inside is refused, for this reason."""
    with pytest.raises(Refused) as caught:
        yield
    assert caught.value.refusal.code == code


def again(case):
    return Case.objects.get(pk=case.pk)


def test_a_filing_goes_from_the_city_over_the_county_to_the_province(cast, handed_in, step):
    case = handed_in()
    assert (case.state, case.step, case.department) == (
        "running",
        "consent",
        cast.organisations["jia"],
    )
    case = step(case, "jia", "consent", judged=JUDGED)
    assert (case.step, case.department) == ("file", cast.organisations["ping"])
    case = step(case, "ping", "recommend")
    assert (case.step, case.department) == ("register", cast.organisations["zhe"])
    case = step(case, "zhe", "grant", words="材料属实，准予备案")
    assert (case.state, case.step, case.due) == ("granted", "", None)
    assert case.ended is not None


def test_its_decision_comes_out_again_offline_from_its_file(handed_in, step):
    case = step(handed_in(), "jia", "consent", judged=JUDGED)
    case = step(step(case, "ping", "recommend"), "zhe", "grant")
    kept = case.decision
    found = json.loads(kept.content)
    assert found["judgements"]["rules"]["by"] == "jia.clerk"
    assert found["facts"]["floor_area"] == "600 m2"
    assert recompute(kept.content).same


def test_whoever_proposed_does_not_sign(cast, handed_in):
    case, by = handed_in(), cast["jia.clerk"]
    actions.move(case, "propose", by=by, version=case.version, proposed="consent")
    signer = cast["jia.approver"]
    Case.objects.filter(pk=case.pk).update(role="clerk")
    case = again(case)
    with refuses("same_person"):
        actions.move(case, "sign", by=by, version=case.version)
    Case.objects.filter(pk=case.pk).update(role="approver")
    assert actions.move(again(case), "sign", by=signer, version=case.version).step == "file"


def test_of_two_officers_at_once_the_first_wins(cast, handed_in):
    case = handed_in()
    other = again(case)
    actions.move(case, "propose", by=cast["jia.clerk"], version=case.version, proposed="consent")
    with pytest.raises(Stale):
        actions.move(other, "propose", by=cast["jia.clerk"], version=other.version, proposed="refuse", words="不符")  # fmt: skip


def test_another_department_or_role_makes_no_move(cast, handed_in):
    case = handed_in()
    others = {"ping.clerk": "other_department", "jia.approver": "other_role", "bees.operator_head": "other_department"}  # fmt: skip
    for who, code in others.items():
        with refuses(code):
            actions.move(case, "propose", by=cast[who], version=case.version, proposed="consent")


def test_what_is_returned_opens_only_the_places_named_and_comes_back_to_the_same_step(
    cast, handed_in
):
    case, clerk, head = handed_in(), cast["jia.clerk"], cast["bees.operator_head"]
    actions.move(
        case, "return", by=clerk, version=case.version, pins=[("entry:rules", "缺财务制度")]
    )
    case = again(case)
    assert (case.state, case.open_pins.keys()) == ("returned", {"entry:rules"})
    with refuses("locked"):
        actions.write(case, by=head, version=case.version, team="改了")
    actions.write(case, by=head, version=case.version, rules="已补充财务制度")
    case = actions.hand_in(case, by=head, version=case.version, promised=True, at=timezone.now())
    assert (case.state, case.step, case.department.name) == ("running", "consent", "Department of Jia")  # fmt: skip
    assert case.open_pins == {}
    assert [one.entries["rules"] for one in case.submissions.all()] == [
        "说明 rules",
        "已补充财务制度",
    ]


def test_a_second_return_for_what_stood_there_before_says_why(cast, handed_in):
    case, clerk, head = handed_in(), cast["jia.clerk"], cast["bees.operator_head"]
    actions.move(
        case, "return", by=clerk, version=case.version, pins=[("entry:rules", "缺财务制度")]
    )
    case = again(case)
    actions.write(case, by=head, version=case.version, rules="已补充")
    case = actions.hand_in(case, by=head, version=case.version, promised=True, at=timezone.now())
    with refuses("late"):
        actions.move(case, "return", by=clerk, version=case.version, pins=[("entry:team", "人员不足")])  # fmt: skip
    case = again(case)
    actions.move(case, "return", by=clerk, version=case.version, pins=[("entry:team", "人员不足", "上次未核对社保记录")])  # fmt: skip
    assert again(case).state == "returned"


def test_a_refusal_is_signed_and_says_why(cast, handed_in, step):
    case = handed_in()
    with refuses("no_words"):
        step(case, "jia", "refuse", words="")
    case = step(case, "jia", "refuse", words="运行未满三个月")
    assert case.state == "refused"
    letter = Letter.objects.filter(recipient=cast.people["bees.operator_head"]).latest("pk")
    assert case.number in letter.title


def test_a_draft_with_something_missing_is_not_handed_in(cast, complete):
    case, head = complete(), cast["bees.operator_head"]
    actions.detach(case.attachments.get(slot="fund"), by=head)
    with refuses("incomplete"):
        actions.hand_in(
            again(case), by=head, version=case.version, promised=True, at=timezone.now()
        )
    with refuses("promise"):
        actions.hand_in(
            again(case), by=head, version=case.version, promised=False, at=timezone.now()
        )


def test_an_application_is_withdrawn_until_an_official_took_it_and_for_ten_minutes(
    cast, handed_in, time_machine
):
    time_machine.move_to(timezone.now() + timedelta(minutes=1), tick=False)
    case, head = handed_in(), cast["bees.operator_head"]
    actions.take(case, by=cast["jia.clerk"], version=case.version)
    time_machine.shift(timedelta(minutes=9))
    assert may_withdraw(head, case) is None
    time_machine.shift(timedelta(minutes=2))
    with refuses("opened"):
        actions.withdraw(case, by=head, version=case.version)


def test_as_long_as_nobody_took_it_it_can_be_withdrawn(cast, handed_in, time_machine):
    time_machine.move_to(timezone.now() + timedelta(minutes=1), tick=False)
    case, head = handed_in(), cast["bees.operator_head"]
    time_machine.shift(timedelta(hours=11))
    assert actions.withdraw(case, by=head, version=case.version).state == "withdrawn"


def test_begun_twice_it_is_one_draft(begun, registered):
    space = registered()
    assert begun(space) == begun(space)


def test_what_was_handed_in_stays_though_the_register_changes(cast, add, handed_in, step):
    case = handed_in()
    add(case.space, "staff", name="新人", since=timezone.localdate())
    kept = case.handed_in
    assert kept.facts["floor_area"] == "600 m2"
    assert kept.digest == again(case).handed_in.digest
