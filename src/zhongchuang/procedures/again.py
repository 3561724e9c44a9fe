"""Files of the case that a renewal follows: each may be taken again while it is kept and not too old."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.page.refusal import Refusal, conflict
from zhongchuang.procedures.rules import taken_again
from zhongchuang.records.models import Content, Evidence

NOT_KEPT = conflict("not_kept", _("This file was taken back or found to be harmful. Add another one."))  # fmt: skip
NOT_OF_IT = Refusal("not_of_it", _("This file was not handed in for this material of the application before."), status=404)  # fmt: skip


@dataclass(frozen=True)
class Earlier:
    """A file of the case before; `bar` says why it is not taken again."""

    evidence: Evidence
    bar: Refusal | None


def earlier_files(case, slot):
    """The files that were handed in last for a material of the case before, without those that stand here already."""
    handed = case.follows and case.follows.handed_in
    keys = [one["key"] for one in handed.materials.get(slot, [])] if handed else []
    found = Evidence.objects.filter(key__in=keys, organisation=case.operator_id).select_related("content")  # fmt: skip
    here = case.attachments.filter(slot=slot, removed=None).values("evidence")
    return [Earlier(one, bar(one)) for one in found.exclude(pk__in=here).order_by("name", "pk")]


def bar(evidence):
    """Why a file is not taken again; None where it is."""
    if evidence.withdrawn or evidence.content.scan == Content.Scan.QUARANTINED:
        return NOT_KEPT
    last = timezone.localdate(evidence.moment) + timedelta(days=taken_again())
    if last < timezone.localdate():
        return conflict("too_old", _("It is more than %(days)s days old. Add a newer one."), days=taken_again())  # fmt: skip
    return None


def not_again(case, slot, evidence):
    """The refusal to take a file again for a material; None where it is one of those that may be."""
    held = next((one for one in earlier_files(case, slot) if one.evidence == evidence), None)
    return held.bar if held else NOT_OF_IT
