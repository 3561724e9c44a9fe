"""Many at once: one case, one number, one decision, nothing lost (R-07, R-08)."""

import os
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from tests.records.conftest import at_once  # noqa: F401 -- a fixture
from zhongchuang.page.refusal import Refused
from zhongchuang.procedures import actions
from zhongchuang.procedures.models import Case, DecisionRecord

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]
FULL = os.environ.get("ZHONGCHUANG_FAULTS") == "full"
SENDS, PAIRS = (50, 200) if FULL else (12, 10)


def test_the_same_application_sent_many_times_at_once_is_handed_in_once(cast, complete, at_once):  # noqa: F811
    case = complete()
    sends = {"request_key": str(uuid.uuid4()), "version": case.version, "promised": "on"}
    url = reverse("procedures:check", args=[case.key])

    def send(_number):
        client = Client()
        client.force_login(cast.people["bees.operator_head"])
        return client.post(url, sends).status_code

    assert set(at_once(SENDS, send)) == {302}
    case = Case.objects.get(pk=case.pk)
    assert (case.state, case.submissions.count(), case.acts.count()) == ("running", 1, 1)


def test_of_two_officers_who_decide_at_once_one_does(cast, registered, handed_in, at_once):  # noqa: F811
    clerks, ways = [cast["jia.clerk"], cast["jia.clerk"]], ("consent", "refuse")
    for number in range(PAIRS):
        case = handed_in(space=registered(f"慧谷 {number}"))

        def decide(place, case=case):
            held = Case.objects.get(pk=case.pk)
            try:
                actions.move(held, "propose", by=clerks[place], version=case.version, proposed=ways[place], words="核对")  # fmt: skip
            except Refused:
                return "late"
            return ways[place]

        done = at_once(2, decide)
        assert sorted(one == "late" for one in done) == [False, True]
        held = Case.objects.get(pk=case.pk)
        assert (held.proposed, held.acts.count()) == (next(one for one in done if one != "late"), 2)


def test_of_two_who_sign_at_once_one_does_and_there_is_one_decision(cast, handed_in, at_once):  # noqa: F811
    case = handed_in()
    actions.move(case, "propose", by=cast["jia.clerk"], version=case.version, proposed="refuse", words="不符")  # fmt: skip
    signer = cast["jia.approver"]

    def sign(_number):
        held = Case.objects.get(pk=case.pk)
        try:
            actions.move(held, "sign", by=signer, version=case.version)
        except Refused:
            return "late"
        return "signed"

    assert sorted(at_once(8, sign)) == ["late"] * 7 + ["signed"]
    assert DecisionRecord.objects.filter(case=case).count() == 1
