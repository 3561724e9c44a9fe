"""A document: written at its step, read by those of the case, taken as Word file or PDF."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhongchuang.files.names import attachment
from zhongchuang.gap import words
from zhongchuang.organisations.access import acting
from zhongchuang.organisations.views import posted
from zhongchuang.papers import actions
from zhongchuang.papers.access import may_change, may_write
from zhongchuang.papers.forms import ChangeForm, WriteForm
from zhongchuang.papers.layout import Sheet, substitutes
from zhongchuang.papers.models import Paper
from zhongchuang.papers.printed import pdf
from zhongchuang.papers.word import docx
from zhongchuang.papers.wording import kinds, prefilled
from zhongchuang.procedures.views.case import about, seen_case
from zhongchuang.records.views.requests import send

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def shown(request, key):
    """A document that the reader may see, or 404."""
    found = Paper.objects.visible_to(acting(request)).select_related(
        "case__rules", "case__space__region", "case__operator", "case__department", "case__officer", "department__region",
        "number__series", "written_by", "signed_by",
    )  # fmt: skip
    return get_object_or_404(found, key=key)


@login_required
def write(request, key, kind):
    """Write a document at the step where the case stands; its words stand there already."""
    case, me = seen_case(request, key), acting(request)
    if kind not in kinds():
        raise Http404
    there = Paper.objects.visible_to(me).at(case).filter(kind=kind).first()
    if there and request.method == "GET":
        return redirect(there)
    refusal = may_write(me, case, kind)
    form = WriteForm(posted(request), initial=None if refusal else prefilled(case, kind))
    page = about(case, me) | {"template": "papers/write.html", "button": _("Keep the draft"), "kind": Paper.Kind(kind).label}  # fmt: skip
    return send(
        request, form, partial(actions.write, case, kind, by=me), purpose="papers.write", key=f"{key}.{kind}",
        title=str(case), done=_("The draft was kept."), page=page, refusal=refusal,
    )  # fmt: skip


@login_required
def change(request, key):
    """Change a draft."""
    held, me = shown(request, key), acting(request)
    now = {name: getattr(held, name) for name in ("version", "title", "to", "text", "word", "enclosures", "copies")}  # fmt: skip
    now["office"] = held.office or held.department.name
    form = ChangeForm(posted(request), initial=now)
    page = about(held.case, me) | {"template": "papers/write.html", "button": _("Keep the draft"), "kind": held.get_kind_display(), "paper": held}  # fmt: skip
    return send(
        request, form, partial(actions.rewrite, held, by=me), purpose="papers.change", key=str(key), title=str(held),
        done=_("The draft was kept."), page=page, to=held, refusal=may_change(me, held),
    )  # fmt: skip


@login_required
@require_safe
def paper(request, key):
    """A document as it goes out."""
    held, me = shown(request, key), acting(request)
    page = about(held.case, me) | {
        "paper": held,
        "sheet": Sheet.of(held),
        "may_change": may_change(me, held) is None,
        "substitutes": words.joined(substitutes()),
    }
    return render(request, "papers/paper.html", page)


@login_required
@require_safe
def word(request, key):
    """The document as a Word file."""
    held = shown(request, key)
    return sent(held, docx(Sheet.of(held)), WORD, "docx")


@login_required
@require_safe
def printed(request, key):
    """The document as PDF."""
    held = shown(request, key)
    return sent(held, pdf(Sheet.of(held)), "application/pdf", "pdf")


def sent(paper, data, content_type, ending):
    """A file with the title of the document as its name."""
    answer = HttpResponse(data, content_type=content_type)
    answer["Content-Disposition"] = attachment(f"{paper.title}.{ending}")
    return answer
