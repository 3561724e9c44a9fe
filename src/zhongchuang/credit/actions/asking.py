"""An operator asks for a correction or for credit repair; another person than the one who entered the record answers."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.audit.actions import log
from zhongchuang.credit.access import ASKED, may_answer, may_ask
from zhongchuang.credit.actions.ending import finish
from zhongchuang.credit.actions.entering import tell_operator
from zhongchuang.credit.answering import answering_for, free_hands
from zhongchuang.credit.models import Record, Request
from zhongchuang.credit.rules import answer_due, matter_told
from zhongchuang.page.refusal import Refused, require
from zhongchuang.records.actions import change, put_in
from zhongchuang.records.actions import write as write_letter

State = Record.State
ENDS_AS = {Request.Kind.CORRECTION: State.CORRECTED, Request.Kind.REPAIR: State.REPAIRED}


@transaction.atomic
def ask(record, *, by, kind, words, files=(), at=None):
    """Ask about a record, with files that were looked at; its department is told, and has its working days from now."""
    record = Record.objects.select_for_update(of=("self",)).select_related("operator", "department__region").get(pk=record.pk)  # fmt: skip
    require(may_ask(by, record))
    now = at or timezone.now()
    try:
        with transaction.atomic():
            made = Request.objects.create(record=record, kind=kind, words=words, asked=now, asked_by=by.user, due=answer_due(timezone.localdate(now)))  # fmt: skip
    except IntegrityError as error:
        raise Refused(ASKED) from error
    kept = [put_in(one, by=by) for one in files]
    made.files.set(kept)
    log(made, "credit_request_made", by=by.who, new={"record": record.code, "kind": kind, "words": words, "files": [one.name for one in kept]})  # fmt: skip
    tell_department(made)
    return record


def tell_department(made):
    """A letter to those who may answer: the deciders of the department with which it lies, without who entered the record."""
    record = made.record
    held = free_hands(record.by_id).filter(organisation=answering_for(record))
    write_letter(
        list({post.user for post in held.select_related("user")}), key=f"credit-request-{made.key}",
        title=_("Request about a credit record: %(name)s"), text=_("%(name)s asks about the record “%(matter)s”. It is answered until %(day)s."),
        url=record.get_absolute_url(), given={"name": record.operator.name, "matter": matter_told(record.matter), "day": made.due},
    )  # fmt: skip


@transaction.atomic
def answer(request, *, by, version, granted, words):
    """Answer a request with the reason; granted, the record ends as corrected or repaired."""
    record = Record.objects.select_for_update(of=("self",)).select_related("operator", "department__region").get(pk=request.record_id)  # fmt: skip
    request.record = record
    require(may_answer(by, request))
    now = timezone.now()
    state = Request.State.GRANTED if granted else Request.State.REFUSED
    change(
        request,
        version=version,
        state=state,
        answer=words,
        answered=now,
        answered_by=by.user,
        answering=by.organisation,
    )
    log(request, "credit_request_answered", by=by.who, given={"reason": words}, new={"state": state})  # fmt: skip
    if granted and record.state == State.IN_FORCE:
        finish(record, ENDS_AS[request.kind], timezone.localdate(now), by=by, reason=words, version=record.version)  # fmt: skip
    said = _("Granted: the record is not in force any more. %(answer)s") if granted else _("Not granted: the record stays. %(answer)s You may ask again with new grounds.")  # fmt: skip
    tell_operator(record, f"credit-request-{request.key}-answered", _("Your request about a credit record was answered: %(matter)s"), said, answer=words)  # fmt: skip
    return record
