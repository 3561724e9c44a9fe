"""The registers of past evaluations and past grants, each row with where it comes from, and the row that puts it right."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhongchuang.audit.models import Entry
from zhongchuang.files.names import attachment
from zhongchuang.imports.rules import limits
from zhongchuang.organisations.access import acting
from zhongchuang.organisations.views import posted
from zhongchuang.page.errors import refused
from zhongchuang.page.paging import page_of
from zhongchuang.page.refusal import attempt
from zhongchuang.past import actions
from zhongchuang.past.access import may_bring_in, may_correct, may_export, may_reveal
from zhongchuang.past.exports import register_file
from zhongchuang.past.forms import FORMS, FilterForm
from zhongchuang.past.models import MODELS, Evaluation, Grant
from zhongchuang.records.access import may_open
from zhongchuang.records.models import Evidence
from zhongchuang.records.views.requests import send
from zhongchuang.spaces.forms import RevealForm
from zhongchuang.spaces.models import Space
from zhongchuang.spaces.views.exports import TYPES, too_many
from zhongchuang.spaces.views.register import regions_of

BY = ("day", "pk")
BESIDE = ("space__region", "operator", "department")


def title_of(kind):
    return _("Past evaluations") if kind == Evaluation.KIND else _("Past grants")


def filtered(request, kind):
    """The rows that the address asks for, the form, and the space of which they are; None of all."""
    if kind not in MODELS:
        raise Http404
    me = acting(request)
    found = MODELS[kind].objects.visible_to(me).current()
    form = FilterForm(request.GET or None, found=found, regions=regions_of(me))
    of = Space.objects.visible_to(me).filter(code=request.GET.get("space", "")).first()
    found = found.filter(space=of) if of else found
    return (narrowed(found, form.cleaned_data) if form.is_valid() else found), form, of


def narrowed(found, given):
    exact = {name: given[name] for name in ("year", "programme") if given[name]}
    if given["region"]:
        exact["space__path__startswith"] = given["region"]
    return found.found_by(given["q"]).filter(**exact)


@login_required
@require_safe
def records(request, kind):
    """The rows that one sees, the latest first, by the filters in the address."""
    found, form, of = filtered(request, kind)
    me = acting(request)
    page = {
        "kind": kind,
        "name": title_of(kind),
        "form": form,
        "of": of,
        "page": page_of(found.select_related(*BESIDE), request, by=BY),
        "count": found.order_by().count(),
        "total": found.total() if kind == Grant.KIND else None,
        "filtered": bool(of) or (form.is_valid() and any(form.cleaned_data.values())),
        "filters": request.GET.urlencode(),
        "import": f"past_{kind}" if may_bring_in(me) is None else "",
        "may_export": may_export(me) is None,
        "other": next(one for one in MODELS if one != kind),
    }
    page["other_name"] = title_of(page["other"])
    return render(request, f"past/{kind}.html", page)


@login_required
@require_POST
def export(request, kind):
    """Take the rows of a list away as a workbook; what persons got stays sealed."""
    found, _form, _of = filtered(request, kind)
    me, count, most = acting(request), found.count(), limits()["export_rows"]
    if refusal := may_export(me) or (too_many(count, most) if count > most else None):
        return refused(request, refusal)
    data = register_file(found, kind, title_of(kind))
    actions.taken(kind, by=me, rows=count, given=request.GET.dict())
    named = f"{title_of(kind)}-{timezone.localdate():%Y%m%d}.xlsx"
    headers = {"Content-Disposition": attachment(named), "X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store"}  # fmt: skip
    return HttpResponse(data, content_type=TYPES["xlsx"], headers=headers)


def shown(request, kind, code):
    """A row that the reader may see, or 404."""
    if kind not in MODELS:
        raise Http404
    found = MODELS[kind].objects.visible_to(acting(request))
    return get_object_or_404(found.select_related(*BESIDE, "evidence", "by", "replaces"), code=code)


def about(record):
    return {"record": record, "kind": record.KIND, "name": title_of(record.KIND)}


@login_required
@require_safe
def record(request, kind, code):
    """A row: what it says, from which file it was taken, and what put it right."""
    held, me = shown(request, kind, code), acting(request)
    page = about(held) | {
        "may_correct": may_correct(me, held) is None,
        "may_reveal": bool(getattr(held, "personal_amount", "")) and may_reveal(me, held) is None,
        "file": file_for(held, me),
        "history": Entry.objects.about(held).order_by("-number")[:20],
    }
    return render(request, "past/record.html", page)


def file_for(held, me):
    """The file from which it was taken, for who may open that."""
    file = Evidence.objects.visible_to(me).filter(pk=held.evidence_id).first()
    return file if file and may_open(file) is None else None


@login_required
def correct(request, kind, code):
    """Put a row right by one that follows it."""
    held, me = shown(request, kind, code), acting(request)
    form = FORMS[kind](posted(request), record=held, initial={"version": held.version})
    page = about(held) | {"template": "past/correct.html", "button": _("Put it right")}
    return send(
        request, form, partial(actions.correct, held, by=me), purpose=f"past.{kind}", key=code, title=str(held),
        done=_("The row that puts it right was recorded; the old one stays beside it."), page=page, refusal=may_correct(me, held),
    )  # fmt: skip


@login_required
def reveal(request, code):
    """Open what a person got: shown on the answer to this one request, and nowhere else."""
    held, me = shown(request, Grant.KIND, code), acting(request)
    if refusal := may_reveal(me, held):
        return refused(request, refusal)
    form = RevealForm(posted(request), row=held)
    page = about(held) | {"form": form}
    if form.is_valid():
        page["seen"] = attempt(form, partial(actions.reveal_amount, held, by=me, **form.cleaned_data))  # fmt: skip
        page["label"] = Grant._meta.get_field(form.cleaned_data["field"]).verbose_name
    return render(request, "past/reveal.html", page)
