"""The opinions that a step of review needs before it leads on."""

from django.urls import reverse
from django.utils.translation import gettext as _

from zhongchuang.panels.access import NEED, asks_opinions, may_name, reads_panel
from zhongchuang.panels.models import Seat
from zhongchuang.procedures.needed import Need


def needs(case, acting):
    """Met when as many opinions were given since the case came here as its step asks."""
    if not asks_opinions(case):
        return []
    wanted, seats = case.at.opinions, Seat.objects.of_round(case)
    given, named = seats.given().count(), seats.taken().count()
    says = _("%(given)s of %(wanted)s given, %(named)s experts asked") % {"given": given, "wanted": wanted, "named": named}  # fmt: skip
    url, label = "", ""
    if acting is not None and reads_panel(acting):
        url = reverse("panels:panel", args=[case.key])
        names = may_name(acting, case) is None and named < wanted
        label = _("Name experts") if names else _("Look through")
    return [Need(NEED, _("experts' opinions"), given >= wanted, says, url, label)]
