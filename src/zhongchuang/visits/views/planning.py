"""Planning a visit, moving it, cancelling it, and its entry for a calendar."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhongchuang.files.names import attachment
from zhongchuang.organisations.access import acting
from zhongchuang.organisations.views import posted
from zhongchuang.procedures.views.case import about, seen_case
from zhongchuang.records.views.requests import send
from zhongchuang.visits import actions
from zhongchuang.visits.access import colleagues, may_plan, may_shift
from zhongchuang.visits.forms import PlanForm, ShiftForm, WhyForm
from zhongchuang.visits.ics import ics
from zhongchuang.visits.sites import sites
from zhongchuang.visits.views import shown


@login_required
def plan(request, key):
    """Plan a visit at the step where the case stands."""
    case, me = seen_case(request, key), acting(request)
    form = PlanForm(posted(request), people=colleagues(case), places=sites(case.space), initial={"visitors": [me.pk]})  # fmt: skip
    page = about(case, me) | {"template": "visits/plan.html", "button": _("Plan the visit")}
    return send(
        request, form, partial(planned, case, form, me), purpose="visits.plan", key=str(key), title=str(case),
        done=_("The visit was planned."), page=page, refusal=may_plan(me, case),
    )  # fmt: skip


def planned(case, form, me, **_fields):
    return actions.plan(case, by=me, **form.planned)


@login_required
def shift(request, key):
    """Move a visit to another time."""
    held, me = shown(request, key), acting(request)
    form = ShiftForm(posted(request), initial={"version": held.version, "begins": held.begins})
    page = about(held.case, me) | {"template": "visits/verb.html", "button": _("Move the visit"), "visit": held}  # fmt: skip
    return send(
        request, form, partial(actions.shift, held, by=me), purpose="visits.shift", key=str(key), title=str(held),
        done=_("The visit was moved."), page=page, to=held, refusal=may_shift(me, held),
    )  # fmt: skip


@login_required
def cancel(request, key):
    """Cancel a visit."""
    held, me = shown(request, key), acting(request)
    form = WhyForm(posted(request), initial={"version": held.version})
    page = about(held.case, me) | {"template": "visits/verb.html", "button": _("Cancel the visit"), "visit": held}  # fmt: skip
    return send(
        request, form, partial(actions.cancel, held, by=me), purpose="visits.cancel", key=str(key), title=str(held),
        done=_("The visit was cancelled."), page=page, to=held, refusal=may_shift(me, held),
    )  # fmt: skip


@login_required
@require_safe
def calendar(request, key):
    """The visit for a calendar."""
    held = shown(request, key)
    answer = HttpResponse(ics(held), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = attachment(f"{held}.ics")
    return answer
