"""The operator: on which conditions it takes applications, which wait, and what becomes of each."""

from functools import partial
from io import BytesIO

import segno
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhongchuang.admission import actions
from zhongchuang.admission.access import (
    CLOSED,
    may_call,
    may_decide,
    may_move_in,
    may_refuse,
    may_reveal,
    takes_applications,
)
from zhongchuang.admission.forms import CallForm, LookForm, WordsForm
from zhongchuang.admission.models import Application, Call
from zhongchuang.admission.models.applications import run_by
from zhongchuang.audit.models import Entry
from zhongchuang.organisations.access import acting
from zhongchuang.organisations.views import posted
from zhongchuang.page.errors import refused
from zhongchuang.page.paging import page_of
from zhongchuang.page.refusal import attempt
from zhongchuang.records.views.requests import send
from zhongchuang.residents.forms import TakeInForm
from zhongchuang.residents.models import Stay
from zhongchuang.spaces.forms import RevealForm

BY = ("handed", "pk")
QUEUE = 100
"""So many of those that wait are shown at once, the oldest first."""


def own_space(request, code):
    """A space whose operator the reader works for."""
    found = run_by(acting(request)).select_related("operator", "region")
    return get_object_or_404(found, code=code)


@login_required
@require_safe
def applications(request, code):
    """What waits, the oldest first; then what was decided, the newest first."""
    space, me = own_space(request, code), acting(request)
    found, form = (
        Application.objects.visible_to(me).filter(space=space),
        LookForm(request.GET or None),
    )
    waiting = found.to_decide().order_by("handed", "pk")
    page = {
        "space": space,
        "call": Call.objects.current(space),
        "is_open": takes_applications(space) is not None,
        "address": public_address(space),
        "waiting": waiting[:QUEUE],
        "count": waiting.count(),
        "form": form,
        "page": page_of(narrowed(found.exclude(pk__in=waiting.values("pk")), form), request, by=BY),
        "narrowed": form.is_bound and form.is_valid() and any(form.cleaned_data.values()),
        "may_call": may_call(me, space) is None,
    }
    return render(request, "admission/applications.html", page)


def narrowed(rows, form):
    """The decided applications that the form asks for."""
    given = form.cleaned_data if form.is_valid() else {}
    for word in given.get("q", "").split():
        rows = rows.filter(Q(name__icontains=word) | Q(number__icontains=word) | Q(product__icontains=word))  # fmt: skip
    return rows.filter(state=given["state"]) if given.get("state") else rows


@login_required
def call(request, code):
    """If and on which conditions a space takes applications."""
    space, me = own_space(request, code), acting(request)
    current = Call.objects.current(space)
    form = CallForm(
        posted(request), instance=current or Call(space=space), initial={"version": current.number + 1 if current else 1}
    )  # fmt: skip
    page = {"template": "admission/call.html", "space": space, "call": current}
    return send(
        request, form, partial(actions.set_call, space, by=me), purpose="admission.call", key=code, title=space.name,
        done=_("It holds from now on."), page=page, to=("admission:applications", code), refusal=may_call(me, space),
    )  # fmt: skip


@login_required
@require_safe
def poster(request, code):
    """A sheet to print and hang up: the address of the form as a QR code."""
    space = own_space(request, code)
    if takes_applications(space) is None:
        return refused(request, CLOSED)
    return render(
        request, "admission/poster.html", {"space": space, "address": public_address(space)}
    )


@login_required
@require_safe
def qr(request, code):
    """The address of the form as a picture for cameras."""
    picture = BytesIO()
    segno.make(public_address(own_space(request, code)), error="m").save(picture, kind="svg", scale=6, border=2)  # fmt: skip
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")


def public_address(space):
    return settings.SITE_ADDRESS + reverse("admission:apply", args=[space.code])


def seen_application(request, key):
    found = Application.objects.visible_to(acting(request))
    found = found.select_related("space__operator", "space__region", "call", "stay__resident", "decided_by")  # fmt: skip
    return get_object_or_404(found, key=key)


@login_required
@require_safe
def application(request, key):
    """What the applicant handed in, with the conditions beside it and what happened to it."""
    it, me = seen_application(request, key), acting(request)
    asked = {
        "decide": may_decide,
        "refuse": may_refuse,
        "move_in": may_move_in,
        "reveal": may_reveal,
    }
    page = {
        "it": it,
        "space": it.space,
        "may": {name: may(me, it) is None for name, may in asked.items()},
        "history": Entry.objects.about(it).order_by("-number")[:50],
        "others": others(it),
    }
    return render(request, "admission/application.html", page)


def others(it):
    """Earlier applications of the same code or address to the same space: whom one knows already."""
    same = Q(email=it.email) | Q(credit_code=it.credit_code) & ~Q(credit_code="")
    found = Application.objects.handed_in().filter(same, space=it.space).exclude(pk=it.pk)
    return found.order_by("-handed")[:5]


def moved(request, key, act, may, *, button, done, **words):
    """The page of a decision; `words` say what is asked."""
    it, me = seen_application(request, key), acting(request)
    form = WordsForm(posted(request), initial={"version": it.version}, **words)
    page = {"template": "admission/decide.html", "it": it, "space": it.space, "button": button}
    return send(
        request, form, partial(act, it, by=me), purpose=f"admission.{act.__name__}", key=key, title=str(it),
        done=done, page=page, to=it, refusal=may(me, it),
    )  # fmt: skip


@login_required
def interview(request, key):
    return moved(
        request, key, actions.invite_to_talk, may_decide, button=_("Invite to talk"),
        done=_("The applicant was told."), label=_("When, where and with whom"),
        hint=_("The applicant reads this in a letter."),
    )  # fmt: skip


@login_required
def admit(request, key):
    return moved(
        request, key, actions.admit, may_decide, button=_("Admit to the space"), done=_("The applicant was told. Next, take the resident in."),
        label=_("What comes next"), hint=_("The applicant reads this in a letter: when to come, which papers to bring."), required=False,
    )  # fmt: skip


@login_required
def refuse(request, key):
    return moved(
        request, key, actions.refuse, may_refuse, button=_("Do not admit"), done=_("The applicant was told why."),
        label=_("Why it is not admitted"), hint=_("The applicant reads this in a letter. Name the condition that is not met, and what would help."),
    )  # fmt: skip


PREFILLED = ("kind", "name", "credit_code", "founder_kind", "desks", "product", "people")


@login_required
def take_in(request, key):
    """The door of the residents, with what the applicant wrote filled in."""
    it, me = seen_application(request, key), acting(request)
    initial = {name: getattr(it, name) for name in PREFILLED} | {"founder": it.contact}
    form = TakeInForm(posted(request), by=me, space=it.space, instance=Stay(space=it.space), initial=initial)  # fmt: skip
    page = {"template": "admission/take_in.html", "it": it, "space": it.space}
    return send(
        request, form, partial(moved_in, it, by=me), purpose="admission.take_in", key=key, title=str(it),
        done=_("It stands in the ledger of residents."), page=page, to=it, refusal=may_move_in(me, it),
    )  # fmt: skip


def moved_in(it, *, by, version=None, **given):  # noqa: ARG001 -- a new stay has no version yet
    return actions.move_in(it, by=by, seen=it.version, **given)


@login_required
def reveal(request, key):
    """Open the telephone number: shown on the answer to this one request, and nowhere else."""
    it, me = seen_application(request, key), acting(request)
    if refusal := may_reveal(me, it):
        return refused(request, refusal)
    form = RevealForm(posted(request), row=it)
    page = {"it": it, "space": it.space, "back": reverse("admission:application", args=[key])}
    if form.is_valid():
        given = form.cleaned_data
        page["seen"] = attempt(form, partial(actions.reveal_number, it, by=me, **given))
        page["label"] = Application._meta.get_field(given["field"]).verbose_name
    return render(request, "admission/reveal.html", page | {"form": form})
