"""Colleagues of a department: a case changes hands, an opinion is asked, last days are remembered, the absent are stood in for."""

from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from zhongchuang.organisations.access import Acting
from zhongchuang.organisations.actions.standins import name_stand_in
from zhongchuang.organisations.models import Post
from zhongchuang.page.refusal import Refused
from zhongchuang.policy.procedure import State
from zhongchuang.procedures import actions
from zhongchuang.procedures.access import may_hand_over, may_move, may_take
from zhongchuang.procedures.models import Advice, Case
from zhongchuang.procedures.reminding import remind
from zhongchuang.procedures.turns import turn_of
from zhongchuang.records.models import Letter

pytestmark = pytest.mark.django_db


def fresh(case):
    return Case.objects.get(pk=case.pk)


@contextmanager
def refused(code):
    with pytest.raises(Refused) as raised:
        yield
    assert raised.value.refusal.code == code


@pytest.fixture
def second(cast):
    """A second clerk of the city."""
    return cast.person("second clerk", organisation=cast.organisations["jia"], role="clerk")


def letters(user, part):
    return Letter.objects.filter(recipient=user, key__contains=part).count()


# --- handing over


def test_a_case_goes_to_a_colleague_in_the_same_role_and_stands_where_it_stood(cast, handed_in, second):  # fmt: skip
    case = handed_in()
    actions.take(case, by=cast["jia.clerk"], version=case.version)
    before, case = case.standing, fresh(case)
    actions.hand_over(case, by=cast["jia.clerk"], version=case.version, colleague=second, words="on leave")  # fmt: skip
    case = fresh(case)
    assert (case.standing, case.officer) == (before, second)
    assert may_move(cast["jia.clerk"], case, "return").code == "taken"
    assert may_move(cast.acting("second clerk"), case, "return") is None
    assert letters(second, f"{case.key}-over") == 1


def test_an_approver_hands_over_what_lies_with_a_clerk_and_others_do_not(cast, handed_in, second):
    case = handed_in()
    actions.take(case, by=cast["jia.clerk"], version=case.version)
    case = fresh(case)
    answers = {who: may_hand_over(cast[who], case) for who in ("jia.clerk", "jia.approver", "jia.reviewer", "zhe.approver", "ping.clerk")}  # fmt: skip
    assert {who: one.code for who, one in answers.items() if one} == {
        "jia.reviewer": "other_role", "zhe.approver": "other_department", "ping.clerk": "other_department",
    }  # fmt: skip
    actions.hand_over(case, by=cast["jia.approver"], version=case.version, colleague=second)
    assert fresh(case).officer == second
    for stranger in ("jia.reviewer", "ping.clerk"):
        with refused("not_a_colleague"):
            actions.hand_over(fresh(case), by=cast["jia.approver"], version=fresh(case).version, colleague=cast.people[stranger])  # fmt: skip


# --- an opinion


def test_an_opinion_is_asked_and_given_and_moves_nothing(client, cast, handed_in):
    case = handed_in()
    before = case.standing
    advice = actions.ask(case, by=cast["jia.clerk"], colleague=cast.people["jia.reviewer"], question="Is the lease enough?")  # fmt: skip
    assert letters(cast.people["jia.reviewer"], "asked") == 1
    client.force_login(cast.people["jia.reviewer"])
    assert reverse("procedures:advise", args=[case.key, advice.pk]) in client.get(reverse("organisations:workbench")).content.decode()  # fmt: skip
    actions.advise(advice, by=cast["jia.reviewer"], answer="For three years, yes.")
    assert fresh(case).standing == before == State("running", case.step)
    client.force_login(cast.people["jia.approver"])
    assert "For three years, yes." in client.get(case.get_absolute_url()).content.decode()
    client.force_login(cast.people["bees.operator_head"])
    assert "For three years, yes." not in client.get(case.get_absolute_url()).content.decode()
    with refused("answered"):
        actions.advise(Advice.objects.get(), by=cast["jia.reviewer"], answer="No.")


def test_only_who_was_asked_writes_the_opinion_and_only_whose_turn_it_is_asks(cast, handed_in):
    case = handed_in()
    with refused("other_role"):
        actions.ask(case, by=cast["jia.approver"], colleague=cast.people["jia.reviewer"], question="?")  # fmt: skip
    with refused("not_a_colleague"):
        actions.ask(case, by=cast["jia.clerk"], colleague=cast.people["ping.reviewer"], question="?")  # fmt: skip
    advice = actions.ask(case, by=cast["jia.clerk"], colleague=cast.people["jia.reviewer"], question="?")  # fmt: skip
    with refused("asked"):
        actions.ask(case, by=cast["jia.clerk"], colleague=cast.people["jia.reviewer"], question="?")
    with refused("not_asked"):
        actions.advise(advice, by=cast["jia.approver"], answer="Yes.")
    assert Advice.objects.get().answered is None


# --- last days

FRIDAY = date(2026, 3, 20)


@pytest.fixture
def due(cast, handed_in):
    """A case at the city that is due on a Friday."""
    case = handed_in()
    Case.objects.filter(pk=case.pk).update(due=FRIDAY)
    return fresh(case)


def test_whose_turn_it_is_is_reminded_before_the_last_day_and_with_the_approver_after_it(cast, due):
    clerk, approver = cast.people["jia.clerk"], cast.people["jia.approver"]
    told = {}
    for days in (-8, -3, -2, -1, 0, 1, 3, 4, 10):
        remind(FRIDAY + timedelta(days=days))
        told[days] = letters(clerk, str(due.key)), letters(approver, str(due.key))
    assert told == {
        -8: (0, 0),
        -3: (1, 0), -2: (1, 0), -1: (2, 0), 0: (2, 0),
        1: (2, 0),  # a Saturday
        3: (3, 1), 4: (3, 1), 10: (4, 2),
    }  # fmt: skip


def test_a_night_sent_twice_is_one_letter_and_a_case_on_hold_is_left_in_peace(cast, due):
    for _night in range(2):
        remind(FRIDAY)
    assert letters(cast.people["jia.clerk"], str(due.key)) == 1
    Case.objects.filter(pk=due.pk).update(on_hold=True)
    assert remind(FRIDAY + timedelta(days=5)) == 0


def test_a_case_that_was_returned_and_came_again_is_reminded_of_anew(cast, due):
    remind(FRIDAY)
    actions.move(due, "return", by=cast["jia.clerk"], version=due.version, pins=[("whole", "unsigned")])  # fmt: skip
    assert remind(FRIDAY) == 0
    case = fresh(due)
    actions.hand_in(case, by=cast["bees.operator_head"], version=case.version, promised=True, at=timezone.now() + timedelta(seconds=2))  # fmt: skip
    Case.objects.filter(pk=due.pk).update(due=FRIDAY)
    remind(FRIDAY)
    assert letters(cast.people["jia.clerk"], str(due.key)) == 2


def test_of_a_case_that_was_taken_only_who_took_it_is_reminded(cast, due, second):
    actions.take(due, by=cast.acting("second clerk"), version=due.version)
    remind(FRIDAY)
    assert letters(second, str(due.key)) == 1
    assert letters(cast.people["jia.clerk"], str(due.key)) == 0


# --- while somebody is absent


def test_who_stands_in_goes_on_with_the_cases_of_the_absent_and_the_absent_finds_them_again(cast, handed_in):  # fmt: skip
    taken = handed_in()
    actions.take(taken, by=cast["jia.clerk"], version=taken.version)
    taken = fresh(taken)
    reviewer = cast.people["jia.reviewer"]
    name_stand_in(cast.post("jia.clerk"), reviewer, until=timezone.localdate() + timedelta(days=7), by=cast["jia.clerk"])  # fmt: skip
    post = Post.objects.get(user=reviewer, stands_in_for=cast.post("jia.clerk"))
    deputy = Acting(reviewer, post, "192.0.2.1")
    own = Acting(reviewer, Post.objects.get(user=reviewer, role="reviewer"), "192.0.2.1")
    assert turn_of(taken, deputy).place == 1
    assert turn_of(taken, own).place == 0
    assert may_take(deputy, taken).code == "yours"
    assert may_move(deputy, taken, "return") is None
    assert may_move(own, taken, "return").code == "other_role"
    actions.move(
        taken, "propose", by=deputy, version=taken.version, proposed="consent", words="read"
    )
    assert taken.acts.order_by("-number").first().post == post
    assert fresh(taken).hand == 1


def test_a_case_that_the_deputy_takes_is_taken_for_the_absent(cast, handed_in, second):
    case = handed_in()
    reviewer = cast.people["jia.reviewer"]
    name_stand_in(
        cast.post("jia.clerk"), reviewer, until=timezone.localdate(), by=cast["jia.clerk"]
    )
    deputy = Acting(reviewer, Post.objects.get(user=reviewer, stands_in_for__isnull=False), "192.0.2.1")  # fmt: skip
    actions.take(case, by=deputy, version=case.version)
    assert fresh(case).officer == cast.people["jia.clerk"]
    assert may_move(cast["jia.clerk"], fresh(case), "return") is None
    assert may_move(cast.acting("second clerk"), fresh(case), "return").code == "taken"
