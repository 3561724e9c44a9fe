"""The start of the gap analysis: a form for one space, an upload for many, the demonstration sets."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zhongchuang.gap import entry, words
from zhongchuang.gap.packs import all_packs
from zhongchuang.gap.sources import demonstrations
from zhongchuang.gap.views.attachment import attachment
from zhongchuang.policy.answer import compared
from zhongchuang.tables.limits import MB, UPLOAD
from zhongchuang.tables.template import template as template_workbook


@require_http_methods(["GET", "HEAD", "POST"])
def start(request):
    """The form; what is sent without a fault becomes an address that carries the facts."""
    entered = entry.read(request.POST if request.method == "POST" else request.GET)
    if request.method == "POST" and not entered.errors and not entered.empty:
        return redirect(f"{reverse('gap:answer')}?{urlencode(entry.pairs(entered.table(), 0))}")
    nothing = request.method == "POST" and entered.empty and not entered.errors
    return form(request, entered, nothing=nothing)


def form(
    request,
    entered: entry.Entered,
    *,
    nothing: bool = False,
    refused: list[str] | None = None,
    file: str = "",
    notes: list[str] | None = None,
):
    """The page with what was entered, its faults on top; `refused` is what is wrong with a file."""
    groups = entry.groups(entered)
    fields = [one for group in groups for one in (*group.asked, *group.others)]
    return render(
        request,
        "gap/start.html",
        {
            "groups": groups,
            "faults": [one for one in fields if one.error],
            "nothing": nothing,
            "first": fields[0].id,
            "sets": len(compared(all_packs())),
            "refused": refused,
            "file": file,
            "notes": notes,
            "demonstrations": demonstrations(),
            "size": UPLOAD.size // MB,
            "rows": UPLOAD.rows,
            "columns": UPLOAD.columns,
        },
    )


@require_safe
def template(request):  # noqa: ARG001 -- Django passes it
    """The workbook to fill in, in the reader's language."""
    return attachment(
        template_workbook("zh" if words.chinese() else "en"), _("Figures of spaces"), "xlsx"
    )
