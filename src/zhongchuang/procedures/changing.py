"""A case of a major change: the changes of the register that it decides on, and the figures before and after them (SH-3)."""

from dataclasses import dataclass

from zhongchuang.policy.procedure import CHANGE
from zhongchuang.spaces.actions.changes import change_proofs
from zhongchuang.spaces.differences import differences_of, touches
from zhongchuang.spaces.models import Change


@dataclass(frozen=True)
class Changed:
    """One change of a case: old and new of each field, the files behind it."""

    change: Change
    differences: list
    proofs: list


def concerned(procedure, changes):
    """Those of the changes that a procedure is about."""
    return [one for one in changes if touches(one, procedure.changes)]


def waiting(space, procedure):
    """The changes of a space that wait for a procedure, the oldest first."""
    found = Change.objects.waiting().filter(space=space, in_case=False)
    return concerned(procedure, found.select_related("space__region").order_by("proposed", "pk"))


def changes_of(case):
    """The changes that a case decides on: of a draft all that wait for its procedure, later those that went with it."""
    if case.course.kind != CHANGE:
        return []
    if case.state == case.Standing.DRAFT:
        return waiting(case.space, case.course)
    links = case.changes.select_related("change__space__region").order_by("pk")
    return [one.change for one in links]


def told(case):
    """The changes of a case as its page tells them."""
    return [Changed(one, differences_of(one), list(change_proofs(one))) for one in changes_of(case)]
