"""What this app holds about a person: what they handed in and did in cases."""

from django.utils.translation import gettext as _

from zhongchuang.organisations.personal import Holding
from zhongchuang.procedures.models import Act
from zhongchuang.procedures.templatetags.procedures import MOVES


def personal(user):
    columns = {"case": _("Filings in hand"), "move": _("What was done"), "moment": _("When"), "words": _("Opinion")}  # fmt: skip
    found = Act.objects.filter(user=user).select_related("case__space").order_by("pk")
    rows = [
        {"case": str(one.case), "move": str(MOVES.get(one.move, one.move)), "moment": one.moment, "words": one.words}
        for one in found
    ]  # fmt: skip
    return [Holding("acts", _("Acts in cases"), columns, rows)]
