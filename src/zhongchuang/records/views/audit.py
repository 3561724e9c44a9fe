"""The audit log for its administrator. The pages stand here and not in `audit`, which knows nothing of posts."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_q.tasks import async_task

from zhongchuang.audit import actions
from zhongchuang.audit.models import Entry
from zhongchuang.audit.verification import verify
from zhongchuang.organisations.access import acting
from zhongchuang.page.paging import page_of
from zhongchuang.records.forms import AuditSearchForm


def found(request):
    """The form of the search and the entries that match it; others than the audit administrator see no such page."""
    me = acting(request)
    if not me.has_perm("audit.view_entry"):
        raise Http404
    form = AuditSearchForm(request.GET)
    entries = Entry.objects.visible_to(me)
    return form, entries.told(**form.conditions) if form.is_valid() else entries.none()


@login_required
@require_safe
def entries(request):
    form, entries = found(request)
    context = {
        "form": form,
        "page": page_of(entries, request, by=("number",)),
        "checked": actions.last_verification(),
        "searched": request.GET.urlencode(),
    }
    return render(request, "records/audit.html", context)


@login_required
@require_POST
def export(request):
    """The entries that match, with all that their digests cover, as lines of JSON; the export is an entry itself."""
    form, entries = found(request)
    name = f"audit-{timezone.localtime():%Y%m%d-%H%M%S}.jsonl"
    lines = actions.export(entries, by=acting(request).who, name=name, given=form.shown)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return StreamingHttpResponse(lines, content_type="application/x-ndjson", headers=headers)


@login_required
@require_POST
def check(request):
    """Verify the chain now, or leave a long one to the worker; the result is an entry itself."""
    found(request)
    if actions.is_long():
        async_task("zhongchuang.audit.jobs.verify_chain")
        messages.info(
            request, _("The chain is long: it is being verified, and the result will stand here.")
        )
        return redirect("records:audit")
    report = verify()
    actions.note_verification(report, by=acting(request).who)
    return render(request, "records/verification.html", {"report": report})
