"""Whose data an incident touches: those who objected, at the department that keeps their objections."""

from django.utils.translation import gettext as _

from zhongchuang.objections.models import Objection
from zhongchuang.organisations.touched import Touched


def touched(incident):
    data = _("objection to a public notice: name, e-mail address, mobile telephone")
    found = Objection.objects.filter(department__in=incident.organisations).exclude(email="")
    return [Touched(one.name.plain(), one.email.plain(), data) for one in found]
