"""Signing many proposals of the queue at once: what was chosen, one signature, and what became of each case."""

import hashlib
from functools import partial

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhongchuang.organisations.access import acting
from zhongchuang.organisations.views import posted
from zhongchuang.procedures import actions
from zhongchuang.procedures.access_signing import (
    NONE_LEFT,
    may_sign_together,
    may_sign_with_others,
    proposals_for,
)
from zhongchuang.procedures.forms_signing import MOST, TogetherForm, as_sent
from zhongchuang.procedures.models import Case, Signing
from zhongchuang.procedures.together import lines_of
from zhongchuang.records.views.requests import answered, send

PURPOSE = "procedures.sign_together"


@login_required
def sign_together(request):
    """The proposals that were chosen in the queue, each with what is open; signed once."""
    me = acting(request)
    form = TogetherForm(posted(request))
    cases = [] if may_sign_together(me) else chosen(request, me, form)
    sent = as_sent(cases)
    form.fields["chosen"].initial = sent
    page = {
        "template": "procedures/sign_together.html",
        "button": _("Sign all of them"),
        "lines": lines_of(cases, me),
    }
    shown = send(
        request, form, partial(signed, me), purpose=PURPOSE, key=hashlib.sha256(sent.encode()).hexdigest()[:32],
        title=_("Sign together"), done=_("It was carried out: what became of each case stands below."), page=page,
        refusal=may_sign_together(me) or (None if cases else NONE_LEFT),
    )  # fmt: skip
    if address := answered(request, form, PURPOSE) if request.method == "POST" else None:
        key = address.rstrip("/").rpartition("/")[2]
        actions.carry_out(Signing.objects.visible_to(me).get(key=key), by=me)
    return shown


def chosen(request, me, form):
    """The cases that the page is about: those that it showed when it is sent, else those that were ticked, or all of the page."""
    if form.is_bound:
        sent = form.cleaned_data.get("chosen", {}) if form.is_valid() else {}
        return list(named(me, list(sent)))
    waiting, shown = proposals_for(me), ticked(request, "shown")
    if "all" not in request.GET:
        waiting = waiting.filter(pk__in=ticked(request, "case"))
    elif shown:
        waiting = waiting.filter(pk__in=shown)
    return [one for one in waiting[:MOST] if may_sign_with_others(me, one) is None]


def ticked(request, name):
    """Keys of cases in the address, as the boxes of a list send them."""
    return [int(one) for one in request.GET.getlist(name) if one.isdecimal() and len(one) < 19]  # fmt: skip


def named(me, keys):
    """The cases that the reader sees, of these keys."""
    found = Case.objects.visible_to(me).filter(pk__in=keys).in_turn()
    return found.select_related("rules", "space__region", "operator", "department", "officer")


def signed(me, *, chosen, words=""):
    """Keep the signature under what was shown; a case that left the reader's reach meanwhile is not among it."""
    return actions.sign_together([(one, chosen[one.pk]) for one in named(me, list(chosen))], by=me, words=words)  # fmt: skip


@login_required
@require_safe
def signing(request, key):
    """What became of each case of one's own signature."""
    held = get_object_or_404(Signing.objects.visible_to(acting(request)), key=key)
    rows = list(held.lines())
    page = {
        "signing": held,
        "signed": [one for one in rows if one.done and not one.refusal],
        "refused": [one for one in rows if one.refusal],
        "waiting": [one for one in rows if not one.done],
    }
    return render(request, "procedures/signing.html", page)
