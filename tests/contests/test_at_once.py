# ruff: noqa: F811 -- a fixture is imported
"""Many at once: one review of a decision, and one end of it (R-07, R-08)."""

import pytest

from tests.contests.conftest import HEAD
from tests.records.conftest import at_once  # noqa: F401 -- a fixture
from zhongchuang.contests import actions as contests
from zhongchuang.contests.models import Contest
from zhongchuang.page.refusal import Refused
from zhongchuang.procedures import actions
from zhongchuang.procedures.contestable import subject_of
from zhongchuang.procedures.contested import contested_as
from zhongchuang.procedures.models import Case

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]
SENDS = 8


def test_the_review_of_a_decision_begun_many_times_at_once_is_one(cast, refused, at_once):
    subject, by = subject_of(refused()), cast[HEAD]
    found = at_once(SENDS, lambda _number: contests.begin(contested_as(subject), by=by).pk)
    assert (len(set(found)), Contest.objects.count(), Case.objects.count()) == (1, 1, 2)


def test_of_two_who_sign_at_once_one_does_and_the_case_is_taken_up_once(
    cast, refused, review, taken, at_once
):
    case = refused()
    made = taken(review(case), "jia", "consent")
    for hand in ("clerk.b", "reviewer.b"):
        name = {"name": "propose", "proposed": "grant"} if hand == "clerk.b" else {"name": "sign"}
        actions.move(made, by=cast[f"jia.{hand}"], version=made.version, words="核对", **name)
    signer = cast["jia.approver.b"]

    def sign(_number):
        held = Case.objects.get(pk=made.pk)
        try:
            return actions.move(held, "sign", by=signer, version=made.version).state
        except Refused:
            return "late"

    assert sorted(at_once(2, sign)) == ["granted", "late"]
    case = Case.objects.get(pk=case.pk)
    assert (case.state, case.acts.filter(move="annul").count()) == ("running", 1)
    assert Contest.objects.get().outcome == "granted"
