"""The changes of the register go with their case: left to it when it is handed in, written or not when it ends."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zhongchuang.page.refusal import conflict, require
from zhongchuang.policy.procedure import CHANGE, PROPOSE
from zhongchuang.procedures.changing import changes_of
from zhongchuang.procedures.models import CaseChange
from zhongchuang.spaces import actions as register
from zhongchuang.spaces.models import Change

State = Change.State
GONE = conflict("change_gone", _("A change that this case decides on was withdrawn meanwhile, because the space closed. Refuse the case, or ask its operator to withdraw it."))  # fmt: skip


@transaction.atomic
def leave(case):
    """Leave the changes that wait to a case that is being handed in."""
    if case.course.kind != CHANGE:
        return
    changes = register.take_into_case(changes_of(case))
    CaseChange.objects.bulk_create([CaseChange(case=case, change=one) for one in changes])


@transaction.atomic
def settle(case, act, *, by):
    """End the changes of a case as it ended: written from their day on, refused with the reason, or withdrawn."""
    changes = changes_of(case)
    still = [one for one in changes if one.state == State.WAITING]
    granted = case.state == case.Standing.GRANTED
    require(GONE if granted and still != changes else None)
    state = {case.Standing.GRANTED: State.CONFIRMED, case.Standing.REFUSED: State.REFUSED}.get(case.state, State.WITHDRAWN)  # fmt: skip
    answer = reason(case, act) if state == State.REFUSED else ""
    department = (by and by.organisation) or case.department
    for change in still:
        register.settle(change, state, by=by, department=department, answer=answer)


def reason(case, act):
    """Why a case was refused: the words of who signed, or of who proposed it."""
    proposal = case.acts.filter(move=PROPOSE, step=act.step).exclude(words="").last()
    return act.words or (proposal.words if proposal else "")


@transaction.atomic
def take_up(case):
    """Let the changes that were refused with a case wait for it again."""
    if case.course.kind == CHANGE:
        register.take_up(changes_of(case))
