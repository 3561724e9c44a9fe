"""A refusal is contested within the term and by other people; granted it falls, and the case is decided anew."""

from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.contests.conftest import HEAD
from tests.shanghai import STEPS, stepped, submitted
from zhongchuang.audit.models import Entry
from zhongchuang.contests import actions as contests
from zhongchuang.contests.access import may_ask, until
from zhongchuang.contests.models import Contest
from zhongchuang.gap.packs import all_packs
from zhongchuang.organisations.access import Acting
from zhongchuang.organisations.actions.standins import name_stand_in
from zhongchuang.organisations.models import Post
from zhongchuang.organisations.todos import all_todos
from zhongchuang.page.refusal import Refused
from zhongchuang.policy.decision import recompute
from zhongchuang.policy.procedure import last_day
from zhongchuang.procedures import actions
from zhongchuang.procedures.access import (
    may_advise,
    may_begin,
    may_hand_over,
    may_move,
    may_take,
)
from zhongchuang.procedures.access_extending import may_extend_term
from zhongchuang.procedures.actions.colleagues import colleagues
from zhongchuang.procedures.contestable import subject_of
from zhongchuang.procedures.contested import contested_as
from zhongchuang.procedures.models import Advice, Case, RuleVersion
from zhongchuang.procedures.reminding import people
from zhongchuang.records.models import Letter
from zhongchuang.spaces.models import Change

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def fresh(case):
    return Case.objects.get(pk=case.pk)


def contested(case):
    return contested_as(subject_of(case))


def refusal_of(function, *given, **more):
    with pytest.raises(Refused) as caught:
        function(*given, **more)
    return caught.value.refusal.code


# --- what it leads to


def test_a_granted_review_lifts_the_refusal_and_the_case_is_decided_anew_by_others(
    cast, refused, review, decided, taken, step
):
    case = refused()
    old, first = fresh(case).decision, case.course.steps[0].id
    made = decided(review(case), "jia", "grant")
    case = fresh(case)
    assert made.state == "granted"
    assert (case.state, case.step, case.hand, case.decision) == ("running", first, 0, None)
    assert (case.ended, case.due) == (None, last_day(timezone.localdate(), case.at.days))
    assert may_move(cast["jia.clerk"], case, "propose", "consent").code == "recused"
    assert recompute(made.decision.content).same
    taken(case, "jia", "consent")
    step(case, "ping", "recommend")
    step(case, "zhe", "grant")
    case = fresh(case)
    assert (case.state, case.title.is_valid) == ("granted", True)
    assert case.decision != old
    told = Letter.objects.filter(recipient=cast.people[HEAD]).values_list("title", flat=True)
    assert sum("重新办理" in one for one in told) == 1


def test_a_refused_review_leaves_the_refusal_and_is_the_last_one_here(
    cast, refused, review, decided
):
    case = refused()
    made = decided(review(case), "jia", "refuse")
    assert (made.state, fresh(case).state) == ("refused", "refused")
    assert may_ask(cast[HEAD], contested(case)).code == "done"
    assert may_ask(cast[HEAD], contested(made)).code == "of_review"
    assert "行政复议" in str(may_ask(cast[HEAD], contested(made)))


def test_a_review_that_was_withdrawn_leaves_the_refusal_and_can_be_asked_for_again(
    cast, refused, review, asked
):
    case = refused()
    made = review(case)
    actions.withdraw(made, by=cast[HEAD], version=made.version)
    assert fresh(case).state == "refused"
    assert asked(subject_of(case)) != made
    assert [one.outcome for one in Contest.objects.all()] == ["withdrawn", ""]


def test_a_refusal_after_a_review_is_a_new_decision(cast, refused, review, decided, taken):
    case = refused()
    decided(review(case), "jia", "grant")
    taken(case, "jia", "refuse")
    assert may_ask(cast[HEAD], contested(case)) is None


def test_the_changes_of_a_refused_case_wait_again_and_are_written_when_it_is_granted_after_all(
    cast, titled_in_shanghai, asked_for
):
    space, who = titled_in_shanghai().space, "cranes.operator_head"
    asked_for(space, floor_area=900)
    case = submitted(cast, actions.begin(space, "shanghai-2016", "change", by=cast[who]))
    first = next(iter(STEPS))[0]
    case = stepped(cast, case, first, "refuse")
    change = Change.objects.get()
    assert (fresh(case).state, change.state) == ("refused", "refused")
    for role in ("clerk", "reviewer", "approver"):
        cast.person(f"{first}.{role}.b", organisation=cast.organisations[first], role=role)
    made = submitted(cast, contests.begin(contested(case), by=cast[who]))
    for move in ("consent", "grant"):
        made = fresh(made)
        hands = made.at.hands
        actions.move(made, "propose", by=cast[f"{first}.{hands[0]}.b"], version=made.version, proposed=move, words="核对")  # fmt: skip
        for hand in hands[1:]:
            actions.move(made, "sign", by=cast[f"{first}.{hand}.b"], version=made.version)
    change.refresh_from_db()
    assert (fresh(case).state, change.state, change.in_case) == ("running", "waiting", True)


# --- until when, and when not


def test_it_is_asked_for_until_the_last_working_day_and_no_longer(
    cast, refused, complete, asked, time_machine
):
    case = refused()
    it = contested(case)
    last = until(it)
    assert last == last_day(timezone.localdate(fresh(case).ended), 15)
    draft = complete(asked(it.subject))
    assert may_ask(cast[HEAD], it, last).code == "asked"
    assert may_ask(cast[HEAD], it, last + DAY).code == "late"
    Contest.objects.update(outcome="withdrawn")
    assert may_ask(cast[HEAD], it, last) is None
    assert may_ask(cast[HEAD], it, last + DAY).code == "late"
    Contest.objects.update(outcome="")
    send = {"by": cast[HEAD], "version": draft.version, "promised": True}
    evening = timezone.make_aware(timezone.datetime(last.year, last.month, last.day, 23, 59))
    assert refusal_of(actions.hand_in, draft, at=evening + DAY, **send) == "late"
    time_machine.move_to(evening + DAY)
    assert actions.hand_in(draft, at=evening, **send).state == "running"


def test_days_off_of_an_installation_move_the_last_day(refused, monkeypatch, tmp_path):
    from zhongchuang.policy import workdays  # noqa: PLC0415 -- app ready

    it = contested(refused())
    plain = until(it)
    file = tmp_path / "holidays.toml"
    file.write_text(f'[{plain.year}]\noff = ["{plain}/{plain}"]\nworked = []\n')
    monkeypatch.setattr(workdays, "FILES", [*workdays.FILES, file])
    workdays.arrangements.cache_clear()
    try:
        assert until(it) > plain
    finally:
        workdays.arrangements.cache_clear()


def test_while_a_review_runs_the_same_is_not_applied_for_and_the_other_way_round(
    cast, refused, asked, begun
):
    case = refused()
    it, pack = contested(case), all_packs()[case.pack]
    draft = asked(it.subject)
    bar = may_begin(cast[HEAD], case.space, pack, pack.procedures[case.procedure])
    assert bar.code == "review_runs"
    actions.discard(draft, by=cast[HEAD], version=draft.version)
    begun(case.space)
    assert may_ask(cast[HEAD], it).code == "anew"


def test_a_review_begins_at_a_decision_and_nowhere_else(cast, refused, review, monkeypatch):
    case = refused()
    made = review(case)
    assert (
        may_begin(cast[HEAD], case.space, made.version_of_rules, made.course).code == "at_decision"
    )
    assert [may_ask(cast[who], contested(case)).code for who in ("ants.operator_head", "jia.clerk")] == ["not_yours"] * 2  # fmt: skip


def test_a_running_review_keeps_the_general_procedure_as_it_was(
    refused, asked, monkeypatch, tmp_path
):
    made = asked(subject_of(refused()))
    held = [one.id for one in made.course.steps]
    from zhongchuang.policy import loading  # noqa: PLC0415 -- app ready

    monkeypatch.setattr(loading, "GENERAL_REVIEW", tmp_path / "gone.toml")
    assert [one.id for one in fresh(made).course.steps] == held
    assert {one.level for one in fresh(made).course.steps} == {contested(Case.objects.get(state="refused")).level}  # fmt: skip


OWN = """
[procedures.again]
kind = "review"
title = { zh = "复审", en = "Look again" }
cite = "第九条"
asked_within = "7 workday"

[[procedures.again.sections]]
id = "grounds"
title = { zh = "理由", en = "Grounds" }
cite = "第九条"

[[procedures.again.sections.entries]]
id = "why"
text = { zh = "理由", en = "Grounds" }
longest = "200 character"

[[procedures.again.steps]]
id = "look"
kind = "decide"
cite = "第九条"
text = { zh = "复审", en = "Looked at again" }
hands = ["clerk", "approver"]
may = ["grant", "refuse"]
within = "5 workday"
"""


def test_a_pack_that_has_a_review_of_its_own_is_gone_by(cast, refused, review, taken):
    case = refused()
    rules = RuleVersion.kept_as(f"{case.rules.content}\n{OWN}".encode(), case.pack, "own")
    Case.objects.filter(pk=case.pk).update(rules=rules)
    it = contested(case)
    assert until(it) == last_day(it.received, 7)
    made = review(case)
    assert (made.rules, made.procedure, made.course.set) == (rules, "again", case.course.set)
    assert taken(made, "jia", "grant").state == "granted"
    assert fresh(case).state == "running"


def test_a_refusal_does_not_fall_while_the_same_was_applied_for_anew_all_the_same(
    cast, refused, review, taken
):
    case = refused()
    made = taken(review(case), "jia", "consent")
    Case.objects.create(
        rules=case.rules, pack=case.pack, procedure=case.procedure, space=case.space, operator=case.operator,
        begun_by=cast[HEAD].user,
    )  # fmt: skip
    assert refusal_of(taken, made, "jia", "grant") == "anew"
    assert (fresh(made).state, fresh(case).state) == ("running", "refused")


# --- by whom


BARRED = ("clerk", "approver")
"""Who took the step that refused."""


def test_whoever_took_part_in_the_refusal_neither_finds_the_review_nor_acts_in_it(
    cast, refused, review
):
    case = refused()
    made = review(case)
    clerk, other = cast["jia.clerk"], cast["jia.clerk.b"]
    for refusal in (may_take(clerk, made), may_move(clerk, made, "return"), may_move(clerk, made, "propose", "refuse")):  # fmt: skip
        assert (refusal.code, "jia.clerk.b" in str(refusal)) == ("recused", True)
    assert [Case.objects.waiting_for(one.post).count() for one in (clerk, other)] == [0, 1]
    assert clerk.user not in people(made, late=False)
    assert not [one for one in all_todos(clerk) if one.url.startswith(reverse("procedures:queue"))]
    assert may_take(other, made) is None
    assert clerk.user not in colleagues(made, other)
    approver = cast["jia.approver"]
    assert may_hand_over(approver, made) is not None
    assert may_extend_term(approver, made).code == "recused"
    advice = Advice.objects.create(case=made, step=made.step, asked_by=other.user, adviser=clerk.user, question="?")  # fmt: skip
    assert may_advise(clerk, advice).code == "recused"


def test_the_signature_of_the_review_is_another_ones_too(cast, refused, review):
    made = review(refused())
    actions.move(made, "propose", by=cast["jia.clerk.b"], version=made.version, proposed="consent", words="看过")  # fmt: skip
    assert may_move(cast["jia.approver"], made, "sign").code == "recused"
    assert may_move(cast["jia.approver.b"], made, "sign") is None


def test_who_stands_in_for_a_barred_person_acts_and_a_barred_person_for_nobody(
    cast, refused, review
):
    made = review(refused())
    free, week = cast.person("free"), timezone.localdate() + timedelta(days=7)
    Post.objects.create(user=free, organisation=cast.organisations["jia"], role="finance")
    name_stand_in(cast.post("jia.clerk"), free, until=week, by=cast["jia.clerk"])
    deputy = Acting(free, Post.objects.get(user=free, stands_in_for__isnull=False), "192.0.2.1")
    actions.take(made, by=deputy, version=made.version)
    assert fresh(made).officer == free
    assert may_move(deputy, fresh(made), "return") is None
    actions.move(made, "propose", by=deputy, version=made.version, proposed="consent", words="看过")
    barred = cast.people["jia.clerk"]
    name_stand_in(cast.post("jia.approver.b"), barred, until=week, by=cast["jia.approver.b"])
    for_other = Acting(barred, Post.objects.get(user=barred, stands_in_for__isnull=False), "192.0.2.1")  # fmt: skip
    assert may_move(for_other, fresh(made), "sign").code == "recused"


def test_where_nobody_else_has_the_role_the_security_administrator_is_asked_to_appoint_somebody(
    cast, refused, review
):
    case = refused()
    Post.objects.filter(user=cast.people["jia.clerk.b"]).update(until=timezone.now())
    made = review(case)
    (todo,) = [one for one in all_todos(cast["jia.security_admin"]) if made.number in one.title]
    assert case.space.name not in f"{todo.title}{todo.about}"
    assert not [one for one in all_todos(cast["zhe.security_admin"]) if made.number in one.title]
    assert "安全管理员" in str(may_take(cast["jia.clerk"], made))
    cast.person("new", organisation=cast.organisations["jia"], role="clerk")
    assert not [one for one in all_todos(cast["jia.security_admin"]) if made.number in one.title]


# --- what is read


def test_the_operator_reads_the_last_day_then_the_review_then_that_the_term_ended(
    cast, client, refused, asked, time_machine
):
    case = refused()
    it = contested(case)
    client.force_login(cast.people[HEAD])
    ask = reverse("contests:ask", args=[it.subject])
    assert ask in client.get(case.get_absolute_url()).content.decode()
    assert client.get(ask).context["until"] == until(it)
    draft = asked(it.subject)
    assert "须在" in client.get(draft.get_absolute_url()).content.decode()
    actions.discard(draft, by=cast[HEAD], version=draft.version)
    time_machine.move_to(timezone.now() + timedelta(days=60))
    client.force_login(cast.people[HEAD])
    page = client.get(case.get_absolute_url()).content.decode()
    assert (ask in page, "期限已于" in page) == (False, True)
    assert client.post(ask).status_code == 409


def test_whom_a_refusal_does_not_concern_finds_no_way_to_its_review(cast, client, refused):
    ask = reverse("contests:ask", args=[subject_of(refused())])
    for who in ("ants.operator_head", "jia.clerk", "zhe.approver"):
        client.force_login(cast.people[who])
        assert client.get(ask).status_code == 404


def test_the_log_tells_why_the_case_was_taken_up_again(cast, refused, review, decided):
    case = refused()
    made = decided(review(case), "jia", "grant")
    (entry,) = Entry.objects.about(case).filter(verb="case_reopened")
    assert made.number in entry.details


def test_the_case_file_keeps_the_decision_that_fell(cast, client, refused, review, decided):
    case = refused()
    made = decided(review(case), "jia", "grant")
    client.force_login(cast.people["jia.approver.b"])
    names = {}
    for one in (case, made):
        answer = client.post(reverse("procedures:file", args=[one.key]))
        names[one] = [name.partition("/")[2] or name for name in ZipFile(BytesIO(answer.getvalue())).namelist()]  # fmt: skip
    assert ("decision-fell-1.json" in names[case], "decision.json" in names[case]) == (True, False)
    assert "decision.json" in names[made]
