"""The whole case as one file, for officials who read it and for the audit administrator, who has a list of them."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from zhongchuang.files.names import attachment
from zhongchuang.organisations.access import acting
from zhongchuang.page.errors import refused
from zhongchuang.page.paging import page_of
from zhongchuang.page.refusal import Refused
from zhongchuang.procedures import actions
from zhongchuang.procedures.access import may_audit
from zhongchuang.procedures.models import Case

NEEDED = ("rules", "space__region", "space__operator", "operator", "department")


@login_required
@require_safe
def files(request):
    """The cases of which an audit administrator takes the files, by their numbers alone: the newest first."""
    me = acting(request)
    if may_audit(me):
        raise Http404
    found = Case.objects.audited_by(me).select_related(*NEEDED)
    words = request.GET.get("q", "").strip()
    page = {
        "page": page_of(found.filter(number__icontains=words), request, by=("begun", "pk")),
        "words": words,
    }
    return render(request, "procedures/files.html", page)


@login_required
@require_POST
def file_(request, key):
    """The case file, sent while it is made; the export is an entry of the audit chain."""
    me = acting(request)
    seen = Case.objects.visible_to(me) | Case.objects.audited_by(me)
    case = get_object_or_404(seen.select_related(*NEEDED), key=key)
    try:
        blocks = actions.export(case, by=me)
    except Refused as fault:
        return refused(request, fault.refusal)
    headers = {"Content-Disposition": attachment(f"{case.number}.zip"), "Cache-Control": "no-store"}
    return StreamingHttpResponse(blocks, content_type="application/zip", headers=headers)
