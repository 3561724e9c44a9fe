"""Whose data an incident touches: those who applied to the spaces of organisations, and who gave figures."""

from django.utils.translation import gettext as _

from zhongchuang.admission.models import Application, Figures
from zhongchuang.organisations.touched import Touched


def touched(incident):
    data = _("application to move in: name, e-mail address, mobile telephone")
    applied = Application.objects.filter(space__operator__in=incident.organisations)
    found = [Touched(one.contact, one.email, data) for one in applied]
    gave = Figures.objects.filter(space__operator__in=incident.organisations)
    return found + [
        Touched(one.giver or one.resident.name, one.email, _("figures of a resident: name, e-mail address"))
        for one in gave.select_related("resident")
    ]  # fmt: skip
