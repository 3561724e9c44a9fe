"""At a refused case the way to its review, or the review; at a review the decision that it looks at again."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from zhongchuang.contests.access import asking
from zhongchuang.contests.models import Contest
from zhongchuang.policy.procedure import REVIEW
from zhongchuang.procedures.contestable import subject_of
from zhongchuang.procedures.contested import contested_as
from zhongchuang.procedures.needed import Beside

SAID = {"asked", "not_yours"}
"""Refusals of asking that the line of the review itself says already."""


def beside(case, acting):
    return [*of_review(case), *of_refusal(case, acting)]


def of_review(case):
    """The decision that a review looks at again; once it fell, its name is in the course of what it was about."""
    contest = Contest.objects.filter(review=case).first() if case.course.kind == REVIEW else None
    found = contested_as(contest.subject) if contest else None
    if found and case.state == case.Standing.DRAFT:
        yield Beside(_("Hand it in by %(day)s") % {"day": date_format(contest.until, "DATE_FORMAT")}, _("The review is asked for until this day."))  # fmt: skip
    if found:
        yield Beside(found.title, found.number, found.url, _("contested"))


def of_refusal(case, acting):
    """The reviews of a case; for the operator of a refused one until when a review is asked for, or why it is not."""
    found = asking(acting, subject_of(case))
    if found is None:
        return
    for one in found.contests:
        says = " · ".join(filter(None, [one.review.number, one.review.get_state_display()]))
        mark = _("under way") if one.review.is_open else ""
        yield Beside(_("Review on request"), says, one.review.get_absolute_url(), mark)
    if found.url:
        says = _("Open until %(day)s. The decision stays as it is meanwhile.") % {"day": date_format(found.until, "DATE_FORMAT")}  # fmt: skip
        yield Beside(_("Ask for a review"), says, found.url, is_next=True)
    elif found.bar and found.bar.code not in SAID:
        yield Beside(_("Review on request"), str(found.bar))
