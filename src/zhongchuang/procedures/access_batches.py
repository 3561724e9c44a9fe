"""Who opens a batch, puts cases into it, takes them out, and decides them in one go."""

from django.utils.translation import gettext_lazy as _

from zhongchuang.page.refusal import Refusal, conflict
from zhongchuang.policy.procedure import RETURN
from zhongchuang.procedures.access import (
    NOT_OPEN_HERE,
    batch_of,
    is_holder,
    open_moves,
)
from zhongchuang.procedures.extended import deciding
from zhongchuang.procedures.models import Case, Member
from zhongchuang.procedures.models.cases import READING

CLOSED = conflict("closed", _("This batch is closed; all its cases are done with or have left it."))  # fmt: skip
OTHER_PLACE = conflict("other_place", _("All cases of a batch stand at one step of one procedure; this one stands elsewhere."))  # fmt: skip
NOT_HERE = Refusal("not_here", _("Batches are worked on by the department that opened them."))
NO_BATCHES = conflict("no_batches", _("Nothing waits for you that is decided in batches: the rules of the procedure have to say so, and the step has to stand at the level that decides."))  # fmt: skip
ALREADY = conflict("already", _("This case is in a batch already."))


def in_batches(case):
    """Whether a case stands at a step that is taken in batches: the rules say so, at the level that decides."""
    course, step = case.course, case.at
    return bool(course.batches and step and step.hands and step.level == deciding(course).level)


def ready(acting):
    """The cases that may be put into a batch: those that wait for this post as the first hand of their step."""
    found = Case.objects.visible_to(acting).waiting_for(acting.post).filter(hand=0)
    held = found.exclude(pk__in=Member.objects.filter(left=None).values("case"))
    held = held.in_turn().select_related("rules", "space__region", "operator", "department", "officer").prefetch_related("recused")  # fmt: skip
    return [case for case in held if in_batches(case) and is_holder(acting, case) is None]


def may_work(acting, batch):
    """Whether this post works on a batch: officials of its department, while it is open."""
    own = acting.organisation is not None and acting.organisation.pk == batch.department_id
    if not own or acting.role not in READING:
        return NOT_HERE
    return None if batch.is_open else CLOSED


def may_add(acting, batch, case, at):
    """Whether a case is put into a batch that stands at a step: one that waits there for this post, in no other batch."""
    refusal = may_work(acting, batch) or is_holder(acting, case)
    if refusal:
        return refusal
    if batch_of(case):
        return ALREADY
    here = (case.pack, case.procedure, case.step) == (batch.pack, batch.procedure, at)
    return None if here and case.hand == 0 and in_batches(case) else OTHER_PLACE


def stands_at(batch):
    """The step at which a batch is: the first at which one of its cases stands; the others wait for it there."""
    cases = [one.case for one in batch.held() if is_running(one.case)]
    places = {([step.id for step in one.course.steps].index(one.step), one.step) for one in cases}
    return min(places)[1] if places else batch.step


def is_running(case):
    return case.state == Case.Standing.RUNNING


def choices_of(acting, case):
    """The moves of one's own hand that are made for many: all but returning, which names places of one case."""
    if is_holder(acting, case):
        return []
    mine = [one for one in open_moves(case) if one.role == acting.role and one.name != RETURN]
    return [one.move or one.name for one in mine]


def may_decide(acting, batch):
    """Whether this post decides cases of a batch now: it is its turn with one of them at least."""
    refusal = may_work(acting, batch)
    if refusal:
        return refusal
    at = stands_at(batch)
    mine = any(choices_of(acting, one.case) for one in batch.held() if one.case.step == at)
    return None if mine else NOT_OPEN_HERE
