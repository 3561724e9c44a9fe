"""What this app holds about a person: the visits that they planned, made, reported or confirmed."""

from django.db.models import Q
from django.utils.translation import gettext as _

from zhongchuang.organisations.personal import Holding
from zhongchuang.visits.models import Visit


def personal(user):
    columns = {"case": _("Case"), "begins": _("When"), "state": _("State")}
    mine = Q(visitors=user) | Q(planned_by=user) | Q(closed_by=user) | Q(confirmed_by=user)
    found = Visit.objects.filter(mine).distinct().select_related("case").order_by("pk")
    rows = [{"case": one.case.number, "begins": one.begins, "state": one.get_state_display()} for one in found]  # fmt: skip
    return [Holding("visits", _("Visits to sites"), columns, rows)]
