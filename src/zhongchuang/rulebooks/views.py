"""Packs of a department: handed in and looked through, tried on the register, proposed and activated."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhongchuang.files.names import attachment
from zhongchuang.gap.packs import all_packs, own_packs
from zhongchuang.organisations.access import acting
from zhongchuang.organisations.views import posted
from zhongchuang.page.errors import refused
from zhongchuang.page.paging import page_of
from zhongchuang.page.refusal import Refused
from zhongchuang.page.visitor import limited
from zhongchuang.records.views.requests import send
from zhongchuang.rulebooks import actions
from zhongchuang.rulebooks.access import may_decide, may_hand_in, may_propose
from zhongchuang.rulebooks.archive import archive
from zhongchuang.rulebooks.dryrun import dry_run, running
from zhongchuang.rulebooks.forms import DecideForm, FilesForm, ProposeForm
from zhongchuang.rulebooks.models import Activation, Rulebook
from zhongchuang.rulebooks.reading import Faulty, files_of

SHOWN = 20


@login_required
@require_safe
def rulebooks(request):
    """The packs that one's department handed in, the newest first, and what was proposed."""
    me = acting(request)
    found = Rulebook.objects.visible_to(me).select_related("kept_by")
    page = {
        "page": page_of(found, request, by=("kept", "pk")),
        "activations": Activation.objects.visible_to(me).select_related("rulebook")[:SHOWN],
        "may_hand_in": may_hand_in(me) is None,
    }
    return render(request, "rulebooks/rulebooks.html", page)


@login_required
def hand_in(request):
    """Hand a pack in; what is wrong in it is told in full, and nothing is kept then."""
    me = acting(request)
    if refusal := may_hand_in(me):
        return refused(request, refusal)
    form, faults = FilesForm(posted(request), request.FILES or None), []
    if request.method == "POST" and form.is_valid():
        try:
            texts = files_of(form.cleaned_data["pack"], form.cleaned_data["cases"])
            return redirect(actions.keep(texts, by=me))
        except Faulty as found:
            faults = found.faults
        except Refused as fault:
            field = fault.refusal.field
            form.add_error(field if field in form.fields else None, str(fault.refusal))
    return render(request, "rulebooks/hand_in.html", {"form": form, "faults": faults, "button": _("Look the pack through")})  # fmt: skip


def kept(request, key):
    """A pack of one's own department, or 404."""
    return get_object_or_404(Rulebook.objects.visible_to(acting(request)), key=key)


@login_required
@require_safe
def rulebook(request, key):
    """A kept pack, tried on the register of its region."""
    book, me = kept(request, key), acting(request)
    today = timezone.localdate()
    page = about(book) | {
        "tried": dry_run(book.rules, today),
        "on": today,
        "may_propose": may_propose(me, book.rules) is None,
        "may_end": may_propose(me, book.rules) is None and is_activated(book.pack),
        "activations": book.activations.select_related("proposed_by", "decided_by"),
    }
    return render(request, "rulebooks/rulebook.html", page)


@require_safe
@limited
def archived(request, pack, digest):
    """A pack as a folder: open to everybody once it was activated, before that to the department that handed it in."""
    books = Rulebook.objects.filter(pack=pack, digest=digest).select_related("department")
    book = get_object_or_404(books)
    held = book.activations.signed().filter(starts__lte=timezone.localdate()).exists()
    if not held and not Rulebook.objects.visible_to(acting(request)).filter(pk=book.pk).exists():
        raise Http404
    answer = HttpResponse(archive(book), content_type="application/zip")
    answer.headers["Content-Disposition"] = attachment(f"{book.pack}-{book.version}.zip")
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def is_activated(pack_id):
    """Whether a pack holds that a department activated."""
    now = all_packs().get(pack_id)
    return now is not None and now is not own_packs().get(pack_id)


def about(book):
    """What every page of a pack shows."""
    now = all_packs().get(book.pack)
    return {"book": book, "pack": book.rules, "now": now, "running": running(book.pack)}


@login_required
def propose(request, key):
    """Propose from when a kept pack holds."""
    book, me = kept(request, key), acting(request)
    form = ProposeForm(posted(request))
    page = about(book) | {"template": "rulebooks/propose.html", "button": _("Propose")}  # fmt: skip
    return send(
        request, form, partial(actions.propose, book, by=me), purpose="rulebooks.propose", key=str(key), title=str(book),
        done=_("It was proposed; an approver of your department decides."), page=page, refusal=may_propose(me, book.rules),
    )  # fmt: skip


@login_required
def end(request, pack):
    """Propose that the product's own pack holds again, or none."""
    me, now = acting(request), all_packs().get(pack)
    if not is_activated(pack):
        raise Http404
    form = ProposeForm(posted(request))
    page = {"template": "rulebooks/propose.html", "button": _("Propose the end"), "pack": now, "now": now, "running": running(pack)}  # fmt: skip
    return send(
        request, form, partial(actions.propose_end, now, by=me), purpose="rulebooks.end", key=pack, title=pack,
        done=_("It was proposed; an approver of your department decides."), page=page, refusal=may_propose(me, now),
    )  # fmt: skip


@login_required
def activation(request, key):
    """What was proposed: read, activated or not."""
    me = acting(request)
    found = Activation.objects.visible_to(me).select_related("rulebook", "proposed_by", "decided_by", "department")  # fmt: skip
    held = get_object_or_404(found, key=key)
    refusal = may_decide(me, held)
    form = DecideForm(posted(request), initial={"version": held.version})
    page = {
        "template": "rulebooks/activation.html",
        "activation": held,
        "button": _("Decide"),
        "may_decide": refusal is None,
        "running": running(held.pack),
        "tried": dry_run(held.rulebook.rules, timezone.localdate())
        if held.rulebook and held.is_open
        else [],
    }
    if request.method == "GET" and refusal:
        return render(request, page.pop("template"), page)
    return send(
        request, form, partial(decided, held, me), purpose="rulebooks.activation", key=str(key), title=str(held),
        done=_("It was decided."), page=page, to=held, refusal=refusal,
    )  # fmt: skip


def decided(activation, me, *, version, agrees, words=""):
    return actions.decide(activation, by=me, version=version, agrees=agrees == "yes", words=words)
