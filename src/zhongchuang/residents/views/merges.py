"""Two records of one and the same: looked for, merged, taken apart."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhongchuang.organisations.access import acting
from zhongchuang.organisations.views import posted
from zhongchuang.records.views.requests import send
from zhongchuang.residents import merges
from zhongchuang.residents.access import may_merge, may_take_apart
from zhongchuang.residents.access import merges as merges_at_all
from zhongchuang.residents.forms import MergeForm, SameForm
from zhongchuang.residents.models import Merge, Resident

FOUND = 20


def record(request, code):
    """A record that the reader sees; who merges nothing sees no such page."""
    me = acting(request)
    if not merges_at_all(me):
        raise Http404
    return get_object_or_404(Resident.objects.visible_to(me), code=code)


@login_required
@require_safe
def same(request, code):
    """Which other records may be the same, and a search for one that nobody thought of."""
    shown, me = record(request, code), acting(request)
    if shown.merged_into_id:
        return redirect("residents:same", shown.merged_into.code)
    form = SameForm(request.GET or None)
    found = []
    if form.is_valid():
        seen = Resident.objects.visible_to(me).standing().found_by(form.cleaned_data["q"])
        found = [(one, "") for one in seen.exclude(pk=shown.pk)[:FOUND]]
    page = {
        "resident": shown,
        "form": form,
        "searched": form.is_valid(),
        "found": [pair(shown, one, why) for one, why in found],
        "candidates": [pair(shown, one, why) for one, why in merges.candidates(shown, me)],
    }
    return render(request, "residents/same.html", page)


def pair(shown, one, why):
    """Which of two goes and which stays: the one with the code stays, else the older one."""
    one_stays = bool(one.credit_code) > bool(shown.credit_code) or (
        bool(one.credit_code) == bool(shown.credit_code) and one.pk < shown.pk
    )
    goes, stays = (shown, one) if one_stays else (one, shown)
    return {"one": one, "why": why, "goes": goes, "stays": stays, "refusal": merges.why_not(goes, stays)}  # fmt: skip


@login_required
def merge(request, code, into):
    """What would follow, and why it is right; then it is done."""
    goes, stays = record(request, code), record(request, into)
    me = acting(request)
    page = {
        "template": "residents/merge.html", "resident": stays, "goes": goes,
        "consequences": merges.consequences(goes, stays),
        "other_way": merges.why_not(stays, goes) is None,
    }  # fmt: skip
    return send(
        request, MergeForm(posted(request)), partial(merged, goes, stays, by=me), purpose="residents.merge", key=f"{code}-{into}",
        title=f"{goes.name} → {stays.name}", done=_("They count as one from now on. It can be taken back on this page."), page=page,
        to=stays, refusal=merges.why_not(goes, stays) or may_merge(me, goes, stays),
    )  # fmt: skip


def merged(goes, stays, *, by, reason):
    return merges.merge(goes, stays, by=by, reason=reason)


@login_required
def take_apart(request, pk):
    """Take a merger back."""
    me = acting(request)
    seen = Merge.objects.visible_to(me).select_related("survivor__merged_into", "merged")
    made = get_object_or_404(seen, pk=pk)
    if not merges_at_all(me):
        raise Http404
    stays = made.survivor.merged_into or made.survivor
    page = {"template": "residents/take_apart.html", "resident": stays, "made": made}
    return send(
        request, MergeForm(posted(request)), partial(merges.take_apart, made, by=me), purpose="residents.take_apart", key=pk,
        title=str(made), done=_("They count for themselves again."), page=page, to=stays, refusal=may_take_apart(me, made),
    )  # fmt: skip
