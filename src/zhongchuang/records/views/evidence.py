"""Files: the list with its form, the file itself, its small picture, taking it back."""

from functools import partial
from http import HTTPStatus

from django.contrib.auth.decorators import login_required
from django.http import FileResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhongchuang.files.kinds import IMAGES, PDF, XLSX
from zhongchuang.files.names import attachment
from zhongchuang.organisations.access import acting
from zhongchuang.organisations.forms import Sure
from zhongchuang.organisations.views import do
from zhongchuang.page.errors import Problem, problem, refused
from zhongchuang.page.paging import page_of
from zhongchuang.page.refusal import Refused
from zhongchuang.records import actions
from zhongchuang.records.access import (
    may_ask_release,
    may_hand_in,
    may_open,
    may_publish,
    may_withdraw,
)
from zhongchuang.records.forms import EvidenceForm
from zhongchuang.records.models import Evidence
from zhongchuang.tables.child import grid_in_child
from zhongchuang.tables.problems import Unreadable

BY = ("moment", "pk")
DAMAGED = Problem(
    gettext_lazy("This file is damaged"),
    gettext_lazy(
        "What is stored differs from what was handed in, so it is not given out. This was recorded."
    ),
    gettext_lazy(
        "Ask the organisation that handed it in for its own copy, and tell us the name of the file."
    ),
)
SANDBOX = "default-src 'none'; sandbox"
FRAMED = f"{SANDBOX}; frame-ancestors 'self'"
FRAMED_PAGE = "default-src 'none'; style-src 'self'; sandbox; frame-ancestors 'self'"
ROWS_SHOWN = 200


TOLD = ("content", "organisation", "handed_in_by")


def listed(me):
    return Evidence.objects.visible_to(me).select_related(*TOLD)


def readable(me):
    return Evidence.objects.readable_by(me).select_related(*TOLD)


@login_required
def evidence(request):
    """The files that one may see, newest first; and the form to hand one in."""
    me = acting(request)
    form = EvidenceForm(request.POST or None, request.FILES or None)
    page = {"template": "records/evidence.html", "refusal": may_hand_in(me)}
    page["page"] = page_of(listed(me), request, by=BY)
    return do(
        request, form, partial(hand_in, form, me), done=_("The file was handed in."),
        to="records:evidence", page=page,
    )  # fmt: skip


def hand_in(form, me):
    """Hands in what the form holds; the same form sent twice is one file. A fault of the file stands at its field."""
    given = form.cleaned_data
    try:
        return actions.hand_in(given["file"], by=me, request_key=given["request_key"])
    except Refused as fault:
        if fault.refusal.status != HTTPStatus.BAD_REQUEST:
            raise
        form.add_error("file", str(fault))
        return None


@login_required
@require_safe
def one(request, key):
    """What is known of a file, and where else it turned up, as far as the reader may see."""
    me = acting(request)
    found = get_object_or_404(readable(me), key=key)
    page = {
        "evidence": found,
        "elsewhere": listed(me).same_as(found),
        "may_withdraw": may_withdraw(me, found) is None,
        "refusal": may_open(found),
        "unpublished": may_publish(found),
        "release": found.releases.order_by("-pk").select_related("asked_by", "decided_by").first(),
        "may_ask_release": may_ask_release(me, found) is None,
    }
    return render(request, "records/file.html", page)


@login_required
@require_safe
def download(request, key):
    """The file itself, which the browser is told to save and never to run (S-11)."""
    found = get_object_or_404(readable(acting(request)), key=key)
    if refusal := may_open(found):
        return refused(request, refusal)
    return served(request, found, found.content.media_type, attachment(found.name))


@login_required
@require_safe
def thumbnail(request, key):
    """The small picture of a picture, made by us."""
    found = get_object_or_404(
        readable(acting(request)).exclude(content__thumbnail_digest=""), key=key
    )
    if refusal := may_open(found):
        return refused(request, refusal)
    return served(request, found, "image/jpeg", "inline", thumbnail=True)


@login_required
@require_safe
def show(request, key):
    """The file in the frame of a page of ours: PDF and picture as they are, the first rows of a table as rows.

    It runs nothing and reaches nothing, as a download; only our own pages may frame it.
    """
    found = get_object_or_404(readable(acting(request)), key=key)
    if refusal := may_open(found):
        return refused(request, refusal)
    kind = found.content.kind
    if kind in (PDF, *IMAGES):
        return framed(served(request, found, found.content.media_type, "inline"), FRAMED)
    page = {"evidence": found} | (table_of(request, found) if kind == XLSX else {})
    return framed(render(request, "records/shown.html", page), FRAMED_PAGE)


def table_of(request, found):
    """The first rows of the sheet that holds rows, or why they cannot be shown."""
    file = actions.opened(found.content)
    if file is None:
        actions.damaged(found, by=acting(request).who)
        return {"why": DAMAGED.what}
    with file:
        try:
            grid = grid_in_child(file.read(), found.name, known=())
        except Unreadable as unreadable:
            return {"why": unreadable.problems[0].text(gettext)}
    rows = list(zip(*grid.columns, strict=True))
    return {"grid": grid, "rows": rows[:ROWS_SHOWN], "left": max(0, len(rows) - ROWS_SHOWN)}


def framed(answer, policy):
    """An answer that our own pages may show in a frame."""
    answer["Content-Security-Policy"] = policy
    answer["X-Frame-Options"] = "SAMEORIGIN"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


def served(request, found, media_type, disposition, *, thumbnail=False):
    file = actions.opened(found.content, thumbnail=thumbnail)
    if file is None:
        actions.damaged(found, by=acting(request).who)
        return problem(request, 500, problem=DAMAGED)
    headers = {
        "Content-Disposition": disposition,
        "Content-Security-Policy": SANDBOX,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return FileResponse(file, content_type=media_type, headers=headers)


@login_required
def withdraw(request, key):
    me = acting(request)
    found = get_object_or_404(listed(me), key=key)
    if refusal := may_withdraw(me, found):
        return refused(request, refusal)
    page = {"template": "records/withdraw.html", "evidence": found}
    act = partial(actions.withdraw, found, by=me)
    done = _("The file was taken back.")
    form = Sure(request.POST if request.method == "POST" else None)
    return do(request, form, act, done=done, to=found, page=page)
