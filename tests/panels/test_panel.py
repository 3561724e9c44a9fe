"""Experts at a step of review: who may be asked, that they answer by themselves, that the step waits for them (HN-3, XC-4, S-03, S-23)."""

import hashlib
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.files.conftest import pdf  # noqa: F401 -- what materials are made of
from tests.panels.conftest import moved
from zhongchuang.audit.models import Entry
from zhongchuang.organisations.models import Post
from zhongchuang.page.refusal import Refused
from zhongchuang.panels import actions as panels
from zhongchuang.panels.models import Seat
from zhongchuang.procedures import actions
from zhongchuang.procedures.models import Case
from zhongchuang.procedures.needed import needed

WANTED = 5


@pytest.fixture
def browser(client, hunan):
    def one(who):
        client.force_login(hunan.cast.people[who])
        return client

    return one


def refusal_of(do, *given, **more):
    with pytest.raises(Refused) as refused:
        do(*given, **more)
    return refused.value.refusal.code


def test_the_step_leads_on_once_all_opinions_are_there_and_not_before(hunan, at_review, given):
    case = at_review()
    given(case, 0, 1, 2, 3)
    clerk = hunan.by(case.at)
    assert refusal_of(actions.move, case, "propose", by=clerk, version=case.version, proposed="conclude", words="好") == "lacking"  # fmt: skip
    given(case, 4)
    assert needed(Case.objects.get(pk=case.pk))[0].is_met
    assert moved(hunan, case, "conclude").step == "inspect"


def test_whoever_has_to_do_with_the_case_is_not_asked(hunan, at_review, expert, cast_at):
    case = at_review()
    clerk = hunan.by(case.at)
    cast_at("operator", 0)
    cast_at("province", 1)
    gone = cast_at("operator", 2)
    Post.objects.filter(pk=gone.pk).update(since=case.begun - timedelta(days=9), until=case.begun)
    codes = [refusal_of(panels.name, case, by=clerk, expert=expert(n).user) for n in range(3)]
    assert codes == ["of_operator", "of_reading", "of_operator"]
    assert refusal_of(panels.name, case, by=clerk, expert=hunan.applicant.user) == "no_expert"
    names = {one.expert.name for one in panels.draw(case, by=clerk)}
    assert names <= {f"expert{n}" for n in range(3, 9)}


@pytest.fixture
def cast_at(hunan):
    """`cast_at("operator", 0)` gives an expert a further post."""

    def one(organisation, number):
        user = hunan.cast.people[f"expert{number}"]
        role = "clerk" if organisation == "province" else "operator_clerk"
        return Post.objects.create(user=user, organisation=hunan.cast.organisations[organisation], role=role)  # fmt: skip

    return one


def test_no_opinion_is_read_before_all_are_there(hunan, at_review, given, browser):
    case = at_review()
    given(case, 0, 1)
    url = reverse("panels:panel", args=[case.key])
    assert "理由 0" not in browser("province.clerk").get(url).content.decode()
    given(case, 2, 3, 4)
    page = browser("province.clerk").get(url).content.decode()
    assert "理由 0" in page
    assert "expert0" in page


def test_an_expert_reads_the_application_while_the_opinion_is_owed_and_nothing_of_others(hunan, at_review, named, expert, browser):  # fmt: skip
    case = at_review()
    mine, other = named(case, 0, 1)
    file = case.attachments.first().evidence
    seat, paper = reverse("panels:seat", args=[mine.key]), reverse("panels:file", args=[mine.key, file.key])  # fmt: skip
    it = browser("expert0")
    assert file.name in it.get(seat).content.decode()
    assert it.get(paper).status_code == 200
    for url in (reverse("panels:seat", args=[other.key]), case.get_absolute_url(), reverse("panels:panel", args=[case.key])):  # fmt: skip
        assert it.get(url).status_code == 404
    sent = it.post(reverse("panels:give", args=[mine.key]), {"version": 1, "request_key": "6f1d2b0c-0000-4000-8000-000000000001", "conclusion": "no", "words": "面积不足", "free": "on"})  # fmt: skip
    assert sent.status_code == 302
    page = it.get(seat).content.decode()
    assert "面积不足" in page
    assert file.name not in page
    assert it.get(paper).status_code == 409
    mine.refresh_from_db()
    assert refusal_of(panels.give, mine, by=expert(0), version=mine.version, conclusion="yes", words="x") == "answered"  # fmt: skip


def test_who_gives_a_place_up_says_why_and_makes_it_free(hunan, at_review, named, expert):
    case = at_review()
    seats = named(case, *range(WANTED))
    clerk = hunan.by(case.at)
    assert refusal_of(panels.name, case, by=clerk, expert=expert(5).user) == "full"
    assert refusal_of(panels.recuse, seats[0], by=expert(0), version=1, words="") == "no_reason"
    panels.recuse(seats[0], by=expert(0), version=1, words="亲属在该空间创业")
    panels.take_out(seats[1], by=clerk, version=1, words="联系不上")
    named(case, 5, 6)
    assert Seat.objects.filter(case=case).taken().count() == WANTED


def test_the_lot_can_be_drawn_again_by_anyone_with_the_log(hunan, at_review):
    case = at_review()
    drawn = panels.draw(case, by=hunan.by(case.at))
    told = Entry.objects.filter(verb="expert_named").first().values["given"]
    order = sorted(told["pool"], key=lambda pk: hashlib.sha256(f"{told['seed']}:{pk}".encode()).digest())  # fmt: skip
    assert [one.expert_id for one in drawn] == order[:WANTED]
    assert len(told["pool"]) == 9


def test_after_a_correction_the_same_experts_are_asked_anew_by_one_press(hunan, at_review, given):
    case = at_review()
    given(case, *range(WANTED))
    clerk, head = hunan.by(case.at), hunan.applicant
    case = Case.objects.get(pk=case.pk)
    actions.move(case, "return", by=clerk, version=case.version, words="", pins=[("whole", "补")])
    case = Case.objects.get(pk=case.pk)
    actions.hand_in(case, by=head, version=case.version, promised=True, at=timezone.now())
    case = Case.objects.get(pk=case.pk)
    assert not needed(case)[0].is_met
    assert len(panels.name_again(case, by=clerk)) == WANTED


def test_the_applicant_reads_numbers_once_it_is_decided_and_no_names(hunan, at_review, given, browser):  # fmt: skip
    case = at_review()
    given(case, 0, 1, 2, 3)
    given(case, 4, conclusion="no")
    page = browser("operator.operator_head").get(case.get_absolute_url()).content.decode()
    assert "份意见" not in page
    moved(hunan, case, "conclude")
    Case.objects.filter(pk=case.pk).update(state="refused", ended=case.arrived)
    page = browser("operator.operator_head").get(case.get_absolute_url()).content.decode()
    assert "5 份意见" in page
    assert "expert0" not in page
