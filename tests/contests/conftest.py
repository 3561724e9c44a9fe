"""A filing that the county refused, and other people at the county who can look at it again."""

import pytest
from django.utils import timezone

from tests.procedures.conftest import begun, complete, file_of, handed_in, step  # noqa: F401 -- fixtures
from zhongchuang.contests import actions as contests
from zhongchuang.organisations.models import Role
from zhongchuang.procedures import actions
from zhongchuang.procedures.contestable import subject_of
from zhongchuang.procedures.contested import contested_as
from zhongchuang.procedures.models import Case

HEAD = "bees.operator_head"
HANDS = ("clerk", "reviewer", "approver")


def colleagues(cast, department):
    """A second person in each role of a department, `jia.clerk.b` and so on."""
    for role in HANDS:
        cast.person(f"{department}.{role}.b", organisation=cast.organisations[department], role=Role(role))  # fmt: skip


@pytest.fixture
def refused(cast, handed_in, step):  # noqa: F811 -- the fixtures above
    """`refused()` is a filing that the county of Jia did not grant."""

    def one(**more):
        colleagues(cast, "jia")
        return step(handed_in(**more), "jia", "refuse", "面积不足")

    return one


@pytest.fixture
def asked(cast):
    """`asked(subject)` is the draft of a review of what has this name."""

    def one(subject, who=HEAD):
        return contests.begin(contested_as(subject), by=cast[who])

    return one


@pytest.fixture
def review(cast, asked, complete):  # noqa: F811 -- the fixtures above
    """`review(case)` is the review of a refused case, handed in."""

    def one(case=None, subject=""):
        draft = complete(asked(subject or subject_of(case)))
        return actions.hand_in(draft, by=cast[HEAD], version=draft.version, promised=True, at=timezone.now())  # fmt: skip

    return one


@pytest.fixture
def taken(cast):
    """`taken(review, "jia", "grant")`: the second people at a department take the step at which a review stands."""

    def one(review, department, name, words="已重新核对"):
        case = Case.objects.get(pk=review.pk)
        first, *others = case.at.hands
        by = cast[f"{department}.{first}.b"]
        actions.move(case, "propose", by=by, version=case.version, proposed=name, words=words)
        for hand in others:
            actions.move(case, "sign", by=cast[f"{department}.{hand}.b"], version=case.version)
        return Case.objects.get(pk=case.pk)

    return one


@pytest.fixture
def decided(taken):
    """`decided(review, "jia", "grant")` takes a review through both its steps."""

    def one(review, department, name):
        return taken(taken(review, department, "consent"), department, name)

    return one
