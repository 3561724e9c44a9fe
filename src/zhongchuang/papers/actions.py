"""A document is written at its step, changed while it is a draft, and issued when the step leads on."""

from django.db import transaction
from django.utils import timezone

from zhongchuang.audit.actions import log
from zhongchuang.page.refusal import require
from zhongchuang.papers.access import THERE, may_change, may_write
from zhongchuang.papers.models import Paper
from zhongchuang.papers.wording import addressee
from zhongchuang.policy.pack import digest_of
from zhongchuang.procedures.models import Case
from zhongchuang.records.actions import change, take_number


def held(case):
    """The case as it stands, held until the commit, so that nobody signs meanwhile."""
    Case.objects.select_for_update().get(pk=case.pk)
    return Case.objects.select_related("rules", "department__region", "officer", "space", "operator").get(pk=case.pk)  # fmt: skip


@transaction.atomic
def write(case, kind, *, by, **fields):
    """Write a document at the step where the case stands; a second one of its kind is refused."""
    case = held(case)
    require(may_write(by, case, kind))
    require(THERE if Paper.objects.at(case).filter(kind=kind).exists() else None)
    paper = Paper.objects.create(
        kind=kind, case=case, step=case.step, department=case.department, addressee=addressee(case),
        sender=case.department.name, written=timezone.now(), written_by=by.user, **fields,
    )  # fmt: skip
    log(paper, "paper_written", by=by.who, new={"kind": kind, "case": case.number} | fields)
    return paper


@transaction.atomic
def rewrite(paper, *, by, version, **fields):
    """Change a draft, or keep it as it stands after the case came back to its step."""
    paper.case = held(paper.case)
    require(may_change(by, paper))
    old = {name: getattr(paper, name) for name in fields}
    change(paper, version=version, written=timezone.now(), written_by=by.user, **fields)
    log(paper, "paper_changed", by=by.who, old=old, new=fields)
    return paper


def issue(paper, act, *, by):
    """Number, date and close a draft, in the transaction in which its step leads on."""
    paper.number = take_number(paper.word, by=by, title=paper.title)
    paper.sender, paper.dated = paper.department.name, timezone.localdate(act.moment)
    paper.office = paper.office or paper.sender
    issued = {"number": paper.number, "dated": paper.dated, "sender": paper.sender, "office": paper.office, "signed_by": by.user}  # fmt: skip
    change(paper, version=paper.version, digest=digest_of(paper.content), **issued)
    log(paper, "paper_issued", by=by.who, new={"number": str(paper.number), "dated": paper.dated, "digest": paper.digest})  # fmt: skip
    return paper
