"""Batches: the list, one with its cases side by side, filling it, deciding it in one go, its list as a file."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhongchuang.files.names import attachment
from zhongchuang.gap import words
from zhongchuang.organisations.access import acting
from zhongchuang.organisations.views import posted
from zhongchuang.page.paging import page_of
from zhongchuang.procedures import actions
from zhongchuang.procedures.access_batches import (
    NO_BATCHES,
    may_decide,
    may_work,
    ready,
    stands_at,
)
from zhongchuang.procedures.catalogue import find_offer
from zhongchuang.procedures.forms import WordsForm
from zhongchuang.procedures.forms_batches import AddForm, DecideForm, OpenForm
from zhongchuang.procedures.models import Batch
from zhongchuang.procedures.side_by_side import pdf, rows_of, workbook
from zhongchuang.records.views.requests import send

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_safe
def batches(request):
    """The batches of one's department, the newest first, and what may be put into one."""
    me = acting(request)
    found = Batch.objects.visible_to(me).annotate(count=Count("members", filter=Q(members__why="")))
    page = {
        "page": page_of(found.select_related("department"), request, by=("opened", "pk")),
        "groups": [group_of(held) for held in groups(me)],
    }
    for one in page["page"].rows:
        one.offer = find_offer(one.pack, one.procedure)
    return render(request, "procedures/batches.html", page)


def groups(me):
    """Cases that may be put into a batch, by procedure and step."""
    found = {}
    for case in ready(me):
        found.setdefault((case.pack, case.procedure, case.step), []).append(case)
    return list(found.values())


def group_of(cases):
    """A group as the list shows it."""
    first = cases[0]
    return {"first": first, "count": len(cases)}


def seen_batch(request, key):
    """A batch of one's department, or 404."""
    return get_object_or_404(Batch.objects.visible_to(acting(request)).select_related("department"), key=key)  # fmt: skip


def about_batch(batch):
    """What every page of a batch shows."""
    offer = find_offer(batch.pack, batch.procedure)
    first = batch.members.select_related("case__rules").first()
    course = first.case.course if first else offer and offer.procedure
    at = stands_at(batch)
    return {
        "batch": batch,
        "procedure": course,
        "at": next((one for one in course.steps if one.id == at), None) if course else None,
    }


@login_required
def open_batch(request, pack, procedure, step):
    """Open a batch with cases that wait at a step."""
    me = acting(request)
    cases = [one for one in ready(me) if (one.pack, one.procedure, one.step) == (pack, procedure, step)]  # fmt: skip
    form = OpenForm(posted(request), cases=cases)
    page = {
        "template": "procedures/batch_fill.html",
        "button": _("Open the batch"),
        "procedure": cases[0].course if cases else None,
        "at": cases[0].at if cases else None,
    }
    return send(
        request, form, partial(opened, me), purpose="procedures.open_batch", key=f"{pack}.{procedure}.{step}",
        title=words.say(page["procedure"].title) if cases else "", done=_("The batch is open."), page=page,
        refusal=None if cases else NO_BATCHES,
    )  # fmt: skip


def opened(me, *, cases):
    return actions.open_batch(list(cases), by=me)


@login_required
@require_safe
def batch(request, key):
    """A batch with its cases side by side."""
    held, me = seen_batch(request, key), acting(request)
    page = about_batch(held) | {
        "rows": rows_of(held, me),
        "gone": held.members.exclude(left=None).select_related("case__space", "case__rules"),
        "may_decide": may_decide(me, held) is None,
        "may_work": may_work(me, held) is None,
        "may_fill": may_work(me, held) is None and bool(fitting(held, me)),
    }
    return render(request, "procedures/batch.html", page)


def fitting(batch, me):
    """The cases that may be put into a batch now."""
    at = stands_at(batch)
    return [one for one in ready(me) if (one.pack, one.procedure, one.step) == (batch.pack, batch.procedure, at)]  # fmt: skip


@login_required
def fill(request, key):
    """Put more cases into a batch."""
    held, me = seen_batch(request, key), acting(request)
    form = AddForm(posted(request), cases=fitting(held, me), initial={"version": held.version})
    page = about_batch(held) | {"template": "procedures/batch_fill.html", "button": _("Put into the batch")}  # fmt: skip
    return send(
        request, form, partial(filled, held, me), purpose="procedures.fill_batch", key=str(key), title=str(held),
        done=_("The cases are in the batch."), page=page, to=held, refusal=may_work(me, held),
    )  # fmt: skip


def filled(batch, me, *, version, cases):
    return actions.add(batch, list(cases), by=me, version=version)


@login_required
def take_out(request, key, case):
    """Take a case out of a batch, with a reason."""
    held, me = seen_batch(request, key), acting(request)
    member = get_object_or_404(held.held(), case__key=case)
    form = WordsForm(posted(request), label=_("Reason"), hint=_("It stays with the batch."), initial={"version": held.version})  # fmt: skip
    page = about_batch(held) | {"template": "procedures/batch_verb.html", "button": _("Take out of the batch"), "member": member}  # fmt: skip
    return send(
        request, form, partial(actions.take_out, held, member.case, by=me), purpose="procedures.take_out", key=f"{key}.{case}",
        title=str(held), done=_("The case was taken out; it is decided by itself."), page=page, to=held, refusal=may_work(me, held),
    )  # fmt: skip


@login_required
def decide_batch(request, key):
    """Propose or sign for all cases of a batch in one go."""
    held, me = seen_batch(request, key), acting(request)
    refusal = may_decide(me, held)
    rows = [] if refusal else rows_of(held, me)
    form = DecideForm(posted(request), rows=rows, initial={"version": held.version})
    page = about_batch(held) | {"template": "procedures/batch_decide.html", "button": _("Carry out")}  # fmt: skip
    return send(
        request, form, partial(decided, held, form, me), purpose="procedures.decide_batch", key=str(key), title=str(held),
        done=_("It was carried out. What stayed behind has its reason beside it."), page=page, to=held, refusal=refusal,
    )  # fmt: skip


def decided(batch, form, me, *, version, words="", **_each):
    return actions.decide_batch(batch, by=me, version=version, choices=form.choices, words=words)


@login_required
@require_POST
def batch_workbook(request, key):
    """The list of a batch as a workbook."""
    held, me = seen_batch(request, key), acting(request)
    return taken(held, me, workbook(held, me), "xlsx", XLSX)


@login_required
@require_POST
def batch_paper(request, key):
    """The list of a batch on sheets of A4."""
    held, me = seen_batch(request, key), acting(request)
    return taken(held, me, pdf(held, me), "pdf", "application/pdf")


def taken(batch, me, data, kind, content_type):
    """A list as a file; the export is an entry of the audit chain."""
    actions.list_taken(batch, by=me, kind=kind)
    answer = HttpResponse(data, content_type=content_type)
    answer["Content-Disposition"] = attachment(f"{batch}.{kind}")
    return answer
