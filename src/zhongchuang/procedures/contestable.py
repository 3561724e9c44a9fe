"""The refusal of a case can be contested."""

import uuid

from django.utils import timezone
from django.utils.translation import gettext as _

from zhongchuang.gap import words
from zhongchuang.page.listed import ask
from zhongchuang.policy.procedure import REVIEW
from zhongchuang.procedures.actions.reopening import reopen
from zhongchuang.procedures.contested import Contested
from zhongchuang.procedures.models import Case

KIND = "case-"


def contestable(subject):
    """The refusal of the case of this name, as it stands."""
    case = refused(subject.removeprefix(KIND)) if subject.startswith(KIND) else None
    return [refusal_of(case)] if case else []


def subject_of(case):
    return f"{KIND}{case.key}"


def refused(key):
    try:
        found = Case.objects.filter(key=uuid.UUID(key), state=Case.Standing.REFUSED)
    except ValueError:
        return None
    return found.select_related("rules", "space", "operator", "department").first()


def refusal_of(case):
    """What stands in the last act of a case that was refused."""
    act, course = case.acts.order_by("-number").first(), case.course
    return Contested(
        subject=subject_of(case), decision=f"{subject_of(case)}.{act.number}",
        title=_("Not granted: %(name)s") % {"name": words.say(course.title)}, number=case.number, url=case.get_absolute_url(),
        space=case.space, operator=case.operator, received=timezone.localdate(case.ended), pack=case.version_of_rules,
        kept=lambda: case.rules, procedure=case.procedure, level=course.step(act.step).level,
        took_part=frozenset(ask("took_part", case)), annul=lambda review, made, by: reopen(case, review, made, by=by),
        is_review=course.kind == REVIEW,
    )  # fmt: skip
