"""The desk: the lists of an official by address, and cases handed over together."""

import hashlib
from functools import partial

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhongchuang.organisations.access import acting
from zhongchuang.organisations.views import posted
from zhongchuang.page.paging import page_of
from zhongchuang.procedures import actions
from zhongchuang.procedures.access import may_hand_over
from zhongchuang.procedures.access_signing import NONE_LEFT, may_hand_over_together
from zhongchuang.procedures.actions.colleagues import colleagues_in
from zhongchuang.procedures.desk import DONE, MINE, NAMES, SOON, courses, rows_of, tabs
from zhongchuang.procedures.forms_desk import DeskForm, HandingForm
from zhongchuang.procedures.forms_signing import MOST, as_sent
from zhongchuang.procedures.models import Handing
from zhongchuang.procedures.together import given_away, marked
from zhongchuang.procedures.views.signing import named, ticked
from zhongchuang.records.views.requests import answered, send

PURPOSE = "procedures.hand_over_together"


@login_required
@require_safe
def queue(request):
    """One list of the desk by its address: what waits for one's own hand unless another is asked for."""
    me, lists = acting(request), tabs(acting(request))
    form = filter_of(request, me)
    asked = form.asked
    tab = request.GET.get("tab") if request.GET.get("tab") in lists else lists[0]
    found = {one: rows_of(one, me, asked) for one in lists}
    rows, by, rising = found[tab]
    page = page_of(rows, request, by=by, rising=rising, size=MOST)
    counts = {one: held.count() for one, (held, _by, _rising) in found.items()}
    shown = {
        "tab": tab,
        "tabs": [(one, NAMES[one], counts[one]) for one in lists],
        "name": NAMES[tab],
        "count": counts[tab],
        "page": page,
        "form": form,
        "narrowed": asked.q or asked.at,
        "acts": tab == DONE,
    }
    return render(request, "procedures/queue.html", shown | choosing(page.rows, me, tab))


def filter_of(request, me):
    """The filter of the address, which is kept until one signs out; without one that of the last time."""
    name, fields = f"desk.{me.post.pk if me.post else 0}", DeskForm.base_fields
    if fields.keys() & request.GET.keys():
        kept = {one: request.GET.get(one, "")[:100] for one in fields}
        if kept != request.session.get(name):
            request.session[name] = kept
    return DeskForm(request.session.get(name, {}), courses=courses(me))


def choosing(rows, me, tab):
    """Which cases of a list may be chosen: to sign proposals, or to hand cases over."""
    if tab not in {MINE, SOON}:
        return {}
    rows = given_away(marked(rows, me) if tab == MINE else rows, me)
    together = any(one.proposed and not one.together for one in rows) if tab == MINE else False
    giving = any(one.given_away for one in rows)
    return {"together": together, "giving": giving, "choosing": together or giving or (tab == MINE and any(one.proposed for one in rows))}  # fmt: skip


@login_required
def hand_over_together(request):
    """The cases that were chosen at the desk, handed to one colleague."""
    me = acting(request)
    people = [] if may_hand_over_together(me) else colleagues_in(me)
    form = HandingForm(posted(request), people=people)
    cases = [] if may_hand_over_together(me) else chosen(request, me, form)
    sent = as_sent(cases)
    form.fields["chosen"].initial = sent
    page = {"template": "procedures/hand_over_together.html", "button": _("Hand all of them over"), "cases": cases}  # fmt: skip
    shown = send(
        request, form, partial(handed, me), purpose=PURPOSE, key=hashlib.sha256(sent.encode()).hexdigest()[:32],
        title=_("Hand over together"), done=_("It was carried out: what became of each case stands below."), page=page,
        refusal=may_hand_over_together(me) or (None if cases else NONE_LEFT),
    )  # fmt: skip
    if address := answered(request, form, PURPOSE) if request.method == "POST" else None:
        key = address.rstrip("/").rpartition("/")[2]
        actions.hand_out(Handing.objects.visible_to(me).get(key=key), by=me)
    return shown


def chosen(request, me, form):
    """The cases that the page is about: those that it showed when it is sent, else those that were ticked."""
    if form.is_bound:
        form.full_clean()
        return list(named(me, list(form.cleaned_data.get("chosen", {}))))
    return [one for one in named(me, ticked(request, "case"))[:MOST] if may_hand_over(me, one) is None]  # fmt: skip


def handed(me, *, chosen, colleague, words=""):
    """Keep what was shown; a case that left the reader's reach meanwhile is not among it."""
    pairs = [(one, chosen[one.pk]) for one in named(me, list(chosen))]
    return actions.hand_over_together(pairs, by=me, colleague=colleague, words=words)


@login_required
@require_safe
def handing(request, key):
    """What became of each case that one handed over together."""
    held = get_object_or_404(Handing.objects.visible_to(acting(request)).select_related("colleague"), key=key)  # fmt: skip
    lines = held.lines()
    page = {
        "handing": held,
        "over": [case for case, stayed in lines if stayed == ""],
        "stayed": [one for one in lines if one[1]],
        "waiting": [case for case, stayed in lines if stayed is None],
    }
    return render(request, "procedures/handing.html", page)
