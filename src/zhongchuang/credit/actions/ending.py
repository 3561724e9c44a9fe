"""A record ends: as mistaken, by the department that keeps it; with the decision on which it rests; or when a request is granted."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.audit.actions import log
from zhongchuang.credit.access import may_end
from zhongchuang.credit.actions.entering import tell_operator
from zhongchuang.credit.models import Record, Request
from zhongchuang.page.refusal import require
from zhongchuang.records.actions import change

State = Record.State
ENDED = {
    State.CORRECTED: "credit_corrected",
    State.REPAIRED: "credit_repaired",
    State.LIFTED: "credit_lifted",
}
OVER = _("The record of %(name)s (%(basis)s) is not in force any more: %(reason)s")


@transaction.atomic
def end(record, *, by, version, words):
    """End a record that was entered by mistake, with the reason; its operator is told.

    Anyone at the department who may enter a bad record may also end it, alone and also the one they entered: that only takes a burden
    away, and the reason stays. A good record is ended by another person than the one who entered it (`access.may_end`).
    """
    record = Record.objects.select_for_update(of=("self",)).select_related("operator", "department__region").get(pk=record.pk)  # fmt: skip
    require(may_end(by, record))
    finish(record, State.CORRECTED, timezone.localdate(), by=by, reason=words, version=version)
    settle(record, by=by, reason=words)
    tell_operator(record, f"credit-{record.code}-ended", _("Credit record corrected: %(matter)s"), OVER, reason=words)  # fmt: skip
    return record


def lift(about, *, by, reason, on=None):
    """End the records that rest on a decision which fell; what was asked about them is settled with it."""
    day = on or timezone.localdate()
    for one in Record.objects.select_for_update(of=("self",)).filter(about=about, state=State.IN_FORCE).select_related("operator", "department"):  # fmt: skip
        finish(one, State.LIFTED, day, by=by, reason=reason, version=one.version)
        settle(one, by=by, reason=reason)
        tell_operator(one, f"credit-{one.code}-lifted", _("Credit record lifted: %(matter)s"), OVER, reason=reason)  # fmt: skip


def settle(record, *, by, reason):
    """What was asked about a record that ended otherwise is settled with it."""
    for waiting in Request.objects.open().filter(record=record):
        change(waiting, version=waiting.version, state=Request.State.SETTLED, answer=reason, answered=timezone.now(), answered_by=by.user, answering=by.organisation)  # fmt: skip
        log(waiting, "credit_request_settled", by=by.who, given={"reason": reason})


def finish(one, state, day, *, by, reason, version):
    """End a record, never before the day on which it was found."""
    change(one, version=version, state=state, ended=max(day, one.day), end_reason=reason, ended_by=by.user)  # fmt: skip
    log(one, ENDED[state], by=by.who, given={"reason": reason}, new={"ended": one.ended})
