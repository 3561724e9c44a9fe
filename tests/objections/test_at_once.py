"""Many at once: an objection and the end of the notice, two answers, two objections (R-07, R-08)."""

import os
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.objections.conftest import midnight_after
from tests.records.conftest import at_once  # noqa: F401 -- a fixture
from zhongchuang.objections import actions
from zhongchuang.objections.models import Hold, Objection
from zhongchuang.page.refusal import Refused
from zhongchuang.procedures.jobs import close_notices
from zhongchuang.procedures.models import Act, Case

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]
TIMES = 100 if os.environ.get("ZHONGCHUANG_FAULTS") == "full" else 8


def again(case, due):
    """The case on its notice once more, as it was."""
    Hold.objects.filter(case=case).delete()
    Objection.objects.filter(case=case).delete()
    Act.objects.filter(case=case, move="close").delete()
    Case.objects.filter(pk=case.pk).update(
        state="running", step=case.step, role="", hand=0, on_hold=False, due=due, arrived=case.arrived
    )  # fmt: skip


def test_an_objection_in_the_second_of_the_end_is_taken_or_the_notice_ended_never_both(
    on_notice, begun_by, at_once, time_machine  # noqa: F811 -- a fixture
):  # fmt: skip
    over = midnight_after(on_notice.due)
    seen = set()
    for number in range(TIMES):
        time_machine.move_to(over - timedelta(minutes=1))
        again(on_notice, on_notice.due)
        made, code = begun_by(on_notice, number)
        time_machine.move_to(over + timedelta(seconds=1))
        received = over - timedelta(seconds=1)  # the code came in the last second of the last day

        def act(place, made=made, code=code, received=received):
            if place:
                return close_notices()
            try:
                return actions.confirm_address(made, code=code, by=None, at=received).state
            except Refused as fault:
                return fault.refusal.code

        done = at_once(2, act)
        case, made = Case.objects.get(pk=on_notice.pk), Objection.objects.get(pk=made.pk)
        result = (case.step, case.on_hold, made.state)
        seen.add(result)
        assert result in {("notice", True, "received"), ("recognise", False, "begun")}
        assert set(done) == ({0, "received"} if case.on_hold else {1, "notice_ended"})
        assert Hold.objects.filter(ended=None).exists() == case.on_hold


def test_of_two_officials_who_answer_at_once_one_does(on_notice, objected, cast, at_once):  # noqa: F811
    it = objected(on_notice)
    clerks = [cast["xiang.clerk"], cast["xiang.reviewer"]]

    def propose(place):
        answer = ("rejected", "upheld")[place]
        held = Objection.objects.get(pk=it.pk)
        try:
            actions.propose(held, by=clerks[place], version=it.version, answer=answer, words="核对")
        except Refused:
            return "late"
        return answer

    done = at_once(2, propose)
    assert sorted(one == "late" for one in done) == [False, True]
    held = Objection.objects.get(pk=it.pk)
    assert held.proposed == next(one for one in done if one != "late")

    def sign(_place, approver=cast["xiang.approver"]):
        try:
            actions.sign(Objection.objects.get(pk=it.pk), by=approver, version=held.version)
        except Refused:
            return "late"
        return "signed"

    assert sorted(at_once(6, sign)) == ["late"] * 5 + ["signed"]


def test_objections_that_come_at_once_are_all_taken_and_hold_the_notice_once(
    on_notice, begun_by, at_once  # noqa: F811 -- a fixture
):  # fmt: skip
    made = [begun_by(on_notice, number) for number in range(6)]

    def confirm(place):
        it, code = made[place % 6]
        return actions.confirm_address(it, code=code, by=None, at=timezone.now()).state

    assert at_once(12, confirm) == ["received"] * 12
    assert Objection.objects.received().count() == 6
    assert (Hold.objects.count(), Case.objects.get(pk=on_notice.pk).on_hold) == (1, True)
