"""Objections in the file of a case, as far as who takes it may read them; who objected stays sealed for everybody.

Officials of the department with which an objection lies, and who audits the case, read the grounds, the hands and the
entries of the log. Officials of other departments read that there was one, how it was answered, and the grounds with
personal numbers masked.
"""

import json

from django.core.serializers.json import DjangoJSONEncoder

from zhongchuang.audit.actions import export_lines
from zhongchuang.audit.models import SEALED, Entry
from zhongchuang.files.personal import masked
from zhongchuang.objections.models import Hold, Objection
from zhongchuang.objections.shown import condition_name
from zhongchuang.procedures.access import may_audit
from zhongchuang.records.access import may_open
from zhongchuang.records.actions import opened


def casefile_parts(case, acting):
    """All objections with the times for which they held the notice, then what the log tells of each."""
    found = Objection.objects.received().filter(case=case)
    found = list(found.select_related("department", "proposed_by", "signed_by").order_by("pk"))
    if not found:
        return
    read = read_in_full(found, acting)
    told = {"objections": [data(one, case, one.pk in read) for one in found], "holds": holds(case)}
    yield "objections/objections.json", json.dumps(told, ensure_ascii=False, indent=1, cls=DjangoJSONEncoder).encode()  # fmt: skip
    for one in found:
        if one.pk in read:
            yield f"objections/{one.number}/audit.jsonl", b"".join(export_lines(log_of(one)))
        for number, exhibit in enumerate(one.exhibits.select_related("content"), start=1):
            yield f"objections/{one.number}/files/{number:03d}.{exhibit.content.kind}", bytes_of(exhibit) if one.pk in read else None  # fmt: skip


def read_in_full(found, acting):
    """The keys of those that this post reads as they were written."""
    if may_audit(acting) is None:
        return {one.pk for one in found}
    return set(Objection.objects.visible_to(acting).filter(pk__in=[one.pk for one in found]).values_list("pk", flat=True))  # fmt: skip


def data(one, case, in_full):
    """An objection for programs: what is sealed stands masked, or not at all."""
    told = {
        "number": one.number, "department": one.department.name, "state": one.state, "kind": one.kind, "notice": one.notice,
        "place": one.place, "objected_to": condition_name(case, one.place), "received": one.received,
        "grounds": one.grounds if in_full else masked(one.grounds), "grounds_masked": not in_full,
        "answer": one.words if one.answered else "", "answered": one.answered, "signed_by": str(one.signed_by or ""),
    }  # fmt: skip
    return told | inside(one) if in_full else told


def inside(one):
    """What only those read who follow the objection itself."""
    return {
        "name": str(one.name), "credit_code": str(one.credit_code), "phone": str(one.phone), "email": str(one.email),
        "proposed": one.proposed, "proposed_words": one.words, "proposed_by": str(one.proposed_by or ""), "remark": one.remark,
        "files": [{"name": file.name, "received": file.received, "handed_in_sha256": file.content_id} for file in one.exhibits.all()],
    }  # fmt: skip


def holds(case):
    """The times for which objections held the notice."""
    return list(Hold.objects.filter(case=case).values("begun", "due", "left", "ended"))


def bytes_of(exhibit):
    """A file as it is kept; None where it is quarantined, not yet scanned, or damaged."""
    file = None if may_open(exhibit) else opened(exhibit.content)
    if file is None:
        return None
    with file:
        return file.read()


def log_of(objection):
    """The entries of the audit chain about an objection, as the log itself is exported."""
    return Entry.objects.about(objection).order_by("number").values_list(*SEALED, "digest")
