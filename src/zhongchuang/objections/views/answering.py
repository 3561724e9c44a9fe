"""Officials of the department: one objection, its answer, and what becomes of the case."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhongchuang.audit.models import Entry
from zhongchuang.files.names import attachment
from zhongchuang.objections import actions
from zhongchuang.objections.access import (
    may_look_into,
    may_propose,
    may_reveal,
    may_settle,
    may_sign,
)
from zhongchuang.objections.forms import NO_NAMES, AnswerForm, SignForm, WordsForm
from zhongchuang.objections.models import Objection
from zhongchuang.objections.shown import condition_name
from zhongchuang.organisations.access import acting
from zhongchuang.organisations.views import posted
from zhongchuang.page.errors import refused
from zhongchuang.page.refusal import Refused, attempt
from zhongchuang.policy.procedure import REOPEN, UPHOLD
from zhongchuang.procedures.access import found_move
from zhongchuang.procedures.views.case import about, seen_case
from zhongchuang.records.access import may_open
from zhongchuang.records.views.evidence import served
from zhongchuang.records.views.requests import send
from zhongchuang.spaces.forms import RevealForm

MAY = {"look_into": may_look_into, "propose": may_propose, "sign": may_sign, "reveal": may_reveal}


def seen(request, key):
    """An objection that the reader may see, or 404."""
    found = Objection.objects.visible_to(acting(request)).select_related(
        "case__rules", "case__space__region", "case__operator", "case__department", "department", "proposed_by", "signed_by",
    )  # fmt: skip
    return get_object_or_404(found, key=key)


def page_of(it, me):
    return about(it.case, me) | {
        "it": it, "place": condition_name(it.case, it.place), "exhibits": it.exhibits.select_related("content"),
    }  # fmt: skip


@login_required
@require_safe
def objection(request, key):
    """An objection as the officials of its department read it; who made it is opened on purpose."""
    it, me = seen(request, key), acting(request)
    page = page_of(it, me) | {
        "may": {name: may(me, it) is None for name, may in MAY.items()},
        "may_settle": may_settle(me, it.case) is None,
        "history": Entry.objects.about(it).order_by("-number")[:50],
    }
    return render(request, "objections/objection.html", page)


@login_required
@require_safe
def exhibit(request, key, exhibit):
    """A file of an objection, which the browser is told to save and never to run."""
    found = get_object_or_404(seen(request, key).exhibits.select_related("content"), key=exhibit)
    if refusal := may_open(found):
        return refused(request, refusal)
    return served(request, found, found.content.media_type, attachment(found.name))


@login_required
@require_POST
def look_into(request, key):
    """Note that it is being looked into."""
    it = seen(request, key)
    try:
        actions.look_into(it, by=acting(request), version=it.version)
    except Refused as fault:
        return refused(request, fault.refusal)
    return redirect(it)


def verb(request, key, form, act, may, *, button, done, **more):
    """The page of a verb on an objection."""
    it, me = seen(request, key), acting(request)
    filled = form(posted(request), initial={"version": it.version, "words": it.words if form is AnswerForm else ""}, **more)  # fmt: skip
    page = page_of(it, me) | {"template": "objections/verb.html", "button": button}
    return send(
        request, filled, partial(act, it, by=me), purpose=f"objections.{act.__name__}", key=str(key), title=str(it),
        done=done, page=page, to=it, refusal=may(me, it),
    )  # fmt: skip


@login_required
def propose(request, key):
    """Propose the answer, with reasons."""
    return verb(request, key, AnswerForm, actions.propose, may_propose, button=_("Propose the answer"), done=_("It was proposed; a second person signs it."))  # fmt: skip


@login_required
def sign(request, key):
    """Sign the proposed answer."""
    return verb(request, key, SignForm, actions.sign, may_sign, button=_("Sign the answer"), done=_("The answer was signed; who objected was told."))  # fmt: skip


@login_required
def send_back(request, key):
    """Send the proposed answer back."""
    return verb(request, key, WordsForm, actions.send_back, may_sign, button=_("Send back"), done=_("It was sent back."), hint=_("Your colleagues read it in the course of the objection."))  # fmt: skip


@login_required
def reveal(request, key):
    """Open who objected: shown on the answer to this one request, and nowhere else."""
    it, me = seen(request, key), acting(request)
    form = RevealForm(posted(request), row=it)
    page = page_of(it, me) | {"form": form, "back": it.get_absolute_url()}
    if form.is_valid():
        page["seen"] = attempt(form, partial(actions.reveal_identity, it, by=me, **form.cleaned_data))  # fmt: skip
        page["label"] = Objection._meta.get_field(form.cleaned_data["field"]).verbose_name
    return render(request, "objections/reveal.html", page)


def buttons():
    return {
        UPHOLD: (_("Do not grant"), _("The case was refused; the operator was told.")),
        REOPEN: (_("Back to the step before the notice"), _("The case went back to the step before the notice.")),
    }  # fmt: skip


@login_required
def settle(request, key, name):
    """Decide on a case of which an objection was upheld."""
    case, me = seen_case(request, key), acting(request)
    if name not in buttons():
        raise Http404
    refusal = may_settle(me, case)
    if refusal is None and found_move(case, name) is None:
        raise Http404
    button, done = buttons()[name]
    form = WordsForm(posted(request), initial={"version": case.version}, hint=NO_NAMES)
    page = about(case, me) | {"template": "procedures/verb.html", "button": button, "look": "btn-danger" if name == UPHOLD else "btn-primary"}  # fmt: skip
    return send(
        request, form, partial(actions.settle, case, name, by=me), purpose="objections.settle", key=f"{key}.{name}",
        title=str(case), done=done, page=page, to=case, refusal=refusal,
    )  # fmt: skip
