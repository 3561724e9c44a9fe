"""The rows behind a figure: read, narrowed, taken away; and the way to where a missing figure is entered."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from zhongchuang.ledgers.behind import (
    Figure,
    address,
    behind_file,
    label_of,
    narrowed,
    place_of_entry,
    years_of,
)
from zhongchuang.ledgers.forms import LookForm
from zhongchuang.organisations.access import acting
from zhongchuang.organisations.views import posted
from zhongchuang.page.paging import page_of
from zhongchuang.policy.facts import space_catalogue
from zhongchuang.spaces.actions import exported
from zhongchuang.spaces.importable.forms import ExportForm
from zhongchuang.spaces.views.exports import file
from zhongchuang.spaces.views.space import day_asked, visible_space


def asked(request, code, fact):
    """The figure that the address names, of a space that the reader sees."""
    space = visible_space(request, code)
    if (column := space_catalogue().find(fact)) is None:
        raise Http404
    return Figure(space, column.name, day_asked(request), acting(request))


def looked_for(request, figure):
    """The form that narrows the records, and those that it leaves."""
    form = LookForm(request.GET or None, years=years_of(figure))
    return form, narrowed(figure, form)


@login_required
@require_safe
def behind(request, code, fact):
    """The rows that a figure is made of on a day, or the figures that it is computed from."""
    figure = asked(request, code, fact)
    page = {"space": figure.space, "figure": figure, "on": figure.on, "column": figure.column}
    page["enter_url"] = place_of_entry(figure, acting(request)) if figure.value is None else ""
    if figure.rows is not None:
        form, rows = looked_for(request, figure)
        shown = page_of(rows, request, by=(figure.shape.day, "pk"))
        page |= {
            "form": form,
            "page": shown,
            "total": rows.order_by().count(),
            "rows": [(row, figure.shape.place(row), figure.shape.pairs(row)) for row in shown.rows],
            "narrowed": form.is_valid() and any(form.cleaned_data.values()),
        }
    return render(request, "ledgers/behind.html", page)


@login_required
def behind_export(request, code, fact):
    """Take the rows behind a figure away, as they are narrowed."""
    figure, me = asked(request, code, fact), acting(request)
    if figure.rows is None:
        raise Http404
    rows, title = looked_for(request, figure)[1], label_of(figure.column)
    form, count = ExportForm(posted(request)), rows.order_by().count()
    if not form.is_valid():
        back = address("ledgers:behind", figure.space, fact, figure.on)
        page = {"space": figure.space, "title": title, "form": form, "count": count, "back": back}
        return render(request, "ledgers/export.html", page)
    kind = form.cleaned_data["kind"]
    data = behind_file(figure, rows, kind, title)
    given = {"space": figure.space.code, "fact": figure.fact} | request.GET.dict()
    exported("behind", by=me, rows=count, kind=kind, given=given)
    return file(data, kind, f"{figure.space.name}-{title}")


@login_required
@require_safe
def enter(request, code, fact):
    """Lead to where a figure is entered; to its records where one of them lacks a part, or where this reader enters nothing."""
    figure = asked(request, code, fact)
    if (figure.rows is None or not figure.rows.exists()) and (
        place := place_of_entry(figure, acting(request))
    ):
        return redirect(place)
    return redirect(address("ledgers:behind", figure.space, fact, figure.on))
