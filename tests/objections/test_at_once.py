"""Many at once: an objection and the end of the notice, two answers, two objections, files (R-07, R-08)."""

import os
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.files.conftest import pdf
from tests.objections.conftest import midnight_after
from tests.records.conftest import at_once  # noqa: F401 -- a fixture
from zhongchuang.objections import actions, jobs
from zhongchuang.objections.models import Exhibit, Hold, Objection
from zhongchuang.objections.rules import files
from zhongchuang.page.refusal import Refused
from zhongchuang.procedures.jobs import close_notices
from zhongchuang.procedures.models import Act, Case
from zhongchuang.records.models import Content

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


def test_files_that_come_at_once_are_no_more_than_an_objection_takes_and_the_same_one_is_kept_once(
    on_notice, begun_by, at_once  # noqa: F811 -- a fixture
):  # fmt: skip
    made, _code = begun_by(on_notice)
    most = files()["most"]

    def add(place):
        upload = SimpleUploadedFile(f"{place}.pdf", pdf(place // 2 + 1))  # each file twice
        try:
            actions.add_file(Objection.objects.get(pk=made.pk), upload, by=None, ip="192.0.2.1")
        except Refused as fault:
            return fault.refusal.code
        return "taken"

    done = at_once(2 * (most + 2), add)
    assert set(done) == {"taken", "too_many"}
    kept = list(made.exhibits.values_list("content", flat=True))
    assert len(kept) == len(set(kept)) == most


def test_an_objection_that_is_confirmed_while_it_is_forgotten_keeps_its_files_or_is_gone_with_them(
    on_notice, begun_by, at_once, time_machine  # noqa: F811 -- a fixture
):  # fmt: skip
    seen = set()
    for number in range(TIMES):
        again(on_notice, on_notice.due)
        made, code = begun_by(on_notice, number)
        actions.add_file(made, SimpleUploadedFile("a.pdf", pdf(50 + number)), by=None, ip=f"192.0.2.{number}")  # fmt: skip
        digest = made.exhibits.get().content_id
        Objection.objects.filter(pk=made.pk).update(begun=timezone.now() - timedelta(days=3))

        def act(place, made=made, code=code):
            if place:
                return jobs.forget()["begun"]
            try:
                return actions.confirm_address(made, code=code, by=None, at=timezone.now()).state
            except (Refused, Objection.DoesNotExist):
                return "gone"

        at_once(2, act)
        kept = Objection.objects.filter(pk=made.pk, state="received").exists()
        seen.add(kept)
        assert Exhibit.objects.filter(content=digest).exists() == kept
        assert Content.objects.filter(pk=digest).exists() == kept
    assert seen
