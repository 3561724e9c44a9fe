"""Bad records in force of the operator of a case, for those who examine it."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from zhongchuang.credit.models import Record
from zhongchuang.credit.rules import terms
from zhongchuang.procedures.models.cases import READING
from zhongchuang.procedures.needed import Beside


def beside(case, acting):
    if acting.role not in READING:
        return []
    found = Record.objects.visible_to(acting).on(timezone.localdate()).bad().filter(operator=case.operator)  # fmt: skip
    return [line(one) for one in found.select_related("space")[: terms()["beside"]["most"]]]


def line(one):
    says = f"{date_format(one.day, 'Y-m-d')} · {one.basis}"
    if one.space:
        says += f" · {one.space.name}"
    if one.last_day:
        says += " · " + _("until %(day)s") % {"day": date_format(one.last_day, "Y-m-d")}
    text = _("Credit record: %(matter)s") % {"matter": one.matter_name}
    return Beside(text, says, one.get_absolute_url(), _("bad record"))
