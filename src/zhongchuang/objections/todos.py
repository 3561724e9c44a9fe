"""Objections that wait for an answer, a signature or a decision, at the department of the notice."""

from django.utils.translation import gettext as _

from zhongchuang.objections.access import may_propose, may_settle, may_sign
from zhongchuang.objections.models import Objection
from zhongchuang.organisations.todos import ToDo

MOST = 20
"""So many are told one by one."""


def todos(acting):
    """For the post in which one acts."""
    seen = Objection.objects.visible_to(acting).current().select_related("case__space", "case__rules", "department")  # fmt: skip
    waiting = [*seen.open().order_by("received", "pk")[:MOST], *seen.upheld()[:MOST]]
    return [todo for one in waiting if (todo := of(one, acting))]


def of(objection, acting):
    """What this post has to do about one; None where it is another's turn."""
    about = _("Objection %(number)s to the public notice") % {"number": objection.number}
    name = {"name": objection.case.space.name}
    url = objection.get_absolute_url()
    if may_propose(acting, objection) is None:
        return ToDo(title=_("Answer an objection: %(name)s") % name, about=about, url=url, button=_("Examine"))  # fmt: skip
    if may_sign(acting, objection) is None:
        return ToDo(title=_("Sign the answer to an objection: %(name)s") % name, about=about, url=url, button=_("Examine"))  # fmt: skip
    if not objection.is_open and may_settle(acting, objection.case) is None:
        return ToDo(title=_("Decide after an objection: %(name)s") % name, about=about, url=objection.case.get_absolute_url(), button=_("Decide"))  # fmt: skip
    return None
