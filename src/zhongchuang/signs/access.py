"""Who answers a sign."""

from django.utils.translation import gettext_lazy as _

from zhongchuang.organisations.models import Role
from zhongchuang.page.refusal import Refusal

ANSWERING = {Role.CLERK, Role.REVIEWER, Role.APPROVER}


def may_answer(acting, sign):
    """Whether this post answers a sign: those of a department in whose reach the space lies."""
    own = acting.organisation
    reached = acting.post is not None and any(
        sign.space.path.startswith(path) for path in acting.post.reach
    )
    if own is None or not own.is_department or acting.role not in ANSWERING or not reached:
        return Refusal("not_a_department", _("Signs are answered by the department of the place."))
    return None
