"""Officials look into an objection, propose its answer, sign it; and decide on the case where one was upheld."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.audit.actions import log
from zhongchuang.objections import jobs
from zhongchuang.objections.access import (
    may_look_into,
    may_propose,
    may_reveal,
    may_settle,
    may_sign,
)
from zhongchuang.objections.actions.holding import close, release, tell
from zhongchuang.objections.actions.receiving import held_case
from zhongchuang.objections.models import Objection
from zhongchuang.page.refusal import require
from zhongchuang.policy.procedure import REOPEN
from zhongchuang.procedures import actions as procedures
from zhongchuang.records.actions import change
from zhongchuang.sealed.actions import reveal

State = Objection.State


@transaction.atomic
def look_into(objection, *, by, version):
    """Note that somebody looks into it; who objected reads that at once."""
    require(may_look_into(by, objection))
    change(objection, version=version, state=State.EXAMINED)
    log(objection, "objection_examined", by=by.who)
    return objection


@transaction.atomic
def propose(objection, *, by, version, answer, words):
    """Propose to reject or to uphold, with the reasons that who objected will read. The first of two officials wins."""
    require(may_propose(by, objection))
    change(objection, version=version, state=State.EXAMINED, proposed=answer, words=words, remark="", proposed_by=by.user)  # fmt: skip
    log(objection, "objection_proposed", by=by.who, new={"answer": answer, "reason": words})
    return objection


@transaction.atomic
def send_back(objection, *, by, version, words):
    """Send the proposed answer back to be written anew."""
    require(may_sign(by, objection))
    old = {"answer": objection.proposed}
    change(objection, version=version, proposed="", remark=words)
    log(objection, "objection_sent_back", by=by.who, old=old, given={"reason": words})
    return objection


@transaction.atomic
def sign(objection, *, by, version):
    """Sign the proposed answer: it goes to who objected, and where all are rejected the notice goes on."""
    case = objection.case = held_case(objection.case_id)
    require(may_sign(by, objection))
    answer(objection, objection.proposed, version=version, signed_by=by.user)
    log(objection, "objection_answered", by=by.who, new={"answer": objection.state, "reason": objection.words})  # fmt: skip
    release(case, by=by)
    return objection


def answer(objection, state, *, version, **more):
    """Close an objection and write to who made it."""
    change(objection, version=version, state=state, answered=timezone.now(), **more)
    jobs.write("answered", objection.email.plain(), url=objection.follow_url, it=objection, case=objection.case)  # fmt: skip


@transaction.atomic
def settle(case, name, *, by, version, words):
    """Decide on a case of which an objection was upheld: refuse it, or take it back to the step before.

    What else was objected to is settled with that; who objected is told.
    """
    case = held_case(case.pk)
    require(may_settle(by, case))
    others = list(Objection.objects.at(case).open())
    procedures.overturn(case, name, by=by, version=version, words=words)
    for one in others:
        one.case = case
        answer(one, State.SETTLED, version=one.version)
        log(one, "objection_settled", by=by.who)
    close(case)
    if name == REOPEN:
        tell(case, _("Taken up again: %(number)s, %(space)s"), _("An objection to the public notice was upheld. The case goes back to the step before the notice. %(words)s"), words=words)  # fmt: skip
    return case


def reveal_identity(objection, *, by, field, reason):
    """Open one of what is sealed of who objected; the log says who and why."""
    return reveal(objection, field, by=by, reason=reason, may=may_reveal)
