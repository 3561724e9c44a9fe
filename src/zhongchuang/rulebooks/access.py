"""Who hands in a pack, proposes from when it holds, and activates it: two people of the department of its region."""

import re

from django.utils.translation import gettext_lazy as _

from zhongchuang.gap.packs import own_packs
from zhongchuang.organisations.access import second_person
from zhongchuang.organisations.models import Role
from zhongchuang.page.refusal import Refusal, conflict
from zhongchuang.procedures.models.cases import READING

NOT_A_DEPARTMENT = Refusal("not_a_department", _("Rule packs are handed in by officials of the competent department of their region."))  # fmt: skip
OTHER_REGION = Refusal("other_region", _("The region of this pack is not that of your department. A department activates the rules of its own region alone."))  # fmt: skip
NOT_APPROVER = Refusal("not_approver", _("An approver of the department that proposed it activates it, or does not."))  # fmt: skip
DECIDED = conflict("decided", _("This proposal was decided already."))
OLD = conflict("old", _("A pack that comes with the product is replaced by a higher version alone; there it is %(version)s."))  # fmt: skip
SAME_PLACE = conflict("same_place", _("There is a pack of this name for another region. Give yours another name."))  # fmt: skip
CODE = 6
"""Digits of the code of a region."""


def may_hand_in(acting):
    """Whether this post hands packs in."""
    organisation = acting.organisation
    if acting.role not in READING or organisation is None or not organisation.competent:
        return NOT_A_DEPARTMENT
    return None


def fits(acting, pack):
    """Whether a pack is for the region of the department, and may stand in the place of one that is there."""
    if acting.organisation.region.code != pack.region.ljust(CODE, "0"):
        return OTHER_REGION
    own = own_packs().get(pack.id)
    if own is None:
        return None
    if own.region != pack.region:
        return SAME_PLACE
    return None if order_of(pack.version) > order_of(own.version) else Refusal(OLD.code, OLD.sentence, {"version": own.version}, OLD.status)  # fmt: skip


def order_of(version):
    """How versions are compared: number by number."""
    return tuple(int(one) for one in re.findall(r"\d+", version))


def may_propose(acting, pack):
    """Whether this post proposes from when a kept pack holds, or that it no longer does."""
    refusal = may_hand_in(acting)
    if refusal:
        return refusal
    own_region = acting.organisation.region.code == pack.region.ljust(CODE, "0")
    return None if own_region else OTHER_REGION


def may_decide(acting, activation):
    """Whether this post activates what was proposed: an approver of the department, another person."""
    own = acting.organisation is not None and acting.organisation.pk == activation.department_id
    if not own or acting.role != Role.APPROVER:
        return NOT_APPROVER
    if not activation.is_open:
        return DECIDED
    return second_person(acting, earlier=[activation.proposed_by_id])
