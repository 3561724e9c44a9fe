"""The applicant: what can be applied for, the parts of an application, its check, handing in, taking back."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhongchuang.gap import packpage
from zhongchuang.organisations.access import acting
from zhongchuang.organisations.models.people import APPLICANTS
from zhongchuang.organisations.views import posted
from zhongchuang.page.errors import refused
from zhongchuang.page.paging import page_of
from zhongchuang.page.refusal import Refused
from zhongchuang.page.visitor import limited
from zhongchuang.procedures import actions, checks
from zhongchuang.procedures.access import (
    is_for,
    may_begin,
    may_discard,
    may_hand_in,
    may_withdraw,
    may_write,
    may_write_at,
)
from zhongchuang.procedures.access_extending import may_propose_extension
from zhongchuang.procedures.again import earlier_files
from zhongchuang.procedures.catalogue import find_offer, for_space, offers
from zhongchuang.procedures.forms import EntriesForm, HandInForm, MaterialForm, WordsForm
from zhongchuang.procedures.models import Attachment, Case
from zhongchuang.procedures.views.case import about, seen_case
from zhongchuang.procedures.views.extending import given_for
from zhongchuang.records.actions import put_in
from zhongchuang.records.forms import Seen
from zhongchuang.records.models import Evidence
from zhongchuang.records.views.requests import send
from zhongchuang.spaces.models import Space

SPACES = 20
"""So many spaces of an operator are shown with what they can apply for."""


def own_spaces(me):
    """The registered spaces that the reader may apply for."""
    if me.organisation is None or me.role not in APPLICANTS:
        return Space.objects.none()
    found = Space.objects.run_by(me.organisation).filter(state=Space.State.CONFIRMED)
    return found.select_related("operator", "region").order_by("pk")


@login_required
@require_safe
def services(request):
    """What one's spaces can apply for today, and the applications made."""
    me, today = acting(request), timezone.localdate()
    made = Case.objects.visible_to(me).filter(operator=me.organisation) if me.organisation else Case.objects.none()  # fmt: skip
    page = {
        "spaces": [(space, for_space(space, today)) for space in own_spaces(me)[:SPACES]],
        "offers": offers(today),
        "page": page_of(made.select_related("space", "rules", "department"), request, by=("begun", "pk")),
    }  # fmt: skip
    return render(request, "procedures/services.html", page)


def offered(pack, procedure):
    """A procedure by its address, or 404."""
    offer = find_offer(pack, procedure)
    if offer is None:
        raise Http404
    return offer


@limited
@require_safe
def guide(request, pack, procedure):
    """Before one begins: conditions, materials, steps with their days, the articles. Open to everybody."""
    offer, me = offered(pack, procedure), acting(request)
    rules = offer.pack.set(offer.procedure.set) if offer.procedure.set else None
    page = {
        "offer": offer,
        "pack": offer.pack,
        "procedure": offer.procedure,
        "rules": rules,
        "conditions": packpage.shown(rules) if rules else [],
        "extensions": given_for(offer.pack, offer.procedure),
        "has_forms": any(not one.cite for one in offer.procedure.forms().values()),
        "fillable": [one for one in offer.procedure.forms().values() if one.is_filled],
        "may_extend": may_propose_extension(me, offer.pack, offer.procedure) is None,
        "spaces": [
            (space, may_begin(me, space, offer.pack, offer.procedure))
            for space in own_spaces(me)[:SPACES]
            if is_for(offer.pack, space)
        ],
    }
    return render(request, "procedures/guide.html", page)


@login_required
@require_POST
def begin(request, pack, procedure, code):
    """Begin an application for a space, or go on with the one that was begun."""
    offer, me = offered(pack, procedure), acting(request)
    space = get_object_or_404(own_spaces(me), code=code)
    try:
        return redirect(actions.begin(space, *offer.at, by=me))
    except Refused as fault:
        return refused(request, fault.refusal)


@login_required
def entries(request, key, section):
    """One section of the form: the figures of the register beside own wording."""
    case, me = seen_case(request, key), acting(request)
    held = next((one for one in case.course.sections if one.id == section), None)
    if held is None or not held.entries:
        raise Http404
    form = EntriesForm(posted(request), case=case, section=held, by=me, initial={"version": case.version})  # fmt: skip
    page = about(case, me) | {
        "template": "procedures/entries.html",
        "section": held,
        "copied": any(one.id in case.copied for one in held.entries),
    }
    return send(
        request, form, partial(actions.write, case, by=me), purpose="procedures.entries", key=f"{key}.{section}",
        title=f"{case.space.name}: {held.title['zh']}", done=_("It was saved."), page=page, to=case,
        refusal=may_write(me, case),
    )  # fmt: skip


@login_required
def material(request, key, slot):
    """Add a file as a material."""
    case, me = seen_case(request, key), acting(request)
    held = next((one for one in case.course.materials if one.id == slot), None)
    if held is None:
        raise Http404
    form = MaterialForm(posted(request), request.FILES or None, by=me, initial={"version": case.version})  # fmt: skip
    page = about(case, me) | {
        "template": "procedures/material.html",
        "material": held,
        "files": case.attachments.filter(slot=slot, removed=None).select_related("evidence__content"),
        "earlier": earlier_files(case, slot),
    }  # fmt: skip
    return send(
        request, form, partial(added, case, slot, me), purpose="procedures.material", key=f"{key}.{slot}",
        title=str(case), done=_("The file was added."), page=page, to=("procedures:material", key, slot),
        refusal=may_write_at(me, case, f"material:{slot}"),
    )  # fmt: skip


def added(case, slot, me, *, file=None, known=None, version=None):  # noqa: ARG001 -- files do not go over each other
    return actions.attach(case, by=me, slot=slot, evidence=known or put_in(file, by=me))


@login_required
@require_POST
def again(request, key, slot, file):
    """Take a file of the application before again."""
    case, me = seen_case(request, key), acting(request)
    evidence = get_object_or_404(Evidence.objects.visible_to(me), key=file)
    try:
        actions.take_again(case, by=me, slot=slot, evidence=evidence)
    except Refused as fault:
        return refused(request, fault.refusal)
    return redirect("procedures:material", key, slot)


@login_required
@require_POST
def remove(request, key, pk):
    """Take a file away from a material."""
    case, me = seen_case(request, key), acting(request)
    found = get_object_or_404(Attachment.objects.select_related("case", "evidence"), pk=pk, case=case, removed=None)  # fmt: skip
    try:
        actions.detach(found, by=me)
    except Refused as fault:
        return refused(request, fault.refusal)
    return redirect("procedures:material", key, found.slot)


@login_required
def check(request, key):
    """What stands against handing in, what the department will see, and handing in."""
    sent = posted(request)  # read in full here, so that the next line is the moment of receipt
    moment = timezone.now()
    case, me = seen_case(request, key), acting(request)
    form = HandInForm(sent, initial={"version": case.version})
    found = SimpleLazyObject(lambda: checks.check(case) if case.is_written else [])
    page = about(case, me) | {
        "template": "procedures/check.html",
        "errors": lambda: [
            one for one in found if one.is_error
        ],  # asked by the page alone: on the last evening figures cost
        "warnings": lambda: [one for one in found if not one.is_error],
    }
    return send(
        request, form, partial(actions.hand_in, case, by=me, at=moment), purpose="procedures.hand_in", key=key,
        title=str(case), done=_("It was handed in."), page=page, to=("procedures:receipt", key),
        refusal=may_hand_in(me, case),
    )  # fmt: skip


@login_required
@require_safe
def receipt(request, key):
    """That it was handed in: number, moment to the second, digest."""
    case, me = seen_case(request, key), acting(request)
    handed = case.handed_in
    if handed is None:
        raise Http404
    return render(request, "procedures/receipt.html", about(case, me) | {"handed": handed})


@login_required
def withdraw(request, key):
    """Take an application back."""
    case, me = seen_case(request, key), acting(request)
    form = WordsForm(
        posted(request), label=_("Reason"), required=False, initial={"version": case.version}
    )
    page = about(case, me) | {"template": "procedures/verb.html", "button": _("Withdraw the application"), "look": "btn-amber"}  # fmt: skip
    return send(
        request, form, partial(actions.withdraw, case, by=me), purpose="procedures.withdraw", key=key,
        title=str(case), done=_("It was withdrawn."), page=page, to=case, refusal=may_withdraw(me, case),
    )  # fmt: skip


@login_required
def discard(request, key):
    """Throw a draft away."""
    case, me = seen_case(request, key), acting(request)
    form = Seen(posted(request), initial={"version": case.version})
    page = about(case, me) | {"template": "procedures/verb.html", "button": _("Throw the draft away"), "look": "btn-amber"}  # fmt: skip
    return send(
        request, form, partial(actions.discard, case, by=me), purpose="procedures.discard", key=key,
        title=str(case), done=_("The draft is gone. The files stay in your evidence."), page=page,
        to=("procedures:services",), refusal=may_discard(me, case),
    )  # fmt: skip
