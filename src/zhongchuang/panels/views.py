"""The panel of a case for its department, and the page of an expert: what is to be judged, and the opinion."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhongchuang.files.names import attachment
from zhongchuang.gap.matrix import cells
from zhongchuang.organisations.access import acting
from zhongchuang.organisations.views import posted
from zhongchuang.page.errors import refused
from zhongchuang.page.paging import page_of
from zhongchuang.page.refusal import Refused
from zhongchuang.panels import actions
from zhongchuang.panels.access import (
    asks_opinions,
    may_give,
    may_name,
    may_read_files,
    may_take_out,
    reads_panel,
    shows_opinions,
)
from zhongchuang.panels.beside import latest
from zhongchuang.panels.conflicts import free
from zhongchuang.panels.forms import LeaveForm, NameForm, OpinionForm
from zhongchuang.panels.models import Seat
from zhongchuang.policy.answer import tested
from zhongchuang.procedures.access import sees_judging
from zhongchuang.procedures.judging import answer, facts_of
from zhongchuang.procedures.views.case import about, application, seen_case
from zhongchuang.records.access import may_open
from zhongchuang.records.views import evidence as files
from zhongchuang.records.views.requests import send


def panel_of(case):
    """The places of the review that runs, or of the last one."""
    found = Seat.objects.of_round(case) if asks_opinions(case) else latest(case)
    return list(found.select_related("expert", "case").order_by("named", "pk"))


@login_required
def panel(request, key):
    """The experts of a case, for its department: who was asked, who answered what; whose turn it is names them."""
    case, me = seen_case(request, key), acting(request)
    if not reads_panel(me):
        raise Http404
    seats, refusal = panel_of(case), may_name(me, case)
    left = actions.places_left(case) if asks_opinions(case) else 0
    form = NameForm(posted(request), pool=free(case, [one for one in seats if one.state in ("named", "given")]))  # fmt: skip
    before = Seat.objects.filter(case=case, step=case.step).exclude(arrived=case.arrived).given()
    page = about(case, me) | {
        "template": "panels/panel.html",
        "seats": [(one, may_take_out(me, one) is None) for one in seats],
        "shown": shows_opinions(case, seats),
        "left": left,
        "may_name": refusal is None and left > 0,
        "may_again": refusal is None and left > 0 and before.exists(),
        "conditions": texts_of(case),
        "button": _("Ask this expert"),
    }
    if request.method != "POST":
        return render(request, page.pop("template"), page | {"form": form})
    return send(
        request, form, partial(actions.name, case, by=me), purpose="panels.name", key=str(key), title=str(case),
        done=_("The expert was asked by letter."), page=page, to=("panels:panel", key), refusal=refusal,
    )  # fmt: skip


def texts_of(case):
    """The texts of the conditions of a case, by id."""
    rules = case.version_of_rules.set(case.course.set) if case.course.set else None
    return {one.id: one.text for one in rules.conditions()} if rules else {}


def pressed(request, key, act):
    """A button of the panel's page."""
    case, me = seen_case(request, key), acting(request)
    if not reads_panel(me):
        raise Http404
    try:
        act(case, by=me)
    except Refused as fault:
        return refused(request, fault.refusal)
    return redirect("panels:panel", key)


@login_required
@require_POST
def draw(request, key):
    """Draw the places that are left by lot."""
    return pressed(request, key, actions.draw)


@login_required
@require_POST
def again(request, key):
    """Ask those who gave their opinion before the correction."""
    return pressed(request, key, actions.name_again)


def shown_seat(request, key):
    found = Seat.objects.visible_to(acting(request)).select_related(
        "case__rules", "case__space__region", "case__operator", "case__department", "case__officer", "expert", "named_by"
    )  # fmt: skip
    return get_object_or_404(found, key=key)


def own_seat(request, key):
    """One's own place; officials read the panel instead."""
    held = shown_seat(request, key)
    if held.expert_id != request.user.pk:
        raise Http404
    return held


@login_required
@require_safe
def seats(request):
    """The reviews that were asked of an expert: those that wait first, then the newest."""
    mine = Seat.objects.filter(expert=request.user.pk).select_related("case__space", "case__rules")
    page = {
        "waiting": mine.open_for(request.user.pk).order_by("due", "pk"),
        "page": page_of(mine, request, by=("named", "pk")),
    }
    return render(request, "panels/seats.html", page)


def of_expert(request, held, me):
    """What an expert's pages show: the application as it was handed in, and its conditions; of files only while it is asked."""
    case, facts = held.case, facts_of(held.case)
    judged = answer(case, facts, judged=sees_judging(me, case))
    told = (
        about(case, me) | application(request, case, me, facts) if held.is_open else about(case, me)
    )
    return told | {
        "seat": held,
        "answer": judged if held.is_open else None,
        "conditions": list(cells(judged)) if judged and held.is_open else [],
        "may_give": may_give(me, held) is None,
    }


@login_required
@require_safe
def seat(request, key):
    """What an expert judges by, on a phone as well; afterwards the own opinion alone."""
    held, me = own_seat(request, key), acting(request)
    return render(request, "panels/seat.html", of_expert(request, held, me))


def judged_by_hand(case):
    judged = answer(case)
    return [cell for cell in cells(judged) if tested(cell.leaf.condition).kind == "judged"] if judged else []  # fmt: skip


@login_required
def give(request, key):
    """Write the opinion."""
    held, me = own_seat(request, key), acting(request)
    form = OpinionForm(posted(request), cells=judged_by_hand(held.case), initial={"version": held.version})  # fmt: skip
    page = about(held.case, me) | {
        "template": "panels/form.html",
        "seat": held,
        "button": _("Give the opinion"),
    }
    return send(
        request, form, partial(given, held, form, me), purpose="panels.give", key=str(key), title=str(held.case),
        done=_("Your opinion was given."), page=page, to=held, refusal=may_give(me, held),
    )  # fmt: skip


def given(seat, form, me, *, version, conclusion, words, **_judged):
    return actions.give(
        seat, by=me, version=version, conclusion=conclusion, words=words, judged=form.judged
    )


@login_required
def recuse(request, key):
    """Give the place up."""
    held, me = own_seat(request, key), acting(request)
    form = LeaveForm(posted(request), initial={"version": held.version})
    page = about(held.case, me) | {
        "template": "panels/form.html",
        "seat": held,
        "button": _("Give the place up"),
    }
    return send(
        request, form, partial(actions.recuse, held, by=me), purpose="panels.recuse", key=str(key), title=str(held.case),
        done=_("The department was told."), page=page, to=held, refusal=may_give(me, held),
    )  # fmt: skip


@login_required
def take_out(request, key):
    """Take an expert out, for the department."""
    held, me = shown_seat(request, key), acting(request)
    if not reads_panel(me):
        raise Http404
    form = LeaveForm(posted(request), initial={"version": held.version})
    page = about(held.case, me) | {
        "template": "procedures/verb.html",
        "button": _("Take this expert out"),
    }
    return send(
        request, form, partial(actions.take_out, held, by=me), purpose="panels.take_out", key=str(key), title=str(held.case),
        done=_("The place is free again."), page=page, to=("panels:panel", held.case.key), refusal=may_take_out(me, held),
    )  # fmt: skip


@login_required
@require_safe
def file_(request, key, file):
    """A file of the application, for an expert who owes the opinion."""
    held, me = own_seat(request, key), acting(request)
    if refusal := may_read_files(me, held):
        return refused(request, refusal)
    attached = held.case.attachments.filter(removed=None, evidence__key=file)
    found = get_object_or_404(attached.select_related("evidence__content")).evidence
    if refusal := may_open(found):
        return refused(request, refusal)
    return files.served(request, found, found.content.media_type, attachment(found.name))
