# ruff: noqa: F811 -- fixtures are imported
"""Many proposals of the queue under one signature: each case is signed by itself, or stays with its reason."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.procedures.xuchang import waiting, xuchang  # noqa: F401 -- fixtures
from zhongchuang.audit.models import Entry
from zhongchuang.page.refusal import Refused
from zhongchuang.procedures import actions
from zhongchuang.procedures.actions.signing import sign_one
from zhongchuang.procedures.models import Case, Signing
from zhongchuang.signs.models import Sign

PER_CASE = 60
"""Statements for a signature with its letters and its entry in the log."""


def fresh(case):
    return Case.objects.get(pk=case.pk)


@pytest.fixture
def proposed(cast, waiting):
    """`proposed(3)` are so many cases of the city whose review a clerk proposed to conclude."""

    def one(count):
        return [
            fresh(actions.move(case, "propose", by=cast["xu.clerk"], version=case.version, proposed="conclude", words="评审通过"))
            for case in waiting(count)
        ]  # fmt: skip

    return one


def listed(client, cases=(), **more):
    """The page of confirmation, reached as the form of the queue leads there."""
    return client.get(reverse("procedures:sign_together"), {"case": [one.pk for one in cases]} | more)  # fmt: skip


def send(client, page, **more):
    form = page.context["form"]
    sends = {name: form[name].value() or "" for name in form.fields} | more
    return client.post(page.request["PATH_INFO"], sends), sends


def outcome(answer):
    key = answer["Location"].rstrip("/").rpartition("/")[2]
    return list(Signing.objects.get(key=key).lines().values_list("case", "refusal"))


def test_what_is_chosen_is_signed_once_each_case_with_its_own_act(cast, proposed, signed_in):
    cases, client = proposed(3), signed_in("xu.approver")
    page = listed(client, cases[:2])
    assert [one.case for one in page.context["lines"]] == cases[:2]
    answer, sends = send(client, page, words="同意")
    again = client.post(page.request["PATH_INFO"], sends)
    assert again["Location"] == answer["Location"]
    assert outcome(answer) == [(one.pk, "") for one in cases[:2]]
    assert [fresh(one).step for one in cases] == ["file", "file", "review"]
    for case in cases[:2]:
        assert list(case.acts.filter(move="sign", step="review").values_list("words", flat=True)) == ["同意"]  # fmt: skip
    assert Entry.objects.filter(verb="cases_signed").count() == 1


def test_one_that_changed_meanwhile_and_one_that_is_not_mine_stay_with_the_reason(cast, proposed, signed_in):  # fmt: skip
    cases, client = proposed(4), signed_in("xu.approver")
    page = listed(client, cases)
    changed, mine = cases[1], cases[2]
    actions.take(changed, by=cast["xu.approver"], version=changed.version)
    mine.acts.filter(move="propose").update(user=cast.people["xu.approver"])
    answer, _sends = send(client, page)
    told = dict(outcome(answer))
    assert [bool(told[one.pk]) for one in cases] == [False, True, True, False]
    assert told[changed.pk] != told[mine.pk]
    assert [fresh(one).step for one in cases] == ["file", "review", "review", "file"]
    shown = client.get(answer["Location"])
    assert [one.case for one in shown.context["refused"]] == [changed, mine]
    assert told[mine.pk].replace("'", "&#x27;") in shown.content.decode()


def test_the_queue_offers_what_asks_for_nothing_more_and_says_why_not_of_the_others(cast, proposed, signed_in):  # fmt: skip
    cases, client = proposed(3), signed_in("xu.approver")
    cases[0].acts.filter(move="propose").update(user=cast.people["xu.approver"])
    page = client.get(reverse("procedures:queue")).content.decode()
    offered = [f'name="case" value="{one.pk}"' in page for one in cases]
    assert offered == [False, True, True]
    assert [one.case for one in listed(client, all="yes").context["lines"]] == cases[1:]
    assert [one.case for one in listed(client, cases[:2]).context["lines"]] == cases[1:2]
    assert listed(client, cases[:1]).status_code == 409
    clerk = signed_in("xu.clerk").get(reverse("procedures:queue")).content.decode()
    assert 'name="case"' not in clerk


def test_before_signing_one_sees_what_is_open_of_each_and_how_many_signs(cast, proposed, signed_in):
    (case,), client = proposed(1), signed_in("xu.approver")
    Sign.objects.create(rule="same_phone", key="1", space=case.space, found={"text": "0374"})
    (line,) = listed(client, [case]).context["lines"]
    assert (line.proposal.proposed, line.signs) == ("conclude", 1)
    assert line.open == line.not_met + line.unknown + line.not_judged > 0


def test_what_was_interrupted_is_taken_up_where_it_stopped(cast, proposed, signed_in):
    cases, by = proposed(3), cast["xu.approver"]
    signing = actions.sign_together([(one, one.version) for one in cases], by=by)
    first = signing.listed.first()
    sign_one(first.pk, by=by, words="")
    page = signed_in("xu.approver").get(signing.get_absolute_url())
    assert [one.case for one in page.context["waiting"]] == cases[1:]
    actions.carry_out(signing, by=by)
    assert [fresh(one).acts.filter(move="sign", step="review").count() for one in cases] == [1] * 3


def test_a_signature_is_read_by_its_signer_alone(cast, proposed, signed_in):
    (case,) = proposed(1)
    signing = actions.sign_together([(case, case.version)], by=cast["xu.approver"])
    assert signed_in("xu.clerk").get(signing.get_absolute_url()).status_code == 404
    with pytest.raises(Refused):
        actions.sign_together([(case, case.version)], by=cast["bats.operator_head"])


def test_a_dozen_cases_are_signed_at_once_with_as_many_statements_for_each_as_for_few(cast, proposed, signed_in):  # fmt: skip
    cases, client = proposed(12), signed_in("xu.approver")
    page = listed(client, all="yes")
    with CaptureQueriesContext(connection) as queries:
        answer, _sends = send(client, page)
    assert [one for _case, one in outcome(answer)] == [""] * 12
    assert {fresh(one).step for one in cases} == {"file"}
    assert len(queries) < PER_CASE * 12
