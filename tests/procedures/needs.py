"""What a step needs, met by whose turn it is: one function a need, so that a new need is added here alone."""

from django.utils import timezone

from tests.cast import Cast
from zhongchuang.organisations.access import Acting
from zhongchuang.organisations.models import Role, User
from zhongchuang.panels import actions as panels
from zhongchuang.papers.actions import rewrite, write
from zhongchuang.papers.models import Paper
from zhongchuang.papers.wording import prefilled
from zhongchuang.procedures.judging import open_against
from zhongchuang.procedures.models import Case
from zhongchuang.procedures.needed import needed
from zhongchuang.visits import actions as visits
from zhongchuang.visits.access import colleagues
from zhongchuang.visits.checklist import lines

AS_STATED = {"found": "as_stated", "value": None, "words": ""}
NOT_SEEN = {"found": "not_seen", "value": None, "words": "未申报，现场未清点"}


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


def visit(case, by):
    """A visit of two officials to whom everything is as it was stated, closed by the one and confirmed by the other."""
    first, second = pair(case, by)
    made = visits.plan(case, by=by, begins=timezone.now(), place="A", visitors=[first.user, second.user], announced=False, why="就近")  # fmt: skip
    found = {one.key: AS_STATED if one.is_stated else NOT_SEEN for one in lines(case, case.handed_in.facts)}  # fmt: skip
    made = visits.write(made, by=first, version=made.version, found=found)
    made = visits.close(made, by=first, version=made.version, result="fits", words="与申报一致", present="王五", read_out=True)  # fmt: skip
    visits.confirm(made, by=second, version=made.version)


def pair(case, by):
    """Whose turn it is, and a colleague."""
    other = next(one for one in colleagues(case) if one.pk != by.user.pk)
    return by, Acting(other, other.current_posts[0], "192.0.2.1")


WHY = "经实地了解情况属实，同意按现状办理"


def why(case, move):
    """A reason for each condition that is open although a move leads on from a deciding step."""
    return {one.leaf.condition.id: {"reason": WHY} for one in open_against(case, move)}


MEETS = {"letter": letter, "opinions": opinions, "visit": visit}


def meet(case, by):
    """Meet what the step of a case still needs; `by` is whose turn it is. The case as it stands then."""
    case = Case.objects.get(pk=case.pk)
    for need in needed(case):
        if not need.is_met:
            MEETS[need.id](case, by)
    return Case.objects.get(pk=case.pk)
