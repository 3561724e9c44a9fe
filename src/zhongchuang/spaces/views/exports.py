"""The list and a space's record as files; each download is an entry of the log."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhongchuang.files.names import attachment
from zhongchuang.imports.rules import limits
from zhongchuang.organisations.access import acting
from zhongchuang.organisations.views import posted
from zhongchuang.page.errors import refused
from zhongchuang.page.refusal import Refusal
from zhongchuang.spaces import actions
from zhongchuang.spaces.exports import record_file, register_file
from zhongchuang.spaces.forms import FilterForm
from zhongchuang.spaces.importable.forms import ExportForm
from zhongchuang.spaces.models import Space
from zhongchuang.spaces.views.register import filtered, regions_of
from zhongchuang.spaces.views.space import visible_space

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}


@login_required
def export(request):
    """Take the spaces that one sees away, by the filters in the address."""
    me = acting(request)
    filters = FilterForm(request.GET or None, regions=regions_of(me))
    found = filtered(Space.objects.visible_to(me), filters)
    count, most = found.count(), limits()["export_rows"]
    if count > most:
        return refused(request, too_many(count, most))
    form = ExportForm(posted(request))
    if not form.is_valid():
        page = {"form": form, "count": count, "filters": request.GET.urlencode()}
        return render(request, "spaces/export.html", page)
    kind = form.cleaned_data["kind"]
    data = register_file(found, kind)
    actions.exported("register", by=me, rows=count, kind=kind, given=request.GET.dict())
    return file(data, kind, _("Register of spaces"))


def too_many(count, most):
    return Refusal(
        "too_many",
        gettext_lazy("%(count)s spaces are more than one file holds (%(most)s). Filter the list first."),
        {"count": count, "most": most}, status=413,
    )  # fmt: skip


@login_required
def record(request, code):
    """Take everything that is recorded of a space away, as a workbook."""
    space, me = visible_space(request, code), acting(request)
    if request.method != "POST":
        return render(request, "spaces/record.html", {"space": space})
    data = record_file(space)
    actions.exported("space", by=me, rows=1, kind="xlsx", given={"space": space.code})
    return file(data, "xlsx", space.name)


def file(data, kind, name):
    named = f"{name}-{timezone.localdate():%Y%m%d}.{kind}"
    headers = {"Content-Disposition": attachment(named), "X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store"}  # fmt: skip
    return HttpResponse(data, content_type=TYPES[kind], headers=headers)
