"""The objections to a case on its page: for everybody who reads it that its notice is held, for the department each of them."""

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from zhongchuang.objections.access import may_settle
from zhongchuang.objections.models import Hold, Objection
from zhongchuang.policy.procedure import REOPEN, UPHOLD
from zhongchuang.procedures.access import found_move
from zhongchuang.procedures.needed import Beside


def beside(case, acting):
    return [*held(case), *objections(case, acting), *ways(case, acting)]


def held(case):
    """That the notice waits, and since when."""
    found = Hold.objects.filter(case=case, ended=None).first() if case.on_hold else None
    if found:
        day = date_format(timezone.localdate(found.begun), "DATE_FORMAT")
        yield Beside(_("Public notice held"), _("An objection has been looked into since %(day)s.") % {"day": day}, "", _("suspended"))  # fmt: skip


def objections(case, acting):
    """Each objection, for officials of the department."""
    for one in Objection.objects.visible_to(acting).filter(case=case):
        text = _("Objection %(number)s") % {"number": one.number}
        yield Beside(text, one.get_state_display(), one.get_absolute_url(), _("open") if one.is_open else "")  # fmt: skip


def ways(case, acting):
    """What the one who signs decides after an objection was upheld."""
    if not case.on_hold or may_settle(acting, case) is not None:
        return
    for name, text in ((UPHOLD, _("Do not grant")), (REOPEN, _("Back to the step before the notice"))):  # fmt: skip
        if found_move(case, name):
            yield Beside(text, _("An objection was upheld; you decide."), reverse("objections:settle", args=[case.key, name]), _("to do"))  # fmt: skip
