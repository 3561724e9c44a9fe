"""What this app holds about a person: the opinions that were asked of them, and what they wrote."""

from django.utils.translation import gettext as _

from zhongchuang.organisations.personal import Holding
from zhongchuang.panels.models import Seat


def personal(user):
    columns = {"case": _("Case"), "named": _("When"), "state": _("State"), "words": _("Reasons")}
    found = Seat.objects.filter(expert=user).select_related("case").order_by("pk")
    rows = [
        {"case": one.case.number, "named": one.named, "state": one.get_state_display(), "words": one.words or one.reason}
        for one in found
    ]  # fmt: skip
    return [Holding("panels", _("Experts' opinions"), columns, rows)]
