# ruff: noqa: F811 -- fixtures are imported
"""Many at once: one case, one number, one decision, nothing lost (R-07, R-08)."""

import os
import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.procedures.xuchang import all_of, waiting, xuchang  # noqa: F401 -- fixtures
from tests.records.conftest import at_once  # noqa: F401 -- a fixture
from zhongchuang.gap.packs import all_packs
from zhongchuang.page.refusal import Refused
from zhongchuang.procedures import actions
from zhongchuang.procedures.extended import rounds
from zhongchuang.procedures.models import Batch, Case, DecisionRecord, Extension

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]
FULL = os.environ.get("ZHONGCHUANG_FAULTS") == "full"
SENDS, PAIRS = (50, 200) if FULL else (12, 10)


def test_the_same_application_sent_many_times_at_once_is_handed_in_once(cast, complete, at_once):
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


def test_of_two_officers_who_decide_at_once_one_does(cast, registered, handed_in, at_once):
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


def test_of_two_who_sign_at_once_one_does_and_there_is_one_decision(cast, handed_in, at_once):
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


def test_of_two_who_sign_the_same_batch_at_once_one_does_and_each_case_is_signed_once(
    cast, waiting, at_once
):
    batch = actions.open_batch(waiting(3), by=cast["xu.clerk"])
    actions.decide_batch(batch, by=cast["xu.clerk"], version=batch.version, choices=all_of(batch, "conclude"), words="符合")  # fmt: skip
    signer, choices, version = cast["xu.approver"], all_of(batch, "sign"), batch.version

    def sign(_number):
        held = Batch.objects.get(pk=batch.pk)
        try:
            actions.decide_batch(held, by=signer, version=version, choices=choices)
        except Refused:
            return "late"
        return "signed"

    assert sorted(at_once(4, sign)) == ["late"] * 3 + ["signed"]
    for case in Case.objects.all():
        assert (case.step, case.acts.filter(move="sign", step="review").count()) == ("file", 1)


def test_of_two_who_sign_the_same_selection_at_once_each_case_has_one_signature(
    cast, waiting, at_once
):
    cases = [
        actions.move(one, "propose", by=cast["xu.clerk"], version=one.version, proposed="conclude", words="符合")
        for one in waiting(6)
    ]  # fmt: skip
    second = cast.person("xu.second", organisation=cast.organisations["xu"], role="approver")
    signers = [cast["xu.approver"], cast.acting(second.name)]
    chosen = [(one, one.version) for one in cases]

    def sign(place):
        order = chosen if place else chosen[::-1]
        signing = actions.sign_together(order, by=signers[place])
        actions.carry_out(signing, by=signers[place])
        return signing.pk

    done = at_once(2, sign)
    assert {type(one) for one in done} == {int}, done
    for case in Case.objects.all():
        assert (case.step, case.acts.filter(move="sign", step="review").count()) == ("file", 1)
        refusals = [one.refusal for one in case.listed.all()]
        assert (len(refusals), refusals.count("")) == (2, 1)


def test_batches_opened_at_once_have_numbers_of_their_own_and_share_no_case(cast, waiting, at_once):
    cases = waiting(4)
    opener = cast["xu.clerk"]

    def open_one(place):
        held = list(Case.objects.filter(pk__in=[cases[place].pk, cases[(place + 1) % 4].pk]))
        try:
            actions.open_batch(held, by=opener)
        except Refused:
            return "late"
        return "open"

    done = at_once(4, open_one)
    assert done.count("open") in {1, 2}
    numbers = list(Batch.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, done.count("open") + 1))


def test_of_two_who_sign_more_time_at_once_one_does(cast, at_once):
    pack = all_packs()["hunan-2016"]
    procedure, today = pack.procedures["recognition"], timezone.localdate()
    first, last = rounds(procedure, today)[1]
    one = actions.propose_extension(pack, procedure, by=cast["xiang.clerk"], first=first, until=last + timedelta(days=1), whom="all", reason="停电")  # fmt: skip
    signer = cast["xiang.approver"]

    def decide(place):
        held = Extension.objects.get(pk=one.pk)
        try:
            actions.decide_extension(
                held, by=signer, version=1, agrees=place % 2 == 0, words="不必"
            )
        except Refused:
            return "late"
        return "signed" if place % 2 == 0 else "refused"

    done = at_once(4, decide)
    assert done.count("late") == 3
    assert Extension.objects.get(pk=one.pk).state in done
