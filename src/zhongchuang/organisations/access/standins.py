"""Who may have a colleague stand in for them, and which colleague."""

from django.utils.translation import gettext_lazy as _

from zhongchuang.organisations.access import may_hold
from zhongchuang.organisations.models.people import OFFICIALS
from zhongchuang.page.refusal import Refusal


def may_name_stand_in(acting, post):
    """Whether someone may be asked to stand in at this post: its holder does so, in that post."""
    if post.user_id != acting.user.pk or acting.post != post:
        return Refusal(
            "not_your_post",
            _("Only its holder names someone to stand in, while acting in this very post."),
        )
    if post.role not in OFFICIALS:
        return Refusal(
            "not_an_official",
            _("Officials may let a colleague stand in for them. For this role, a second person is appointed."),
        )  # fmt: skip
    if post.stands_in_for_id:
        return Refusal(
            "stands_in_already",
            _("You stand in for someone here. Only the person themselves may ask another."),
        )
    return None


def may_stand_in(post, colleague):
    """Whether `colleague` may stand in at `post`: an official of the same organisation with another post."""
    held = [one for one in colleague.current_posts if one.organisation_id == post.organisation_id]
    if not any(one.role in OFFICIALS and not one.stands_in_for_id for one in held):
        return Refusal(
            "no_colleague", _("%(name)s is no official of this organisation."), {"name": colleague}
        )
    if any(one.role == post.role for one in held):
        return Refusal(
            "held", _("%(name)s holds a post of this kind already."), {"name": colleague}
        )
    return may_hold(colleague, post.role)
