"""What this app holds about a person: the rows that they brought in or put right."""

from django.utils.translation import gettext as _

from zhongchuang.organisations.personal import Holding
from zhongchuang.past.models import MODELS


def personal(user):
    columns = {"space": _("Space"), "year": _("Year of the row"), "programme": _("Programme"), "recorded": _("When")}  # fmt: skip
    rows = [
        {"space": one.space.name, "year": one.year, "programme": one.programme, "recorded": one.recorded}
        for model in MODELS.values()
        for one in model.objects.filter(by=user).select_related("space").order_by("pk")
    ]  # fmt: skip
    return [Holding("past", _("Past evaluations and grants entered"), columns, rows)]
