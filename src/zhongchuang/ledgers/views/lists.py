"""All ledgers of a space, one as a list and as a file, and the profile over the eight functions."""

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Max, Q
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from zhongchuang.ledgers.access import may_write
from zhongchuang.ledgers.charts import years_of
from zhongchuang.ledgers.declaration import GROUPS
from zhongchuang.ledgers.declaration import ledgers as all_ledgers
from zhongchuang.ledgers.exports import ledger_file
from zhongchuang.ledgers.forms import LookForm
from zhongchuang.ledgers.importable import key_of, sheet_of
from zhongchuang.ledgers.profile import by_ledger, functions
from zhongchuang.ledgers.profile import profile as profile_of
from zhongchuang.organisations.access import acting
from zhongchuang.organisations.views import posted
from zhongchuang.page.paging import page_of
from zhongchuang.spaces.actions import exported
from zhongchuang.spaces.importable.forms import ExportForm
from zhongchuang.spaces.views.exports import file
from zhongchuang.spaces.views.space import visible_space

BY = ("day", "pk")


def ledger_named(name):
    found = all_ledgers().get(name)
    if found is None:
        raise Http404
    return found


@login_required
@require_safe
def ledgers(request, code):
    """Every ledger of a space: how many lines this year, and when the last was written."""
    space, me = visible_space(request, code), acting(request)
    year = timezone.localdate().year
    rows = [
        (ledger, counted(ledger, space, year), ledger.new_url(space))
        for ledger in all_ledgers().values()
    ]
    groups = [(group, [row for row in rows if row[0].group == group]) for group in GROUPS]
    page = {
        "space": space,
        "year": year,
        "groups": groups,
        "may_write": may_write(me, space) is None,
    }
    return render(request, "ledgers/ledgers.html", page)


def counted(ledger, space, year):
    """Lines of the year and in all, and the newest day."""
    return (
        ledger.model.objects.filter(space=space)
        .standing()
        .aggregate(all=Count("pk"), year=Count("pk", filter=Q(day__year=year)), last=Max("day"))
    )


def looked_for(request, ledger, space):
    """The form that narrows the list, and the lines that it leaves."""
    lines = ledger.lines(space)
    years = sorted({day.year for day in ledger.model.objects.filter(space=space).dates("day", "year")}, reverse=True)  # fmt: skip
    form = LookForm(request.GET or None, years=years, functions=ledger.functions)
    given = form.cleaned_data if form.is_valid() else {}
    if given.get("function"):
        lines = lines.filter(ledger.functions[given["function"]])
    if given.get("year"):
        lines = lines.filter(day__year=given["year"])
    for word in given.get("q", "").split():
        held = Q()
        for name in ledger.searched:
            held |= Q(**{f"{name}__icontains": word})
        lines = lines.filter(held)
    return form, lines if given.get("struck") else lines.standing()


@login_required
@require_safe
def ledger(request, code, name):
    space, me, shown = visible_space(request, code), acting(request), ledger_named(name)
    form, lines = looked_for(request, shown, space)
    page = {
        "space": space,
        "ledger": shown,
        "form": form,
        "page": page_of(lines, request, by=BY),
        "total": lines.order_by().count(),
        "narrowed": form.is_bound and form.is_valid() and any(form.cleaned_data.values()),
        "new_url": shown.new_url(space) if may_write(me, space) is None else "",
        "import_url": import_url(shown, space) if may_write(me, space) is None else "",
    }
    return render(request, "ledgers/ledger.html", page)


def import_url(shown, space):
    """Where lines of the ledger come in from a file; empty where they do not."""
    if sheet_of(shown) is None:
        return ""
    return reverse("imports:new_into", args=[space.code, key_of(shown)])


def with_parts(shown, lines):
    """The lines with what a row of a workbook needs."""
    sheet = sheet_of(shown)
    return lines.prefetch_related(*sheet.parts) if sheet else lines


@login_required
def export(request, code, name):
    """Take the lines of a list away, as they are narrowed."""
    space, me, shown = visible_space(request, code), acting(request), ledger_named(name)
    _look, lines = looked_for(request, shown, space)
    form, count = ExportForm(posted(request)), lines.order_by().count()
    if not form.is_valid():
        back = f"{reverse('ledgers:ledger', args=[code, name])}?{request.GET.urlencode()}"
        page = {"space": space, "title": shown.title, "form": form, "count": count, "back": back}
        return render(request, "ledgers/export.html", page)
    kind = form.cleaned_data["kind"]
    data = ledger_file(shown, with_parts(shown, lines).order_by("-day", "-pk"), kind)
    given = {"space": space.code, "ledger": name} | request.GET.dict()
    exported("ledger", by=me, rows=count, kind=kind, given=given)
    return file(data, kind, f"{space.name}-{shown.title}")


@login_required
@require_safe
def profile(request, code):
    """Records of each of the eight functions in the last years."""
    space = visible_space(request, code)
    years = years_of(space, timezone.localdate())
    page = {"space": space, "years": years, "rows": profile_of(space, years)}
    return render(request, "ledgers/profile.html", page)


@login_required
@require_safe
def function(request, code, name):
    """The lines of one function and year, by the ledgers that they stand in."""
    space, one = visible_space(request, code), functions().get(name)
    form = LookForm(request.GET or None, years=range(space.opened.year, timezone.localdate().year + 1))  # fmt: skip
    if one is None:
        raise Http404
    year = form.cleaned_data["year"] if form.is_valid() else None
    page = {"space": space, "function": one, "year": year, "rows": by_ledger(space, name, year)}
    return render(request, "ledgers/function.html", page)
