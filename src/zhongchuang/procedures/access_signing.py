"""What is done with many cases at once: who hands them over, and which proposals are signed together: those that ask nothing of their signer but to read them."""

from django.utils.translation import gettext_lazy as _

from zhongchuang.page.refusal import Refusal, conflict
from zhongchuang.policy.procedure import SIGN
from zhongchuang.procedures.access import may_move
from zhongchuang.procedures.judging import open_against
from zhongchuang.procedures.models import Case
from zhongchuang.procedures.models.cases import READING
from zhongchuang.procedures.needed import lacking

NOT_SIGNING = Refusal("not_signing", _("Proposals are signed by the officials of the department with which the cases lie."))  # fmt: skip
NONE_LEFT = conflict("none_left", _("Nothing can be done with these cases together now. Load the list of filings in hand again to see how they stand."))  # fmt: skip
NOT_HANDING = Refusal("not_handing", _("Cases are handed over by the officials of the department with which they lie."))  # fmt: skip
CHANGED = conflict("changed", _("The case changed after the list was shown to you. Read it again and sign it by itself."))  # fmt: skip
BY_ITSELF = conflict("by_itself", _("It is proposed although conditions are open, with reasons. Read these and sign it by itself."))  # fmt: skip


def proposals_for(acting):
    """The cases that wait for this post with a proposal to sign, the first due first."""
    found = Case.objects.visible_to(acting).waiting_for(acting.post).exclude(proposed="").in_turn()
    return found.select_related("rules", "space__region", "operator", "department", "officer")


def may_sign_together(acting):
    """Whether this post signs at all."""
    return None if acting.role in READING and acting.organisation else NOT_SIGNING


def may_hand_over_together(acting):
    """Whether this post hands cases over at all."""
    return None if acting.role in READING and acting.organisation else NOT_HANDING


def may_sign_with_others(acting, case):
    """Whether this post signs the proposal of a case together with others: it may, nothing is lacking, no reason is to be weighed."""
    refusal = may_move(acting, case, SIGN)
    if refusal:
        return refusal
    leads_on = case.proposed == case.at.forward
    return (lacking(case) if leads_on else None) or (BY_ITSELF if open_against(case, case.proposed) else None)  # fmt: skip
