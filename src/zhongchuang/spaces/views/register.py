"""The list of spaces with its filters, and the form that begins a new one."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhongchuang.imports.declaration import open_kinds
from zhongchuang.organisations.access import acting
from zhongchuang.organisations.models import Region
from zhongchuang.organisations.models.people import APPLICANTS, OFFICIALS
from zhongchuang.organisations.views import posted
from zhongchuang.page.paging import page_of
from zhongchuang.records.views.requests import send
from zhongchuang.spaces import actions
from zhongchuang.spaces.access import may_register
from zhongchuang.spaces.forms import FilterForm, NewSpaceForm
from zhongchuang.spaces.models import Space

BY = ("registered", "pk")
MOST_COUNTED = 10_000


@login_required
@require_safe
def register(request):
    """The spaces that one sees, newest first, by the filters in the address."""
    me = acting(request)
    form = FilterForm(request.GET or None, regions=regions_of(me))
    found = filtered(Space.objects.visible_to(me), form)
    page = {
        "form": form,
        "page": page_of(found.select_related("operator", "region"), request, by=BY),
        "total": found.order_by()[: MOST_COUNTED + 1].count(),
        "filtered": form.is_bound and form.is_valid() and any(form.cleaned_data.values()),
        "filters": request.GET.urlencode(),
        "may_register": may_register(me) is None,
        "may_see": me.role in APPLICANTS | OFFICIALS,
        "may_import": bool(open_kinds(me)),
    }
    return render(request, "spaces/register.html", page)


def regions_of(me):
    """The regions to choose from: those right below one's own, and zones in it."""
    if me.organisation is None or not me.post.reach:
        return []
    own = me.organisation.region
    below = Region.objects.current().within(me.post.reach).exclude(pk=own.pk)
    parts = (
        below.filter(parent__path__in=me.post.reach)
        if own.level != "national"
        else below.filter(level="province")
    )
    return [(region.path, region.name) for region in parts]


def filtered(found, form):
    """The spaces that the filters leave."""
    if not form.is_valid():
        return found
    given = form.cleaned_data
    exact = {name: given[name] for name in ("kind", "industry", "state") if given[name]}
    if given["region"]:
        exact["path__startswith"] = given["region"]
    return found.found_by(given["q"]).filter(**exact)


@login_required
def new(request):
    """Begin a space: its name and where it lies; everything else follows on its page."""
    me = acting(request)
    act = partial(actions.begin, by=me)
    return send(
        request, NewSpaceForm(posted(request)), act, purpose="spaces.new", title=_("Register a space"),
        done=_("The space is in preparation. Only you see it until you submit it."),
        page={"template": "spaces/new.html"}, refusal=may_register(me),
    )  # fmt: skip
