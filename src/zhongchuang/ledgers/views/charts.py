"""The charts of a space, as every app draws its own."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from zhongchuang.ledgers.access import may_write
from zhongchuang.organisations.access import acting
from zhongchuang.page.listed import ask
from zhongchuang.spaces.views.space import day_asked, visible_space


@login_required
@require_safe
def charts(request, code):
    """Occupancy, residents, income, functions and survival up to a day, for all who see the space."""
    space, me, on = visible_space(request, code), acting(request), day_asked(request)
    page = {
        "space": space,
        "on": on,
        "today": on == timezone.localdate(),
        "charts": ask("charts", me, space, on),
        "may_write": may_write(me, space) is None,
    }
    return render(request, "ledgers/charts.html", page)
