"""Titles and major changes: which pack takes them, and the lines that a granted change leaves at a title."""

from django.utils import timezone

from zhongchuang.gap.packs import all_packs
from zhongchuang.policy.procedure import CHANGE
from zhongchuang.procedures.catalogue import Offer
from zhongchuang.spaces.differences import differences_of


def course_of(pack_id):
    """The procedure of changes of a pack as it stands today; None where it has none or is no longer in force."""
    pack = all_packs().get(pack_id)
    if pack is None or pack.state(timezone.localdate()) != "in_force":
        return None
    found = (one for one in pack.procedures.values() if one.kind == CHANGE)
    return next((Offer(pack, one) for one in found), None)


def lines(title):
    """The changes that were registered at a title, the latest first: each with what became major by it."""
    found = title.changes.select_related("change__space__region", "operator").order_by("-registered", "-pk")  # fmt: skip
    return [(one, [field for field in differences_of(one.change) if field.cite]) for one in found]
