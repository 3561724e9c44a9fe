"""The visit that a step needs before it leads on."""

from django.urls import reverse
from django.utils.translation import gettext as _

from zhongchuang.procedures.needed import Need
from zhongchuang.visits.access import NEED, may_plan, stands
from zhongchuang.visits.models import Visit


def needs(case, acting):
    """Met when a report stands that was confirmed, or taken again, since the case came to this step."""
    visits = Visit.objects.at(case).exclude(state=Visit.Standing.CANCELLED).select_related("case")
    visit = visits.order_by("-planned", "-pk").first()
    if visit:
        visit.case = case
    url, label = way(case, visit, acting)
    return [Need(NEED, _("visit to the site"), visit is not None and stands(visit), says(visit), url, label)]  # fmt: skip


def says(visit):
    if visit is None:
        return ""
    if visit.state == Visit.Standing.CONFIRMED and not stands(visit):
        return _("It was reported before the application came back. Visit again, or take the report again with a reason.")  # fmt: skip
    return f"{visit.get_state_display()}: {visit}"


def way(case, visit, acting):
    """Where the reader meets it: the visit that there is, or the page on which one is planned."""
    if acting is None:
        return "", ""
    if visit:
        return visit.get_absolute_url(), _("Open")
    if may_plan(acting, case) is None:
        return reverse("visits:plan", args=[case.key]), _("Plan the visit")
    return "", ""
