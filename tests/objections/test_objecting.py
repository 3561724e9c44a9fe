"""M-09, HN-3: anyone objects to a public notice without an account; the case alone waits, and goes on or ends by the answer."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.objections.conftest import SENDS, code, letters, midnight_after
from zhongchuang.audit.models import Entry
from zhongchuang.objections import actions, jobs
from zhongchuang.objections.models import Hold, Objection
from zhongchuang.organisations.personal import all_personal
from zhongchuang.organisations.todos import all_todos
from zhongchuang.page.refusal import Refused
from zhongchuang.policy.procedure import days_left, last_day
from zhongchuang.procedures.jobs import close_notices
from zhongchuang.procedures.models import Case
from zhongchuang.records.models import Draft, Letter

pytestmark = pytest.mark.django_db


def fresh(case):
    return Case.objects.get(pk=case.pk)


def refusal(act, *given, **more):
    with pytest.raises(Refused) as caught:
        act(*given, **more)
    return caught.value.refusal.code


def test_an_objection_counts_once_the_code_was_entered_and_holds_its_case_alone(
    on_notice, send, client
):
    answer = send(on_notice)
    assert (answer.status_code, fresh(on_notice).on_hold) == (302, False)
    assert letters()[-1][2] == "zhou@example.com"
    client.post(answer.url, {"code": code()})
    client.post(answer.url, {"code": code()})
    made = Objection.objects.get()
    assert (made.state, made.number) == ("received", f"Y2027-{made.pk:07d}")
    assert (fresh(on_notice).on_hold, Hold.objects.get().due) == (True, on_notice.due)
    assert answer.url in letters()[-1][1]
    page = client.get(answer.url).content.decode()
    moment = timezone.localtime(made.received)
    assert (made.number in page, f"{moment:%Y-%m-%d %H:%M:%S}" in page) == (True, True)
    assert Entry.objects.about(made).get().verb == "objection_received"


def test_the_code_of_an_organisation_is_checked_and_a_person_has_none(on_notice, send):
    wrong, none, person = (
        send(on_notice, kind="organisation", credit_code="91330482MA28A00017"),
        send(on_notice, kind="organisation"), send(on_notice, credit_code="91330482MA28A00016"),
    )  # fmt: skip
    for one in (wrong, none, person):
        assert list(one.context["form"].errors) == ["credit_code"]
    assert send(on_notice, kind="organisation", credit_code="91330482MA28A00016").status_code == 302
    assert list(send(on_notice, grounds="长" * 3001).context["form"].errors) == ["grounds"]


def test_after_the_last_day_no_objection_is_taken_and_the_code_comes_too_late(
    on_notice, begun_by, send, client, time_machine
):
    late, right = begun_by(on_notice)
    time_machine.move_to(midnight_after(on_notice.due))
    key = {"request_key": "6f1d2b0c-0000-4000-8000-000000000099"}
    answer = client.post(reverse("objections:object", args=[on_notice.number]), SENDS | key)
    assert answer.status_code == 409
    now = timezone.now()
    assert refusal(actions.confirm_address, late, code=right, by=None, at=now) in ("notice_ended", "expired")  # fmt: skip
    assert (fresh(on_notice).on_hold, Objection.objects.received().count()) == (False, 0)


def test_rejected_by_all_the_notice_goes_on_for_the_days_that_were_left(
    on_notice, objected, answered, cast, time_machine
):
    time_machine.shift(timedelta(days=1))
    first, second = objected(on_notice), objected(on_notice, email="li@example.com")
    held = days_left(timezone.localdate(), on_notice.due)
    time_machine.shift(timedelta(days=30))
    assert close_notices() == 0
    answered(first, "rejected")
    assert fresh(on_notice).on_hold
    answered(second, "rejected")
    case = fresh(on_notice)
    assert (case.on_hold, case.due) == (False, last_day(timezone.localdate(), held))
    assert days_left(timezone.localdate(), case.due) >= held
    time_machine.move_to(midnight_after(case.due))
    assert (close_notices(), fresh(case).step) == (1, "recognise")
    assert "经核对" in letters()[-1][1]


def test_who_proposed_the_answer_does_not_sign_it_and_the_first_of_two_answers_wins(
    on_notice, objected, cast
):
    it = objected(on_notice)
    clerk, reviewer, approver = (cast[f"xiang.{role}"] for role in ("clerk", "reviewer", "approver"))  # fmt: skip
    seen = it.version
    give = {"answer": "rejected", "words": "不成立"}
    assert refusal(actions.propose, it, by=approver, version=seen, **give) == "signs"
    actions.propose(it, by=clerk, version=seen, **give)
    late = Objection.objects.get(pk=it.pk)
    late.proposed = ""  # as the other one saw it
    with pytest.raises(Refused) as caught:
        actions.propose(late, by=reviewer, version=seen, answer="upheld", words="成立")
    assert caught.value.refusal.status == 409
    it = Objection.objects.get(pk=it.pk)
    assert refusal(actions.sign, it, by=clerk, version=it.version) == "other_role"
    Objection.objects.filter(pk=it.pk).update(proposed_by=approver.user)
    assert refusal(actions.sign, Objection.objects.get(pk=it.pk), by=approver, version=it.version) == "same_person"  # fmt: skip


@pytest.mark.parametrize(("name", "state", "at"), [("uphold", "refused", ""), ("reopen", "running", "list")])  # fmt: skip
def test_only_an_upheld_objection_opens_the_ways_out_and_settles_the_others(
    on_notice, objected, answered, cast, name, state, at
):
    approver = cast["xiang.approver"]
    it, other = objected(on_notice), objected(on_notice, email="li@example.com")
    assert refusal(actions.settle, on_notice, name, by=approver, version=fresh(on_notice).version, words="成立") == "none_upheld"  # fmt: skip
    answered(it, "upheld")
    case = fresh(on_notice)
    assert (case.state, case.on_hold) == ("running", True)
    assert refusal(actions.settle, case, name, by=cast["xiang.clerk"], version=case.version, words="成立") == "other_role"  # fmt: skip
    assert refusal(actions.settle, case, name, by=cast["chang.approver"], version=case.version, words="成立") == "other_department"  # fmt: skip
    actions.settle(case, name, by=approver, version=case.version, words="场地不实")
    case = fresh(case)
    assert (case.state, case.on_hold) == (state, False)
    assert case.step == at
    assert Objection.objects.get(pk=other.pk).state == "settled"
    assert not Hold.objects.filter(ended=None).exists()
    assert refusal(actions.settle, case, name, by=approver, version=case.version, words="再来") == "none_upheld"  # fmt: skip


def test_a_notice_that_is_published_anew_begins_without_the_old_objections(
    on_notice, objected, answered, cast, step
):
    approver, case = cast["xiang.approver"], fresh(on_notice)
    answered(objected(case), "upheld")
    case = fresh(case)
    actions.settle(case, "reopen", by=approver, version=case.version, words="重新核对")
    step(fresh(case), "xiang", "consent")
    case = fresh(case)
    assert (case.step, case.on_hold) == ("notice", False)
    assert refusal(actions.settle, case, "uphold", by=approver, version=case.version, words="成立") == "none_upheld"  # fmt: skip
    again = objected(case, email="li@example.com")
    assert (fresh(case).on_hold, answered(again, "rejected").state) == (True, "rejected")
    assert not fresh(case).on_hold


def test_an_answer_that_was_sent_back_is_proposed_anew(on_notice, objected, cast, signed_in):
    it = objected(on_notice)
    clerk, approver = cast["xiang.clerk"], cast["xiang.approver"]
    actions.propose(it, by=clerk, version=it.version, answer="rejected", words="不成立")
    actions.send_back(it, by=approver, version=it.version, words="写明核对的日期")
    assert refusal(actions.sign, it, by=approver, version=it.version) == "not_proposed"
    page = signed_in("xiang.clerk").get(reverse("objections:propose", args=[it.key]))
    assert "写明核对的日期" in page.content.decode()
    assert page.context["form"]["words"].value() == "不成立"
    actions.propose(it, by=clerk, version=it.version, answer="rejected", words="六月十一日核对")
    actions.sign(it, by=approver, version=it.version)
    assert (Objection.objects.get().state, letters()[-1][1].count("六月十一日核对")) == ("rejected", 1)  # fmt: skip


def test_who_objected_is_opened_by_the_department_alone_and_never_told_to_the_operator(
    on_notice, objected, answered, cast, signed_in
):
    it = objected(on_notice)
    reveal = reverse("objections:reveal", args=[it.key])
    page = signed_in("xiang.clerk").get(it.get_absolute_url()).content.decode()
    assert ("周知" in page, "13812341234" in page, "面积与现场不符" in page) == (False, False, True)
    client = signed_in("xiang.clerk")
    assert "周知" in client.post(reveal, {"field": "name", "reason": "核实身份"}).content.decode()
    assert Entry.objects.about(it).filter(verb="revealed").count() == 1
    for who in ("chang.clerk", "lu.reviewer", "owls.operator_head", "zhe.clerk"):
        client = signed_in(who)
        assert client.get(it.get_absolute_url()).status_code == 404
        assert client.post(reveal, {"field": "name", "reason": "想看"}).status_code == 404
    answered(it, "rejected")
    told = Letter.objects.filter(
        recipient=cast.people["owls.operator_head"], key__startswith="notice-"
    )
    assert told.count() == 2
    page = signed_in("owls.operator_head").get(on_notice.get_absolute_url()).content.decode()
    for text in (page, *told.values_list("text", flat=True)):
        assert "周知" not in text
        assert "面积与现场不符" not in text


def test_each_sees_the_objection_among_the_things_to_do_in_turn(on_notice, objected, answered, cast):  # fmt: skip
    def waits(role):
        return [one.url for one in all_todos(cast[f"xiang.{role}"]) if "objections" in one.url or one.url == on_notice.get_absolute_url()]  # fmt: skip

    it = objected(on_notice)
    assert (waits("clerk"), waits("approver")) == ([it.get_absolute_url()], [])
    actions.propose(it, by=cast["xiang.clerk"], version=it.version, answer="upheld", words="成立")
    assert (waits("clerk"), waits("approver")) == ([], [it.get_absolute_url()])
    actions.sign(it, by=cast["xiang.approver"], version=it.version)
    assert (waits("clerk"), waits("approver")) == ([], [on_notice.get_absolute_url()])


def test_what_nobody_confirmed_goes_after_a_day_and_who_objected_after_the_term(
    on_notice, begun_by, objected, answered, cast, time_machine
):
    begun_by(on_notice)
    it = answered(objected(on_notice, email="founder@example.org"), "rejected")
    held = {one.name: one.rows for one in all_personal(cast.people["founder"])}
    assert [row["number"] for row in held["objections"]] == [it.number]
    time_machine.shift(timedelta(days=2))
    assert jobs.forget() == {"begun": 1, "files": 0, "over": 0}
    time_machine.shift(timedelta(days=3 * 366))
    assert [jobs.forget()["over"] for _time in range(2)] == [1, 0]
    it = Objection.objects.get(pk=it.pk)
    assert (it.name, it.phone, it.email, it.grounds, it.words != "") == ("", "", "", "", True)


def test_nothing_of_who_objects_stands_in_the_log_in_drafts_or_in_letters_to_others(on_notice, objected, answered, signed_in):  # fmt: skip
    held = objected(on_notice)
    signed_in("xiang.clerk").get(held.get_absolute_url())
    answered(held, "rejected")
    stored = "".join(str(row) for model in (Entry, Draft, Letter) for row in model.objects.values())
    assert held.number in stored
    assert [one for one in (SENDS["name"], SENDS["phone"], SENDS["email"].lower(), SENDS["email"]) if one in stored] == []  # fmt: skip
