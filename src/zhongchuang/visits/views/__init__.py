"""A visit on the spot: its page, the checklist, the report, its confirmation."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhongchuang.files.names import attachment
from zhongchuang.organisations.access import acting
from zhongchuang.organisations.models.people import APPLICANTS
from zhongchuang.organisations.views import posted
from zhongchuang.procedures.views.case import about
from zhongchuang.records.forms import Seen
from zhongchuang.records.views.requests import send
from zhongchuang.visits import actions
from zhongchuang.visits.access import may_confirm, may_retake, may_shift, may_write, stands
from zhongchuang.visits.forms import CloseForm, FindingsForm, WhyForm, WordsForm
from zhongchuang.visits.models import Visit
from zhongchuang.visits.printed import pdf
from zhongchuang.visits.reports import of_the_whole, report

Standing = Visit.Standing


def shown(request, key):
    """A visit that the reader may see, or 404."""
    found = Visit.objects.visible_to(acting(request)).select_related(
        "case__rules", "case__space__region", "case__operator", "case__department", "case__officer", "department",
        "submission", "closed_by", "confirmed_by", "planned_by",
    )  # fmt: skip
    return get_object_or_404(found, key=key)


def reads_report(visit, me):
    """Whether the reader reads what was found: officials do, the operator once it is confirmed."""
    return me.role not in APPLICANTS or visit.state == Standing.CONFIRMED


@login_required
@require_safe
def visit(request, key):
    """A visit as its reader may see it, on the spot as well as afterwards."""
    held, me = shown(request, key), acting(request)
    reads = reads_report(held, me)
    page = about(held.case, me) | {
        "visit": held,
        "rows": report(held) if reads else [],
        "whole": of_the_whole(held) if reads else [],
        "reads": reads,
        "stands": stands(held),
        "retaken": held.retaken.select_related("by"),
        "may": {
            "write": may_write(me, held) is None,
            "shift": may_shift(me, held) is None,
            "confirm": may_confirm(me, held) is None,
            "retake": may_retake(me, held) is None,
        },
    }
    return render(request, "visits/visit.html", page)


@login_required
def checklist(request, key):
    """What is found, line by line."""
    held, me = shown(request, key), acting(request)
    held.submission = held.case.handed_in
    form = FindingsForm(posted(request), rows=report(held), initial={"version": held.version})
    page = about(held.case, me) | {"template": "visits/checklist.html", "button": _("Save the checklist"), "visit": held}  # fmt: skip
    return send(
        request, form, partial(written, held, form, me), purpose="visits.checklist", key=str(key), title=str(held),
        done=_("The checklist was saved."), page=page, to=held, refusal=may_write(me, held),
    )  # fmt: skip


def written(visit, form, me, *, version, **_lines):
    return actions.write(visit, by=me, version=version, found=form.found)


@login_required
def close(request, key):
    """Close the report; a second visitor confirms it."""
    held, me = shown(request, key), acting(request)
    now = {name: getattr(held, name) for name in ("version", *CloseForm.base_fields) if name != "request_key"}  # fmt: skip
    form = CloseForm(posted(request), initial=now)
    page = about(held.case, me) | {"template": "visits/close.html", "button": _("Close the report"), "visit": held}  # fmt: skip
    return send(
        request, form, partial(actions.close, held, by=me), purpose="visits.close", key=str(key), title=str(held),
        done=_("The report was closed. A second visitor confirms it."), page=page, to=held, refusal=may_write(me, held),
    )  # fmt: skip


@login_required
def confirm(request, key):
    """Confirm a report as a second visitor."""
    held, me = shown(request, key), acting(request)
    form = Seen(posted(request), initial={"version": held.version})
    page = about(held.case, me) | {
        "template": "visits/verb.html", "button": _("Confirm the report"), "visit": held,
        "hint": _("Once confirmed, the report stays as it is, and the operator reads it. Read it on its page first."),
    }  # fmt: skip
    return send(
        request, form, partial(actions.confirm, held, by=me), purpose="visits.confirm", key=str(key), title=str(held),
        done=_("The report was confirmed."), page=page, to=held, refusal=may_confirm(me, held),
    )  # fmt: skip


@login_required
def reopen(request, key):
    """Give a report back to be changed."""
    held, me = shown(request, key), acting(request)
    form = WhyForm(posted(request), initial={"version": held.version})
    page = about(held.case, me) | {"template": "visits/verb.html", "button": _("Give it back to be changed"), "visit": held}  # fmt: skip
    return send(
        request, form, partial(actions.reopen, held, by=me), purpose="visits.reopen", key=str(key), title=str(held),
        done=_("The report was given back."), page=page, to=held, refusal=may_confirm(me, held),
    )  # fmt: skip


@login_required
def retake(request, key):
    """Take a report again after the case came back."""
    held, me = shown(request, key), acting(request)
    form = WordsForm(posted(request))
    page = about(held.case, me) | {"template": "visits/verb.html", "button": _("The report still stands"), "visit": held}  # fmt: skip
    return send(
        request, form, partial(actions.retake, held, by=me), purpose="visits.retake", key=str(key), title=str(held),
        done=_("The report counts again."), page=page, to=held.case, refusal=may_retake(me, held),
    )  # fmt: skip


@login_required
@require_safe
def printed(request, key):
    """The report as PDF."""
    held, me = shown(request, key), acting(request)
    if not reads_report(held, me):
        raise Http404
    answer = HttpResponse(pdf(held, internal=me.role not in APPLICANTS), content_type="application/pdf")  # fmt: skip
    answer["Content-Disposition"] = attachment(f"{held}.pdf")
    return answer
