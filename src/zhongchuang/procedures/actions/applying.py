"""An applicant begins a case, writes, adds files, hands it in once, and may take it back."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.audit.actions import log
from zhongchuang.gap.packs import all_packs
from zhongchuang.page.refusal import Refusal, Refused, conflict, require
from zhongchuang.policy.pack import digest_of
from zhongchuang.policy.procedure import RESUBMIT, SUBMIT, WITHDRAW
from zhongchuang.procedures.access import (
    NOT_YOURS,
    found_move,
    may_begin,
    may_discard,
    may_hand_in,
    may_withdraw,
    may_write_at,
    not_open,
)
from zhongchuang.procedures.actions.changing import leave, settle
from zhongchuang.procedures.actions.filling import fill
from zhongchuang.procedures.actions.moving import Ended, carry_on, note
from zhongchuang.procedures.again import not_again
from zhongchuang.procedures.checks import errors
from zhongchuang.procedures.judging import before_change, figures, written
from zhongchuang.procedures.models import Attachment, Case, RuleVersion, Submission
from zhongchuang.records.actions import change, consequences

FILES = 20
FULL = conflict("full", _("A material holds %(most)s files. Join some of them, or take one away."), most=FILES)  # fmt: skip
NOT_OWN = Refusal("not_own", _("Only files of your own organisation are added."))
THERE = conflict("there", _("This file stands there already."))
PROMISE = Refusal("promise", _("Confirm first that what you hand in is true."), status=200, field="promised")  # fmt: skip


@transaction.atomic
def begin(space, pack_id, procedure_id, *, by, at=None):
    """The draft of an application by the rules as they stand; begun twice it is the same one. `at` is when, if not now."""
    pack = all_packs()[pack_id]
    procedure = pack.procedures[procedure_id]
    held = Case.objects.filter(
        space=space, pack=pack_id, procedure=procedure_id, state__in=Case.OPEN
    )
    if found := held.first():
        return found
    now = at or timezone.now()
    require(may_begin(by, space, pack, procedure, timezone.localdate(now)))
    try:
        with transaction.atomic():
            case = Case.objects.create(
                rules=RuleVersion.of(pack), pack=pack_id, procedure=procedure_id, space=space,
                operator=space.operator, begun=now, begun_by=by.user,
            )  # fmt: skip
    except IntegrityError:
        return held.get()
    fill(case)
    log(case, "case_begun", by=by.who, new={"space": space.code, "procedure": f"{pack_id}:{procedure_id}"})  # fmt: skip
    return case


@transaction.atomic
def write(case, *, by, version, **entries):
    """Put entries of the form in words; of a returned case only those that were named."""
    for name in entries:
        require(may_write_at(by, case, f"entry:{name}"))
    old = {name: case.entries.get(name, "") for name in entries}
    copied = [name for name in case.copied if name not in entries]
    change(case, version=version, entries=case.entries | entries, copied=copied)
    log(case, "case_written", by=by.who, old=old, new=entries)
    return case


@transaction.atomic
def attach(case, *, by, slot, evidence):
    """Add a file as a material."""
    require(may_write_at(by, case, f"material:{slot}"))
    require(None if evidence.organisation_id == case.operator_id else NOT_OWN)
    Case.objects.select_for_update().get(pk=case.pk)
    held = case.attachments.filter(slot=slot, removed=None)
    require(THERE if held.filter(evidence=evidence).exists() else None)
    require(FULL if held.count() >= FILES else None)
    attachment = Attachment.objects.create(case=case, slot=slot, evidence=evidence)
    log(case, "case_file_added", by=by.who, new={"slot": slot, "file": evidence.name, "sha256": evidence.content_id})  # fmt: skip
    return attachment


@transaction.atomic
def take_again(case, *, by, slot, evidence):
    """Take a file of the application before again."""
    require(not_again(case, slot, evidence))
    return attach(case, by=by, slot=slot, evidence=evidence)


@transaction.atomic
def detach(attachment, *, by):
    """Take a file away from a material; what was handed in before keeps it."""
    case = attachment.case
    require(may_write_at(by, case, f"material:{attachment.slot}"))
    gone = Attachment.objects.filter(pk=attachment.pk, removed=None).update(removed=timezone.now())
    if gone:
        log(case, "case_file_removed", by=by.who, old={"slot": attachment.slot, "file": attachment.evidence.name})  # fmt: skip
    return case


@transaction.atomic
def hand_in(case, *, by, version, promised, at):
    """Hand the application in, or hand it in again corrected: figures, wording and files as they stand, kept for good.

    `at` is when the server had received the request in full: a window that closed after that does not shut it out.
    """
    require(may_hand_in(by, case))
    require(None if promised else PROMISE)
    is_first = case.state == Case.Standing.DRAFT
    day = timezone.localdate(at)
    if is_first:
        require(not_open(case.space, case.version_of_rules, case.course, day, case))
    if faults := errors(case):
        raise Refused(conflict("incomplete", str(faults[0]).replace("%", "%%")))
    if is_first:
        leave(case)
    number = case.number or f"{day.year}-{case.pk:07d}"
    to = found_move(case, SUBMIT if is_first else RESUBMIT).to
    carry_on(case, to, version=version, moment=at, number=number, submitted=case.submitted or at)
    submission = kept(case, by=by, at=at, day=day)
    case.pins.filter(settled=None).update(settled=submission)
    note(case, SUBMIT if is_first else RESUBMIT, by=by, at=at)
    log(case, "case_handed_in", by=by.who, new={"number": number, "digest": submission.digest})
    return case


def kept(case, *, by, at, day):
    """What is handed in, as it stands now."""
    files = {}
    for one in case.attachments.filter(removed=None).select_related("evidence"):
        evidence = one.evidence
        files.setdefault(one.slot, []).append(
            {"key": str(evidence.key), "name": evidence.name, "sha256": evidence.content_id}
        )
    facts = figures(case, day)
    content = {
        "facts": written(facts),
        "entries": case.entries,
        "materials": files,
    }
    return Submission.objects.create(
        case=case, number=case.submissions.count() + 1, moment=at, by=by.user, on=day,
        digest=digest_of(content | {"case": str(case.key), "rules": case.rules_id}),
        before=before_change(case, day, facts), **content,
    )  # fmt: skip


@transaction.atomic
def withdraw(case, *, by, version, words=""):
    """Take the application back; sent twice it is taken back once."""
    refusal = may_withdraw(by, case)
    if case.state == Case.Standing.WITHDRAWN and refusal is not NOT_YOURS:
        return case
    require(refusal)
    carry_on(case, found_move(case, WITHDRAW).to, version=version, moment=timezone.now())
    act = note(case, WITHDRAW, by=by, words=words)
    settle(case, act, by=by)
    consequences(Ended(case, act, by))
    log(case, "case_withdrawn", by=by.who, given={"reason": words})
    return case


@transaction.atomic
def discard(case, *, by, version):
    """Throw a draft away, with its files' places; the files themselves stay in the folder of evidence."""
    require(may_discard(by, case))
    change(case, version=version)
    log(case, "case_discarded", by=by.who, old={"space": case.space.code})
    case.delete()
