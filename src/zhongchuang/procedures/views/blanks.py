"""Forms of materials to take away: blank and as a sample for everybody, filled from the records by who sees the space."""

import re

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from zhongchuang.files.names import attachment, label
from zhongchuang.organisations.access import acting
from zhongchuang.page.visitor import limited
from zhongchuang.procedures import blanks
from zhongchuang.procedures.blank_word import docx
from zhongchuang.procedures.views.applying import offered
from zhongchuang.procedures.views.case import seen_case
from zhongchuang.spaces.actions import exported
from zhongchuang.spaces.views.exports import TYPES
from zhongchuang.spaces.views.space import visible_space

WORD, WORKBOOK = "docx", "xlsx"
TYPE = {
    WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    WORKBOOK: TYPES[WORKBOOK],
}
EMPTY = {blanks.BLANK: blanks.blank, blanks.SAMPLE: blanks.sample}


@limited
@require_safe
def form(request, pack, procedure, form, what, kind):  # noqa: ARG001 -- every page is asked for
    """A form of a procedure as it stands today, without any account."""
    offer = offered(pack, procedure)
    return empty(named(offer.procedure, form), offer.pack, what, kind)


@login_required
@require_safe
def case_form(request, key, form, what, kind):
    """A form of the rules by which an application goes, which may be older than those of today."""
    case = seen_case(request, key)
    return empty(named(case.course, form), case.version_of_rules, what, kind)


@login_required
@require_POST
def filled_form(request, pack, procedure, form, code):
    """A form with the records of a space, for those who see it."""
    offer, space = offered(pack, procedure), visible_space(request, code)
    return with_records(request, named(offer.procedure, form), offer.pack, space)


@login_required
@require_POST
def case_filled(request, key, form):
    """A form of an application with the records of its space."""
    case = seen_case(request, key)
    space = visible_space(request, case.space.code)
    return with_records(request, named(case.course, form), case.version_of_rules, space)


def named(procedure, name):
    """A form by its name, or 404."""
    found = procedure.forms().get(name)
    if found is None:
        raise Http404
    return found


def empty(form, pack, what, kind):
    if what not in EMPTY:
        raise Http404
    return sent(EMPTY[what](form, pack), kind)


def with_records(request, form, pack, space):
    """The filled form; that somebody took it stands in the log."""
    if not form.is_filled:
        raise Http404
    me, kind = acting(request), request.POST.get("kind", WORD)
    sheet = blanks.filled(form, pack, space, by=me)
    answer = sent(sheet, kind, of=space.name)
    exported("form", by=me, rows=sheet.count, kind=kind, given={"space": space.code, "pack": pack.id, "form": form.id})  # fmt: skip
    return answer


def sent(sheet, kind, of=""):
    """The file under the name of the form; a workbook only where there is a list."""
    if kind not in TYPE or (kind == WORKBOOK and not sheet.form.rows):
        raise Http404
    data = docx(sheet) if kind == WORD else blanks.workbook(sheet)
    answer = HttpResponse(data, content_type=TYPE[kind])
    name = re.sub(r"[/\\]", "_", "-".join(filter(None, (sheet.name, of))))
    answer["Content-Disposition"] = attachment(label(f"{name}.{kind}", kind))
    return answer
