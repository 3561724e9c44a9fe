"""The revocation of a title can be contested, also of one from before the platform."""

from django.utils.translation import gettext as _

from zhongchuang.filing.actions import reinstate
from zhongchuang.filing.models import Title
from zhongchuang.page.listed import ask
from zhongchuang.procedures.contested import Contested
from zhongchuang.procedures.models import RuleVersion

KIND = "title-"


def contestable(subject):
    """The revocation of the title of this code, as it stands, if its rules are known."""
    if not subject.startswith(KIND):
        return []
    found = Title.objects.filter(code=subject.removeprefix(KIND), state=Title.State.REVOKED)
    title = found.select_related("space", "operator", "case__rules").first()
    pack = title.rules if title else None
    return [revocation_of(title, pack)] if pack and title.ended_on else []


def subject_of(title):
    return title.subject


def revocation_of(title, pack):
    return Contested(
        subject=subject_of(title), decision=f"{subject_of(title)}.{title.version}",
        title=_("Revoked: %(name)s") % {"name": title.name}, number=title.number, url=title.get_absolute_url(),
        space=title.space, operator=title.operator, received=title.ended_on, pack=pack,
        kept=lambda: title.case.rules if title.case else RuleVersion.of(pack), procedure=given_by(title, pack),
        level=title.level, took_part=took_part_in(title),
        annul=lambda review, made, by: reinstate(title, review, made, by=by),
    )  # fmt: skip


def took_part_in(title):
    """Who may not act in the review: whoever revoked the title, and all who examined, visited, advised on, proposed or signed the case by which it was given.

    Whether it was rightly given is what a revocation is about, so that these would look at their own work.
    """
    gave = ask("took_part", title.case) if title.case else []
    return frozenset([*gave, *([title.ended_by_id] if title.ended_by_id else [])])


def given_by(title, pack):
    """The procedure that gives such a title; empty where the rules have none, so that the general review takes it."""
    if title.case:
        return title.case.procedure
    found = (one.id for one in pack.procedures.values() if one.gives and one.gives.id == title.kind)
    return next(found, "")
