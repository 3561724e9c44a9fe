"""The pages of an import: send a file in, say what its columns mean, look at the rows, confirm, watch, undo."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from zhongchuang.files.names import attachment
from zhongchuang.imports import actions
from zhongchuang.imports.access import may_confirm, may_go_on, may_import, may_undo, undo_until
from zhongchuang.imports.checking import located
from zhongchuang.imports.declaration import kind_of, open_kinds
from zhongchuang.imports.forms import ColumnsForm, ConfirmForm, UploadForm
from zhongchuang.imports.models import Import
from zhongchuang.imports.workbooks import template as template_of
from zhongchuang.organisations.access import acting
from zhongchuang.organisations.forms import Sure
from zhongchuang.organisations.views import do, posted
from zhongchuang.page.errors import refused
from zhongchuang.page.paging import page_of
from zhongchuang.page.refusal import Refused, attempt
from zhongchuang.tables.passing import problem_from_json

BY = ("moment", "pk")
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STEPS = (gettext_lazy("Send the file in"), gettext_lazy("Assign columns"), gettext_lazy("Look at the rows"), gettext_lazy("Confirm and record"))  # fmt: skip


@login_required
@require_safe
def imports(request):
    """The imports of one's organisation, newest first, and what may be imported."""
    me = acting(request)
    page = {
        "page": page_of(Import.objects.visible_to(me).select_related("user"), request, by=BY),
        "kinds": open_kinds(me),
    }
    for row in page["page"].rows:
        row.title = getattr(kind_of(row.kind), "title", row.kind)
    return render(request, "imports/imports.html", page)


@login_required
@require_safe
def into(request, scope):
    """What may be imported into one thing, such as a space."""
    me = acting(request)
    kinds = open_kinds(me, scope)
    if not kinds:
        raise Http404
    return render(request, "imports/into.html", {"kinds": kinds, "into": kinds[0].scope(me, scope), "scope": scope})  # fmt: skip


def asked(request, key, scope):
    """The kind at an address, and why the post may not import it; a kind or thing that one does not see is none."""
    kind = kind_of(key)
    if kind is None or bool(kind.scope) != bool(scope):
        raise Http404
    if kind.scope and kind.scope(acting(request), scope) is None:
        raise Http404
    return kind, may_import(acting(request), kind, scope)


@login_required
def new(request, kind, scope=""):
    """Download the template; send the filled file in."""
    kind, refusal = asked(request, kind, scope)
    if refusal:
        return refused(request, refusal)
    me, form = acting(request), UploadForm(posted(request), request.FILES or None)
    act = partial(receive, form, me, kind, scope)
    if request.method == "POST" and form.is_valid() and (made := attempt(form, act)):
        messages.success(request, _("The file was read. Look at its columns."))
        return redirect("imports:columns", made.key)
    into = kind.scope(me, scope) if scope else None
    page = {"kind": kind, "scope": scope, "steps": steps(0), "into": into, "form": form}
    page["form_url"] = reverse(*address_of_template(kind, scope))
    return render(request, "imports/new.html", page)


def address_of_template(kind, scope):
    if scope:
        return "imports:template_into", None, [scope, kind.key]
    return "imports:template", None, [kind.key]


def receive(form, me, kind, scope):
    """Hand the file over; what cannot be read stands at its field."""
    given = form.cleaned_data
    try:
        return actions.receive(
            given["file"], by=me, kind=kind, scope=scope, request_key=given["request_key"]
        )
    except actions.Unread as unread:
        for text in unread.problems[:20]:
            form.add_error("file", text)
        return None


def steps(now):
    """The steps of an import with the one that the reader is at."""
    return [(label, "done" if place < now else "now" if place == now else "") for place, label in enumerate(STEPS)]  # fmt: skip


@login_required
@require_safe
def template(request, kind, scope=""):
    """The workbook to fill in."""
    kind, refusal = asked(request, kind, scope)
    if refusal:
        return refused(request, refusal)
    return workbook(template_of(kind), f"{kind.title}.xlsx")


def workbook(data, name):
    headers = {"Content-Disposition": attachment(name), "X-Content-Type-Options": "nosniff"}
    return HttpResponse(data, content_type=WORKBOOK, headers=headers)


def visible_import(request, key):
    found = Import.objects.visible_to(acting(request))
    return get_object_or_404(found.select_related("organisation", "user", "post"), key=key)


@login_required
def columns(request, key):
    """Say what each column means."""
    imported, me = visible_import(request, key), acting(request)
    if refusal := may_go_on(me, imported):
        return refused(request, refusal)
    kind, grid = kind_of(imported.kind), actions.grid_of(imported)
    form = ColumnsForm(posted(request), kind=kind, grid=grid, imported=imported)
    page = {
        "template": "imports/columns.html", "import": imported, "kind": kind, "grid": grid, "steps": steps(1),
        "warnings": [one.text(_) for one in grid.warnings],
    }  # fmt: skip
    act = partial(assign, form, imported, me)
    return do(request, form, act, done=_("The rows were checked."), to=imported, page=page)


def assign(form, imported, me):
    given = form.cleaned_data
    return actions.assign(
        imported, by=me, columns=form.columns, existing=given["existing"], on=given["on"],
        version=given["version"],
    )  # fmt: skip


@login_required
@require_safe
def one(request, key):
    """An import as it stands: its rows before they are recorded, how far it is, or what it recorded."""
    imported, me = visible_import(request, key), acting(request)
    if imported.state == Import.State.UPLOADED and may_go_on(me, imported) is None:
        return redirect("imports:columns", key)
    return render(request, "imports/import.html", shown(imported, me))


def shown(imported, me):
    """What the page of an import shows."""
    kind, found = kind_of(imported.kind), imported.findings
    refusal = may_confirm(me, imported) if imported.is_in_preparation else None
    return {
        "import": imported, "kind": kind, "found": found, "steps": steps(3 if not imported.is_in_preparation else 2),
        "into": kind.scope(me, imported.scope) if kind.scope else None,
        "heads": heads(kind, found), "errors": told(found, "errors"), "warnings": told(found, "warnings"),
        "refusal": refusal, "form": ConfirmForm(initial={"version": imported.version}),
        "may_go_on": may_go_on(me, imported) is None, "may_undo": may_undo(me, imported) is None,
        "undo_until": undo_until(imported) if imported.finished else None,
        "progress": actions.progress(imported) if imported.is_under_way else None,
        "counts": counts(found),
    }  # fmt: skip


FATE_WORDS = {
    "new": gettext_lazy("new"), "changed": gettext_lazy("changed"),
    "waiting": gettext_lazy("for the department to decide"),
    "same": gettext_lazy("recorded already"), "skipped": gettext_lazy("left as they are"),
}  # fmt: skip


def counts(found):
    """How many rows have which fate, in words."""
    return [(FATE_WORDS[fate], count) for fate, count in found.get("counts", {}).items()]


def heads(kind, found):
    preview = found.get("preview") or {"columns": []}
    names = {one.name: one.label for one in kind.columns}
    return [names.get(name, name) for name in preview["columns"]]


def told(found, name):
    """Problems with their place, in the reader's language."""
    problems = map(problem_from_json, found.get(name, []))
    return [(one.place.text(_), one.reason(_)) for one in problems]


@login_required
@require_safe
def errors(request, key):
    """The file with its faulty cells marked, each with what is allowed."""
    imported, me = visible_import(request, key), acting(request)
    if refusal := may_go_on(me, imported):
        return refused(request, refusal)
    if not imported.findings:
        return redirect("imports:columns", key)
    data = actions.error_file(imported, by=me, located=located)
    stem = imported.name.rpartition(".")[0]
    return workbook(data, f"{stem}-{_('problems')}.xlsx")


@login_required
@require_POST
def confirm(request, key):
    """Have the rows recorded; pressed twice it is one import."""
    imported, me = visible_import(request, key), acting(request)
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        return redirect(imported)
    try:
        actions.confirm(imported, by=me, **form.cleaned_data)
    except Refused as fault:
        return refused(request, fault.refusal)
    return redirect(imported)


@login_required
@require_safe
def progress(request, key):
    """The part of the page that says how far it is; when it is over, the whole page is loaded anew."""
    imported = visible_import(request, key)
    if imported.is_under_way:
        page = {"import": imported, "progress": actions.progress(imported)}
        return render(request, "imports/progress.html", page)
    return HttpResponse(headers={"HX-Refresh": "true"})


@login_required
def undo(request, key):
    """Take an import back; asks once."""
    imported, me = visible_import(request, key), acting(request)
    if refusal := may_undo(me, imported):
        return refused(request, refusal)
    page = {"template": "imports/undo.html", "import": imported, "counts": counts(imported.findings), "until": undo_until(imported)}  # fmt: skip
    act, done = partial(actions.undo, imported, by=me), _("The import was undone.")
    return do(request, Sure(posted(request)), act, done=done, to=imported, page=page)
