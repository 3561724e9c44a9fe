"""Photographs of a visit: taken, shown, taken away."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhongchuang.organisations.access import acting
from zhongchuang.organisations.views import posted
from zhongchuang.page.errors import refused
from zhongchuang.page.refusal import Refused
from zhongchuang.procedures.views.case import about
from zhongchuang.records.access import may_open
from zhongchuang.records.actions import put_in
from zhongchuang.records.views.evidence import served
from zhongchuang.records.views.requests import send
from zhongchuang.visits import actions
from zhongchuang.visits.access import may_write
from zhongchuang.visits.forms import PhotographForm
from zhongchuang.visits.models import Photograph
from zhongchuang.visits.reports import report
from zhongchuang.visits.views import reads_report, shown


@login_required
def add(request, key):
    """Take photographs; the next ones are taken on the same page."""
    held, me = shown(request, key), acting(request)
    form = PhotographForm(posted(request), request.FILES or None, by=me, rows=report(held), initial={"line": request.GET.get("line", "")})  # fmt: skip
    page = about(held.case, me) | {
        "template": "visits/photograph.html", "button": _("Add the photographs"), "visit": held,
        "pictures": held.photographs.shown().select_related("evidence__content"),
    }  # fmt: skip
    return send(
        request, form, partial(added, request, held, me), purpose="visits.photograph", key=str(key), title=str(held),
        done=_("What was received stands below."), page=page, to=("visits:photograph", key), refusal=may_write(me, held),
    )  # fmt: skip


def added(request, visit, me, *, file, caption, line):
    """Each by itself: one for which there is no room, like one that is no photograph, is named and keeps no other out."""
    for looked in file.looked:
        try:
            with transaction.atomic():
                actions.photograph(visit, by=me, evidence=put_in(looked, by=me), caption=caption, line=line)  # fmt: skip
        except Refused as refused:
            if refused.refusal.code != actions.FULL.code:
                raise
            file.leave(looked.name, str(refused))
    if file.left:
        messages.warning(request, _("Not received: %(names)s") % {"names": file.names})
    return visit


def picture_of(request, key, pk):
    """A photograph that the reader may see, or 404."""
    held = shown(request, key)
    if not reads_report(held, acting(request)):
        raise Http404
    found = Photograph.objects.shown().select_related("evidence__content")
    picture = get_object_or_404(found, visit=held, pk=pk)
    picture.visit = held
    return picture


@login_required
@require_safe
def show(request, key, pk):
    """A photograph as it was kept, without its hidden data."""
    return sent(request, picture_of(request, key, pk))


@login_required
@require_safe
def small(request, key, pk):
    """The small picture of a photograph."""
    return sent(request, picture_of(request, key, pk), thumbnail=True)


def sent(request, picture, *, thumbnail=False):
    evidence = picture.evidence
    if refusal := may_open(evidence):
        return refused(request, refusal)
    thumbnail = thumbnail and bool(evidence.content.thumbnail_digest)
    kind = "image/jpeg" if thumbnail else evidence.content.media_type
    return served(request, evidence, kind, "inline", thumbnail=thumbnail)


@login_required
@require_POST
def remove(request, key, pk):
    """Take a photograph away before the visit is reported."""
    try:
        actions.take_away(picture_of(request, key, pk), by=acting(request))
    except Refused as fault:
        return refused(request, fault.refusal)
    return redirect("visits:photograph", key)
