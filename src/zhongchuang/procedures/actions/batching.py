"""Batches: opened, filled, decided in one go. Each case makes its own move with its own act and checks.

A case that refuses stays where it stands, with the reason beside it, and the others go on: it was the one that was not
ready, and forty-nine applicants do not wait for it. All is one transaction: what is interrupted leaves nothing half written.
"""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.audit.actions import log
from zhongchuang.organisations.models import Organisation
from zhongchuang.page.refusal import Refusal, Refused, require
from zhongchuang.policy.procedure import PROPOSE
from zhongchuang.procedures.access import found_move
from zhongchuang.procedures.access_batches import (
    ALREADY,
    NO_BATCHES,
    in_batches,
    is_running,
    may_add,
    may_decide,
    may_work,
    stands_at,
)
from zhongchuang.procedures.actions.trying import tried
from zhongchuang.procedures.judging import open_against
from zhongchuang.procedures.models import Batch, Member
from zhongchuang.records.actions import change

NOTHING = Refusal("nothing", _("Choose what becomes of one case at least."), status=200)
NO_CASES = Refusal("no_cases", _("Choose one case at least."), status=200, field="cases")
NOT_IN_IT = Refusal("not_in_it", _("This case is not in the batch any more."), status=409)


@dataclass(frozen=True)
class Choice:
    """What becomes of one case: the move, the version that its reader saw, own words where it has some."""

    move: str
    version: int
    words: str = ""


@transaction.atomic
def open_batch(cases, *, by):
    """Open the next batch of the year with cases that wait at one step."""
    require(None if cases else NO_CASES)
    first = cases[0]
    require(None if in_batches(first) else NO_BATCHES)
    Organisation.objects.select_for_update().get(pk=by.organisation.pk)  # one after the other
    year = timezone.localdate().year
    named = {"department": by.organisation, "pack": first.pack, "procedure": first.procedure, "year": year}  # fmt: skip
    last = Batch.objects.filter(**named).order_by("-number").values_list("number", flat=True).first() or 0  # fmt: skip
    batch = Batch.objects.create(**named, number=last + 1, step=first.step, opened_by=by.user)
    log(batch, "batch_opened", by=by.who, new={"name": str(batch), "procedure": f"{first.pack}:{first.procedure}", "step": first.step})  # fmt: skip
    return add(batch, cases, by=by, version=batch.version)


@transaction.atomic
def add(batch, cases, *, by, version):
    """Put cases into a batch; one that may not be put in keeps all out, for they were chosen together."""
    require(None if cases else NO_CASES)
    change(batch, version=version)
    at = stands_at(batch)
    for case in cases:
        require(may_add(by, batch, case, at))
        try:
            with transaction.atomic():
                Member.objects.create(batch=batch, case=case, added_by=by.user)
        except IntegrityError:
            raise Refused(ALREADY) from None
    log(batch, "batch_filled", by=by.who, new={"cases": [one.number for one in cases]})
    return batch


@transaction.atomic
def take_out(batch, case, *, by, version, words):
    """Take a case out of a batch, with a reason; it is decided by itself from now on."""
    require(may_work(by, batch))
    change(batch, version=version)
    gone = batch.members.filter(case=case, left=None).update(left=timezone.now(), why=words)
    require(None if gone else NOT_IN_IT)
    log(batch, "batch_case_out", by=by.who, old=case.number, given={"reason": words})
    return settle(batch)


@transaction.atomic
def decide_batch(batch, *, by, version, choices, words=""):
    """Make the chosen moves, each by itself: `choices` by the key of the case; `words` where a case has none of its own."""
    require(may_decide(by, batch))
    require(None if any(one.move for one in choices.values()) else NOTHING)
    change(batch, version=version)
    at, made, stayed = stands_at(batch), [], []
    for member in batch.held():
        choice = choices.get(member.case.pk)
        if choice and choice.move and member.case.step == at:
            member.refusal = refusal_of(member.case, choice, batch, by, words)
            (stayed if member.refusal else made).append(member)
    Member.objects.bulk_update([*made, *stayed], ["refusal"])
    log(batch, "batch_decided", by=by.who, new={"made": [one.case.number for one in made], "stayed": [one.case.number for one in stayed], "reason": words})  # fmt: skip
    return settle(batch)


def refusal_of(case, choice, batch, by, words):
    """Why the move of one case was not made; empty where it was. Its own words, not the common ones, are the reason for each condition that is open."""
    direct = found_move(case, choice.move)
    name, proposed = (choice.move, "") if direct else (PROPOSE, choice.move)
    return tried(
        case, name, by=by, version=choice.version, proposed=proposed, words=choice.words or words, batch=batch,
        despite={one.leaf.condition.id: {"reason": choice.words} for one in open_against(case, choice.move)},
    )  # fmt: skip


def settle(batch):
    """Let those go that are done with here; a batch of which none is left is closed."""
    now, left = timezone.now(), []
    for member in batch.held():
        case = member.case
        if not is_running(case) or not case.role or case.department_id != batch.department_id:
            left.append(member.pk)
    batch.members.filter(pk__in=left).update(left=now)
    if batch.is_open and not batch.members.filter(left=None).exists():
        change(batch, version=batch.version, closed=now)
    return batch


@transaction.atomic
def list_taken(batch, *, by, kind):
    """That the list of a batch was taken away as a file."""
    log(batch, "batch_exported", by=by.who, given={"kind": kind})
