"""The register of credit records, each with its course, and the forms to enter one, to ask about it, to answer."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhongchuang.audit.models import Entry
from zhongchuang.audit.verbs import word_for
from zhongchuang.credit import actions
from zhongchuang.credit.access import (
    in_reach,
    may_answer,
    may_ask,
    may_bring_in,
    may_end,
    may_enter,
    may_export,
)
from zhongchuang.credit.answering import answering_for
from zhongchuang.credit.exports import register_file
from zhongchuang.credit.forms import AnswerForm, AskForm, EndForm, EnterForm, FilterForm
from zhongchuang.credit.models import Record, Request
from zhongchuang.credit.places import places
from zhongchuang.credit.rules import matters, terms
from zhongchuang.files.names import attachment
from zhongchuang.imports.rules import limits
from zhongchuang.organisations.access import acting
from zhongchuang.organisations.models import Organisation
from zhongchuang.organisations.models.people import APPLICANTS
from zhongchuang.organisations.views import posted
from zhongchuang.page.errors import refused
from zhongchuang.page.paging import page_of
from zhongchuang.records.access import may_open
from zhongchuang.records.models import Evidence
from zhongchuang.records.views.requests import send
from zhongchuang.spaces.models import Space
from zhongchuang.spaces.views.exports import TYPES, too_many

BESIDE = ("operator__region", "space", "department__region", "by", "ended_by", "evidence")


def filtered(request):
    """The records that the address asks for, the form, and the operator of which they are; None of all."""
    found = Record.objects.visible_to(acting(request))
    form = FilterForm(request.GET or None)
    wanted = request.GET.get("operator", "")
    of = Organisation.objects.filter(credit_records__in=found, pk=wanted).first() if wanted.isdecimal() and len(wanted) < 10 else None  # fmt: skip
    found = found.filter(operator=of) if of else found
    return (narrowed(found, form.cleaned_data) if form.is_valid() else found), form, of


def narrowed(found, given):
    found = found.found_by(given["q"])
    found = {"bad": found.bad, "good": found.good}.get(given["kind"], found.all)()
    over = Q(until__lte=timezone.localdate()) | ~Q(state=Record.State.IN_FORCE)
    return {"in_force": found.exclude(over), "ended": found.filter(over)}.get(
        given["standing"], found
    )


@login_required
@require_safe
def records(request):
    """The records that one sees, the latest first, by the filters in the address."""
    found, form, of = filtered(request)
    me = acting(request)
    page = {
        "form": form,
        "of": of,
        "page": page_of(found.select_related("operator__region", "space", "department"), request, by=("day", "pk")),
        "count": found.order_by().count(),
        "filtered": bool(of) or (form.is_valid() and any(form.cleaned_data.values())),
        "filters": request.GET.urlencode(),
        "may_bring_in": may_bring_in(me) is None,
        "may_export": may_export(me) is None,
        "may_enter": bool(of) and may_enter(me, of) is None,
        "is_operator": me.role in APPLICANTS,
        "reads_none": not places(me),
    }  # fmt: skip
    return render(request, "credit/list.html", page)


@login_required
@require_POST
def export(request):
    """Take the records of the list away as a workbook."""
    found, _form, _of = filtered(request)
    me, count, most = acting(request), found.count(), limits()["export_rows"]
    if refusal := may_export(me) or (too_many(count, most) if count > most else None):
        return refused(request, refusal)
    data = register_file(found, _("Credit records"))
    actions.taken(by=me, rows=count, given=request.GET.dict())
    named = f"{_('Credit records')}-{timezone.localdate():%Y%m%d}.xlsx"
    headers = {"Content-Disposition": attachment(named), "X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store"}  # fmt: skip
    return HttpResponse(data, content_type=TYPES["xlsx"], headers=headers)


def shown(request, code):
    """A record that the reader may see, or 404."""
    found = Record.objects.visible_to(acting(request)).select_related(*BESIDE)
    return get_object_or_404(found, code=code)


@login_required
@require_safe
def record(request, code):
    """A record: what was found, by which document, whether it stands, and what was asked about it."""
    held, me = shown(request, code), acting(request)
    asked = held.requests.select_related("asked_by", "answered_by", "answering").prefetch_related(
        "files"
    )
    waiting = next((one for one in asked if one.is_open), None)
    refusal = waiting and may_answer(me, waiting)
    page = {
        "record": held,
        "requests": [(one, files_for(one, me)) for one in asked],
        "answerable": None if refusal else waiting,
        "waiting": refusal,
        "may_ask": may_ask(me, held) is None,
        "may_end": may_end(me, held) is None,
        "is_own": me.role in APPLICANTS,
        "file": Evidence.objects.visible_to(me).filter(pk=held.evidence_id).first(),
        "shown_by": matters().get(held.matter, {}),
        "days": terms()["answer"]["working_days"],
        "history": [(word_for(one.verb), one.moment) for one in Entry.objects.about(held).order_by("number")],
    }  # fmt: skip
    return render(request, "credit/record.html", page)


def files_for(one, me):
    """The files of a request, each with whether the reader may open it."""
    seen = set(Evidence.objects.readable_by(me).filter(pk__in=[file.pk for file in one.files.all()]).values_list("pk", flat=True))  # fmt: skip
    return [(file, file.pk in seen and may_open(file) is None) for file in one.files.all()]


@login_required
def enter(request, pk):
    """Record something of an operator in one's reach, with the document."""
    me = acting(request)
    operator = get_object_or_404(in_reach(me), pk=pk)
    spaces = Space.objects.visible_to(me).filter(operator=operator)
    form = EnterForm(posted(request), spaces=spaces, initial={"day": timezone.localdate()})
    page = {"template": "credit/enter.html", "operator": operator, "button": _("Enter the record")}
    return send(
        request, form, partial(actions.enter, operator, by=me), purpose="credit.enter", key=str(pk), title=operator.name,
        done=_("The record was entered; the operator was told and may ask for a correction."), page=page, refusal=may_enter(me, operator),
    )  # fmt: skip


@login_required
def ask(request, code):
    """Ask for a correction or for credit repair."""
    held, me = shown(request, code), acting(request)
    form = AskForm(posted(request), request.FILES or None, by=me)
    page = {
        "template": "credit/ask.html", "record": held, "answering": answering_for(held) or held.department,
        "button": _("Send the request"), "days": terms()["answer"]["working_days"],
    }  # fmt: skip
    return send(
        request, form, partial(actions.ask, held, by=me), purpose="credit.ask", key=code, title=str(held),
        done=_("The department has your request; its answer comes as a letter."), page=page, refusal=may_ask(me, held),
    )  # fmt: skip


@login_required
def end(request, code):
    """End a record that was entered by mistake."""
    held, me = shown(request, code), acting(request)
    form = EndForm(posted(request), initial={"version": held.version})
    page = {"template": "credit/end.html", "record": held, "open": held.open_request, "button": _("End the record")}  # fmt: skip
    return send(
        request, form, partial(actions.end, held, by=me), purpose="credit.end", key=code, title=str(held),
        done=_("The record was ended; the operator was told."), page=page, refusal=may_end(me, held),
    )  # fmt: skip


@login_required
def answer(request, key):
    """Answer what an operator asked about a record."""
    me = acting(request)
    asked = get_object_or_404(Request.objects.visible_to(me).select_related("record__operator", "record__department__region", "asked_by"), key=key)  # fmt: skip
    form = AnswerForm(posted(request), initial={"version": asked.version})
    page = {"template": "credit/answer.html", "asked": asked, "record": asked.record, "files": files_for(asked, me), "button": _("Answer")}  # fmt: skip
    return send(
        request, form, partial(actions.answer, asked, by=me), purpose="credit.answer", key=str(key), title=str(asked),
        done=_("The request was answered; the operator was told."), page=page, refusal=may_answer(me, asked),
    )  # fmt: skip
