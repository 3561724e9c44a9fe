"""A review is begun, and ends: what it was granted for falls, or stands."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from zhongchuang.audit.actions import log
from zhongchuang.contests.access import ASKED, GONE, course_of, held, may_ask, until
from zhongchuang.contests.models import Contest
from zhongchuang.page.refusal import require
from zhongchuang.procedures.contested import contested_as
from zhongchuang.procedures.models import Case


@transaction.atomic
def begin(contested, *, by, at=None):
    """The draft of a review of a decision; begun twice it is the same one. Who took part in the decision does not act in it."""
    now = at or timezone.now()
    refusal = may_ask(by, contested, timezone.localdate(now))
    if refusal and refusal.code == ASKED.code:
        return held(contested).review
    require(refusal)
    try:
        with transaction.atomic():
            return made(contested, by, now)
    except IntegrityError:
        return held(contested).review


def made(contested, by, now):
    course = course_of(contested)
    review = Case.objects.create(
        rules=contested.kept().with_review(course.id), pack=contested.pack.id, procedure=course.id, contested=contested.procedure,
        level=contested.level, space=contested.space, operator=contested.operator, begun=now, begun_by=by.user,
    )  # fmt: skip
    review.recused.set(contested.took_part)
    Contest.objects.create(review=review, subject=contested.subject, decision=contested.decision, received=contested.received, until=until(contested))  # fmt: skip
    log(review, "case_begun", by=by.who, new={"space": contested.space.code, "procedure": f"{review.pack}:{review.procedure}", "contested": contested.number})  # fmt: skip
    return review


def settle(review, act, *, by):
    """What came of a review, in the transaction in which it ended: granted, the decision falls with what hangs on it."""
    contest = Contest.objects.get(review=review)
    if review.state == Case.Standing.GRANTED:
        found = contested_as(contest.subject)
        require(None if found and found.decision == contest.decision else GONE)
        found.annul(review, act, by=by)
    Contest.objects.filter(pk=contest.pk).update(outcome=review.state)
