"""Who writes about mentors."""

from django.utils.translation import gettext_lazy as _

from zhongchuang.organisations.models.people import APPLICANTS
from zhongchuang.page.refusal import Refusal


def may_change(acting, mentor):
    """Whether this post changes what is known of a mentor: those of the operator who appointed the person."""
    if acting.role not in APPLICANTS or acting.organisation != mentor.operator:
        return Refusal(
            "not_yours", _("Only the operator that appointed a mentor writes about this person.")
        )
    return None
