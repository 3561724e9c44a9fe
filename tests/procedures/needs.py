"""What a step needs, met by whose turn it is: one function a need, so that a new need is added here alone."""

from tests.cast import Cast
from zhongchuang.organisations.access import Acting
from zhongchuang.organisations.models import Role, User
from zhongchuang.panels import actions as panels
from zhongchuang.papers.actions import rewrite, write
from zhongchuang.papers.models import Paper
from zhongchuang.papers.wording import prefilled
from zhongchuang.procedures.models import Case
from zhongchuang.procedures.needed import needed


def letter(case, by):
    """The letter in the words that stand there; one written before is kept anew."""
    paper = Paper.objects.at(case).filter(kind="letter").first()
    if paper:
        rewrite(paper, by=by, version=paper.version)
    else:
        write(case, "letter", by=by, **prefilled(case, "letter"))


def opinions(case, by):
    """As many experts as the step asks are named and recommend it."""
    for number in range(panels.places_left(case)):
        name = f"expert-{case.pk}-{case.step}-{number}"
        found = User.objects.filter(email=f"{name}@example.org").first()
        expert = found or Cast().person(name, role=Role.EXPERT)
        seat = panels.name(case, by=by, expert=expert)
        mine = Acting(User.objects.get(pk=expert.pk), expert.posts.get(), "192.0.2.1")
        panels.give(
            seat, by=mine, version=seat.version, conclusion="yes", words="符合条件，建议通过"
        )


MEETS = {"letter": letter, "opinions": opinions}


def meet(case, by):
    """Meet what the step of a case still needs; `by` is whose turn it is. The case as it stands then."""
    case = Case.objects.get(pk=case.pk)
    for need in needed(case):
        if not need.is_met:
            MEETS[need.id](case, by)
    return Case.objects.get(pk=case.pk)
