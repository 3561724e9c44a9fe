"""Visits of the day for those who make them, and reports that wait for a second visitor."""

from django.utils import timezone
from django.utils.translation import gettext as _

from zhongchuang.organisations.todos import ToDo
from zhongchuang.procedures.access import people_of
from zhongchuang.procedures.models.cases import READING
from zhongchuang.visits.models import Visit

MOST = 20
Standing = Visit.Standing


def todos(acting):
    """From the day of the visit on, until it is reported and confirmed."""
    if acting.organisation is None or acting.role not in READING:
        return []
    own = Visit.objects.visible_to(acting).under_way().filter(department=acting.organisation).of(people_of(acting))  # fmt: skip
    open_ = own.select_related("case__space").order_by("begins", "pk")[:MOST]
    today = timezone.localdate()
    found = []
    for visit in open_:
        if visit.state == Standing.PLANNED and timezone.localdate(visit.begins) <= today:
            found.append(to_do(visit, _("Visit: %(name)s"), _("Open"), visit.get_absolute_url()))
        elif visit.state == Standing.CLOSED and visit.closed_by_id not in people_of(acting):
            found.append(to_do(visit, _("Confirm the report of the visit: %(name)s"), _("Read"), visit.get_absolute_url()))  # fmt: skip
    return found


def to_do(visit, title, button, url):
    return ToDo(
        title=title % {"name": visit.case.space.name}, about=f"{visit} · {visit.place}", url=url, button=button,
        due=timezone.localdate(visit.begins),
    )  # fmt: skip
