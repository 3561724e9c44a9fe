"""The list of what is signed together: of each case what is proposed, what is open, and what is to be noticed."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count

from zhongchuang.organisations.models import Post
from zhongchuang.policy.verdict import FOR_JUDGEMENT, NOT_MET, UNKNOWN
from zhongchuang.procedures.access import may_hand_over
from zhongchuang.procedures.access_signing import may_sign_with_others
from zhongchuang.procedures.judging import answer, open_cells
from zhongchuang.procedures.side_by_side import proposal_of
from zhongchuang.signs.models import Sign


@dataclass(frozen=True)
class Line:
    """A case before its signer: the proposal, how many conditions are open and how, how many signs nobody has answered."""

    case: object
    proposal: object
    not_met: int
    unknown: int
    not_judged: int
    signs: int

    @property
    def open(self):
        """How many conditions are open in all."""
        return self.not_met + self.unknown + self.not_judged


def lines_of(cases, acting):
    """The lines of cases, in their order."""
    held = signs_of(cases, acting)
    return [line_of(one, held.get(one.space_id, 0)) for one in cases]


def line_of(case, signs):
    judged = answer(case)
    counts = Counter(one.verdict for one in open_cells(judged)) if judged else Counter()
    return Line(case, proposal_of(case), counts[NOT_MET], counts[UNKNOWN], counts[FOR_JUDGEMENT], signs)  # fmt: skip


def signs_of(cases, acting):
    """How many signs are open, by space; one question for all."""
    found = Sign.objects.visible_to(acting).open().filter(space__in=[one.space_id for one in cases])
    return dict(found.values_list("space").annotate(count=Count("pk")).order_by())


def marked(cases, acting):
    """The cases of a queue, each with `together`: None where it may be chosen, else why not; nothing where nothing is proposed."""
    for case in cases:
        if case.proposed:
            case.together = may_sign_with_others(acting, case)
    return cases


def given_away(cases, acting):
    """The cases of a list, each with `given_away`: whether this post may hand it to a colleague, and there is one in the role."""
    posts = Post.objects.current().filter(organisation=acting.organisation).exclude(user=acting.user)  # fmt: skip
    held = set(posts.values_list("role", flat=True))
    for case in cases:
        case.given_away = case.role in held and may_hand_over(acting, case) is None
    return cases
