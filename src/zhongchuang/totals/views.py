"""The figures of a region, one of them by space, what stands in several spaces, and the figures as a file."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.db.models import Count, Prefetch
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from zhongchuang.organisations.access import acting
from zhongchuang.organisations.views import posted
from zhongchuang.page.paging import page_of
from zhongchuang.policy.facts import fact_groups
from zhongchuang.records.register import WINDOW, collect
from zhongchuang.residents.models import Resident, Stay
from zhongchuang.spaces.actions import exported
from zhongchuang.spaces.importable.forms import ExportForm
from zhongchuang.spaces.models import Space
from zhongchuang.spaces.views.exports import file
from zhongchuang.spaces.views.register import regions_of
from zhongchuang.totals.exports import totals_file
from zhongchuang.totals.forms import LookForm
from zhongchuang.totals.summing import columns, figures, meanings, running

BY = ("registered", "pk")


@dataclass(frozen=True)
class Look:
    """What is looked at: the spaces that one sees there, on a day."""

    form: LookForm
    spaces: object
    on: date
    window: str
    key: str

    def figures(self):
        """The figures; of very many spaces they are kept for a while."""
        if self.spaces.count() < meanings()["kept_from_spaces"]:
            return figures(self.spaces, self.on, self.window)
        return cache.get_or_set(
            self.key, lambda: figures(self.spaces, self.on, self.window), meanings()["kept_seconds"]
        )


def look(request):
    me = acting(request)
    form = LookForm(request.GET or None, regions=regions_of(me))
    given = form.cleaned_data if form.is_valid() else {}
    on = given.get("on") or timezone.localdate()
    kind, region = given.get("kind") or Space.Kind.SPACE, given.get("region") or ""
    found = running(Space.objects.visible_to(me).filter(kind=kind, path__startswith=region), on)
    window = given.get("window") or WINDOW
    post = me.post.pk if me.post else f"u{me.user.pk}"
    return Look(form, found, on, window, f"totals:{post}:{region}:{kind}:{on}:{window}")


@login_required
@require_safe
def totals(request):
    """Every figure of the spaces that one sees together, by group, with how many of them tell it."""
    asked = look(request)
    count, groups = asked.spaces.count(), {}
    for one in asked.figures() if count else []:
        groups.setdefault(one.column.fact.group, []).append(one)
    page = {
        "asked": asked,
        "count": count,
        "groups": [(fact_groups()[name], rows) for name, rows in groups.items()],
        "address": request.GET.urlencode(),
        "where": dict(asked.form.fields["region"].choices).get(request.GET.get("region") or ""),
        "overlaps": overlapping(asked).count(),
    }
    return render(request, "totals/totals.html", page)


@login_required
@require_safe
def spread(request, fact):
    """One figure of each space, with the way to the records behind it."""
    column = next((one for one in columns() if one.name == fact), None)
    if column is None:
        raise Http404
    asked = look(request)
    found = page_of(asked.spaces.select_related("region", "operator"), request, by=BY)
    keys = [space.pk for space in found.rows]
    values = collect(keys, [column.name], asked.on, asked.window).columns[column.name]
    page = {
        "asked": asked,
        "column": column,
        "page": found,
        "rows": list(zip(found.rows, values, strict=True)),
        "address": request.GET.urlencode(),
    }
    return render(request, "totals/spread.html", page)


def overlapping(asked):
    """Residents that stay in more than one of the spaces on the day."""
    here = (
        Stay.objects.standing().on(asked.on).filter(space__in=asked.spaces.order_by().values("pk"))
    )
    several = here.order_by().values("resident").annotate(spaces=Count("space", distinct=True))
    return Resident.objects.filter(pk__in=several.filter(spaces__gt=1).values("resident"))


@login_required
@require_safe
def overlaps(request):
    """What stays in several spaces, with the spaces: above them it counts once."""
    asked = look(request)
    here = (
        Stay.objects.standing().on(asked.on).filter(space__in=asked.spaces.order_by().values("pk"))
    )
    found = overlapping(asked).prefetch_related(
        Prefetch("stays", here.select_related("space__region"), to_attr="here")
    )
    page = {
        "asked": asked,
        "page": page_of(found, request, by=("recorded", "pk")),
        "address": request.GET.urlencode(),
    }
    return render(request, "totals/overlaps.html", page)


@login_required
def export(request):
    """Take the figures away, with those of each space beside them."""
    asked, form = look(request), ExportForm(posted(request))
    count = asked.spaces.count()
    if not form.is_valid():
        page = {"asked": asked, "form": form, "count": count, "address": request.GET.urlencode()}
        return render(request, "totals/export.html", page)
    kind = form.cleaned_data["kind"]
    data = totals_file(asked.figures(), asked.spaces, asked.on, asked.window, kind)
    exported("totals", by=acting(request), rows=count, kind=kind, given=request.GET.dict())
    return file(data, kind, f"totals-{asked.on.isoformat()}")
