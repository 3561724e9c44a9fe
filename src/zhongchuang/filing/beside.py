"""A case that ended with a title leads to it; officials also see what else the space holds and what bars its operator."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from zhongchuang.filing.models import Ban, Title
from zhongchuang.procedures.models.cases import READING
from zhongchuang.procedures.needed import Beside

MOST = 5


def beside(case, acting):
    held = Title.objects.visible_to(acting).filter(case=case).first()
    own = [Beside(held.name, held.number, held.get_absolute_url())] if held else []
    return [*own, *others(case, acting), *bans(case, acting)] if acting.role in READING else own


def others(case, acting):
    """Other titles of the space, those that hold first."""
    found = Title.objects.visible_to(acting).filter(space=case.space).exclude(case=case)
    for one in sorted(found.order_by("-since", "-pk")[:MOST], key=lambda one: not one.is_valid):
        says = f"{one.number} · {one.get_state_display()}"
        if one.last_day:
            says += " · " + _("until %(day)s") % {"day": date_format(one.last_day, "Y-m-d")}
        yield Beside(one.name, says, one.get_absolute_url(), _("holds") if one.is_valid else "")


def bans(case, acting):
    """Terms in which no application of the operator is taken."""
    found = Ban.objects.visible_to(acting).on(timezone.localdate()).filter(operator=case.operator)
    for ban in found.select_related("title")[:MOST]:
        until = date_format(ban.until, "Y-m-d") if ban.until else _("without end")
        says = f"{ban.pack} · {ban.cite} · {until}"
        says, url = (
            (says, ban.title.get_absolute_url()) if ban.title else (f"{says} · {ban.reason}", "")
        )
        yield Beside(_("The operator is barred"), says, url, _("barred"))
