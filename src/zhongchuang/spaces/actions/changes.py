"""Deciding on changes of registered spaces (SH-3): the first decision counts."""

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.audit.actions import log
from zhongchuang.page.refusal import Refused, conflict, require
from zhongchuang.records.actions import write as write_letters
from zhongchuang.records.actions.requests import Stale, last_change
from zhongchuang.spaces.access import DECIDED, may_decide_change, may_withdraw_change
from zhongchuang.spaces.actions.registration import people_of
from zhongchuang.spaces.actions.versions import Operation, carry_out, prove, unpacked
from zhongchuang.spaces.models import TABLES, Change, Space

WAITS = conflict("waits", _("Meanwhile another change of the same thing waits, so the refused one cannot wait beside it. Ask the operator to withdraw it."))  # fmt: skip

State = Change.State
TOLD = {
    State.CONFIRMED: (
        _("The change of %(space)s was confirmed"),
        _(
            "%(department)s confirmed it. It counts from %(day)s; the earlier version stays in the register."
        ),
    ),
    State.REFUSED: (
        _("The change of %(space)s was not confirmed"),
        _("%(department)s answered: %(answer)s"),
    ),
}


def operation_of(change):
    """The operation that a change asks for."""
    model = TABLES[change.table]
    rows = tuple(unpacked(model, row) for row in change.rows)
    values = unpacked(model, change.values)
    return Operation(change.table, change.verb, change.on, values, change.series, rows)


def move(change, state, *, by, answer="", in_case=False):
    """Take a waiting change to `state`; of two people who decide at once the first wins, and so does a case."""
    rows = Change.objects.filter(pk=change.pk)
    moved = (
        rows.waiting()
        .filter(in_case=in_case)
        .update(
            version=F("version") + 1,
            state=state,
            decided=timezone.now(),
            decided_by=by.user if by else None,
            answer=answer,
        )
    )
    if not moved:
        raise Stale(last_change(change, change.version, rows.get().version))
    change.refresh_from_db()


@transaction.atomic
def confirm_change(change, *, by):
    """The department confirms: the rows are written as asked, and the earlier version stays."""
    require(may_decide_change(by, change))
    move(change, State.CONFIRMED, by=by)
    return written(change, by=by, department=by.organisation)


def written(change, *, by, department):
    """What follows from a confirmation: the rows, the files behind them, a letter, the log."""
    space = (
        Space.objects.select_for_update(of=["self"])
        .select_related("operator", "region")
        .get(pk=change.space_id)
    )
    done = carry_out(space, operation_of(change), user=change.proposed_by)
    files = [proof.evidence for proof in change_proofs(change) if not proof.evidence.withdrawn]
    for row in done:
        prove(space, row.series, files, user=by.user if by else None)
    if change.series is None and not change.rows:
        Change.objects.filter(pk=change.pk).update(series=done[0].series)
    tell(change, department)
    log(
        change,
        "change_confirmed",
        by=by.who if by else None,
        old=change.old,
        new=change.values | ({"rows": change.rows} if change.rows else {}),
        given={"on": change.on, "row": [row.pk for row in done] if change.rows else done[0].pk},
    )
    return change


@transaction.atomic
def refuse_change(change, *, by, answer):
    """The department does not confirm; what is recorded stays, and the operator reads why."""
    require(may_decide_change(by, change))
    move(change, State.REFUSED, by=by, answer=answer)
    tell(change, by.organisation)
    log(change, "change_refused", by=by.who, given={"answer": answer})
    return change


@transaction.atomic
def withdraw_change(change, *, by):
    """The operator takes back what it asked for."""
    require(may_withdraw_change(by, change))
    move(change, State.WITHDRAWN, by=by)
    log(change, "change_withdrawn", by=by.who)
    return change


@transaction.atomic
def take_into_case(changes):
    """Leave the decision on waiting changes to a case: neither a click nor their operator decides on them any more."""
    for change in changes:
        rows = Change.objects.waiting().filter(pk=change.pk, in_case=False)
        if not rows.update(version=F("version") + 1, in_case=True):
            raise Refused(DECIDED)
        change.refresh_from_db()
    return changes


@transaction.atomic
def settle(change, state, *, by, department, answer=""):
    """Decide on a change as the case did that it was left to; `by` is who took the last step, None where nobody did."""
    move(change, state, by=by, answer=answer, in_case=True)
    if state == State.CONFIRMED:
        return written(change, by=by, department=department)
    if state == State.REFUSED:
        tell(change, department)
    verb = "change_refused" if state == State.REFUSED else "change_withdrawn"
    log(change, verb, by=by.who if by else None, given={"answer": answer} if answer else None)
    return change


@transaction.atomic
def take_up(changes):
    """Let changes that a case refused wait for it again, because the refusal fell in a review."""
    for change in changes:
        rows = Change.objects.filter(pk=change.pk, state=State.REFUSED, in_case=True)
        new = {"state": State.WAITING, "decided": None, "decided_by": None, "answer": ""}
        require(None if one_waits(change) is None else WAITS)
        if not rows.update(version=F("version") + 1, **new):
            raise Refused(DECIDED)
        change.refresh_from_db()
    return changes


def one_waits(change):
    """Another change of the same thing that waits; None without one."""
    if change.series is None:
        return None
    return Change.objects.waiting().filter(series=change.series).first()


def change_proofs(change):
    return change.space.proofs.filter(series=change.key).select_related("evidence")


def tell(change, department):
    """A letter to those who work for the operator, with the answer."""
    title, text = TOLD[change.state]
    given = {
        "space": change.space.name, "department": department.name, "day": change.on.isoformat(),
        "answer": change.answer,
    }  # fmt: skip
    url = reverse("spaces:change", args=[change.key])
    write_letters(
        people_of(change.space),
        key=f"change-{change.pk}-{change.state}",
        title=title,
        text=text,
        url=url,
        given=given,
    )
