"""What stands against handing a review in, and against applying anew while a decision on the same is reviewed."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.contests.access import GONE, late
from zhongchuang.contests.models import Contest
from zhongchuang.page.refusal import Refusal, conflict
from zhongchuang.policy.procedure import REVIEW
from zhongchuang.procedures.contested import contested_as

AT_DECISION = Refusal("at_decision", _("A review begins on the page of the decision that you contest."))  # fmt: skip
RUNS = conflict("review_runs", _("A review of the decision on this is under way. Wait for it, or withdraw it, before you apply anew."))  # fmt: skip


def bars(bid):
    """Refusals of an application that is about to be made."""
    if bid.procedure.kind == REVIEW:
        refusal = of_review(bid)
        return [refusal] if refusal else []
    runs = Contest.objects.running().filter(review__space=bid.space, review__pack=bid.pack.id, review__contested=bid.procedure.id)  # fmt: skip
    return [RUNS] if runs.exists() else []


def of_review(bid):
    """Why a review is not handed in: it has no decision, is late, or its decision fell meanwhile."""
    contest = Contest.objects.filter(review=bid.case).first() if bid.case else None
    if contest is None:
        return AT_DECISION
    found = contested_as(contest.subject)
    return late(contest.until, bid.on or timezone.localdate()) or (None if found and found.decision == contest.decision else GONE)  # fmt: skip
