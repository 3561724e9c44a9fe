"""What a step needs, met by whose turn it is: one function a need, so that a new need is added here alone."""

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


MEETS = {"letter": letter}


def meet(case, by):
    """Meet what the step of a case still needs; `by` is whose turn it is. The case as it stands then."""
    case = Case.objects.get(pk=case.pk)
    for need in needed(case):
        if not need.is_met:
            MEETS[need.id](case, by)
    return Case.objects.get(pk=case.pk)
