"""Who asks for a review of a decision, and until when; every answer "no" says why."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.contests.models import Contest
from zhongchuang.organisations.models import Region
from zhongchuang.organisations.models.people import APPLICANTS
from zhongchuang.page.refusal import Refusal, conflict
from zhongchuang.policy.loading import review_of
from zhongchuang.policy.procedure import last_day
from zhongchuang.procedures.contested import contested_as
from zhongchuang.procedures.holders import missing_level
from zhongchuang.procedures.models import Case

NOT_YOURS = Refusal("not_yours", _("A review is asked for by those who work for the operator that the decision concerns."))  # fmt: skip
OF_REVIEW = conflict("of_review", _("A review is not reviewed again here. The next way is administrative reconsideration, or a lawsuit; the department tells you where and until when."))  # fmt: skip
ASKED = conflict("asked", _("A review of this decision is under way already; there is one at a time."))  # fmt: skip
DONE = conflict("done", _("This decision was reviewed, once. The next way is administrative reconsideration, or a lawsuit; the department tells you where and until when."))  # fmt: skip
ANEW = conflict("anew", _("Another application of this procedure is under way for the space. Withdraw it, or throw its draft away, and then ask for the review."))  # fmt: skip
GONE = conflict("gone", _("The decision that this review looks at does not stand any more."))


def course_of(contested):
    """The procedure of the review: the pack's own, or the general one, at the level that decided."""
    procedure = contested.pack.procedures.get(contested.procedure)
    return review_of(contested.pack, procedure, contested.level)


def until(contested):
    """The last day on which the review is asked for."""
    return last_day(contested.received, course_of(contested).asked_within)


def held(contested):
    """The review of this very decision that is under way or was decided; None without one."""
    found = Contest.objects.counting().filter(decision=contested.decision)
    return found.select_related("review").first()


def may_ask(acting, contested, on=None):
    """Whether this post asks for a review of a decision on a day, today unless said otherwise."""
    if acting.role not in APPLICANTS or acting.organisation != contested.operator:
        return NOT_YOURS
    return not_open(contested, on or timezone.localdate())


def not_open(contested, on):
    """Why no review of a decision is taken on a day; None where it is."""
    if contested.is_review:
        return OF_REVIEW
    found = held(contested)
    if found and found.outcome:
        return DONE
    if found and found.review.state != Case.Standing.DRAFT:
        return ASKED
    return late(until(contested), on) or (ASKED if found else in_the_way(contested))


def late(last, on):
    """That the term ended; None while it runs."""
    return conflict("late", _("The term for a review ended on %(day)s."), day=last) if on > last else None  # fmt: skip


def in_the_way(contested):
    """An application of the same procedure that is under way, or a level at which nobody has joined."""
    others = Case.objects.running().filter(space=contested.space, pack=contested.pack.id, procedure=contested.procedure, level="")  # fmt: skip
    if others.exists():
        return ANEW
    if level := missing_level(course_of(contested), contested.space):
        return conflict("nobody", _("No department at the level “%(level)s” above this space has joined the platform yet, so nobody could review the decision. Ask for the review on paper."), level=Region.Level(level).label)  # fmt: skip
    return None


@dataclass(frozen=True)
class Asking:
    """What a page offers whom a decision concerns: the way to a review, why there is none, and the reviews of it."""

    url: str
    until: date | None
    bar: Refusal | None
    contests: list


def asking(acting, subject):
    """The reviews of a thing for its reader; None for who has nothing to do with it."""
    seen = list(Contest.objects.visible_to(acting).filter(subject=subject).select_related("review"))
    contested = contested_as(subject) if acting.role in APPLICANTS else None
    if contested is None or contested.operator != acting.organisation:
        return Asking("", None, None, seen) if seen else None
    refusal, url = may_ask(acting, contested), reverse("contests:ask", args=[subject])
    return Asking("" if refusal else url, until(contested), refusal, seen)
