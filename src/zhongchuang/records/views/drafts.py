"""Drafts: what a form offers, where its text is kept while one types, and what becomes of it when the session ends."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.apps import apps
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import JsonResponse, QueryDict, UnreadablePostError
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zhongchuang.audit.actions import SECRET_NAMES, sealed_names
from zhongchuang.organisations.access import acting
from zhongchuang.page import errors
from zhongchuang.page.refusal import Refused
from zhongchuang.records import actions
from zhongchuang.records.models import Draft
from zhongchuang.records.models.drafts import Place

TOKEN, VERSION, WINDOW = "draft", "draft_version", "draft_window"
NOT_KEPT = {TOKEN, VERSION, WINDOW, "request_key"}
LONGEST_NUMBER = 9
UNREADABLE = (UnreadablePostError, RequestDataTooBig, TooManyFieldsSent)


# --- what a form page does ------------------------------------------------------------------------


@dataclass(frozen=True)
class Offer:
    """What the form shows of its draft, and the hidden fields that say whose text it is."""

    place: Place
    version: int
    window: str
    saved: datetime | None = None
    pk: int | None = None
    others: tuple = ()
    """Labels with the values of another window, where two were typed in."""
    note: str = "records/draft_note.html"
    state: str = "records/draft_state.html"

    def drop(self):
        """The form was sent; call this in the transaction of what was sent."""
        actions.drop_draft(self.place)


def offer(request, form, *, purpose, key="", title=""):
    """Fill a new form with its draft, if there is one; what the page's `draft` is.

    `purpose` names the form, `key` what it is about; `title` stands in the list of drafts.
    """
    me = acting(request)
    own = me.organisation.pk if me.organisation else None
    place = Place(me.pk, own, purpose, str(key), request.get_full_path()[:500], str(title)[:200], sealed_in(form))  # fmt: skip
    if form.is_bound:
        return Offer(place, number(request.POST.get(VERSION)), request.POST.get(WINDOW, "")[:36])
    draft, window = Draft.objects.visible_to(me).at(place).first(), str(uuid.uuid4())
    if draft is None:
        return Offer(place, 0, window)
    restore(form, draft.aside or draft.fields)
    others = differences(form, draft.fields) if draft.aside else ()
    return Offer(place, draft.version, window, draft.saved, draft.pk, others)


def sealed_in(form):
    """The names that the form sends for what is sealed: by the class of their entry, or as a field of its app is called."""
    return tuple(sorted(form.add_prefix(name) for name, field in form.fields.items() if is_sealed(form, name, field)))  # fmt: skip


def is_sealed(form, name, field):
    if getattr(field, "is_sealed", False):
        return True
    installed = apps.get_containing_app_config(type(form).__module__)
    models = [getattr(getattr(form, "_meta", None), "model", None), *(installed.get_models() if installed else ())]  # fmt: skip
    return any(name in sealed_names(model) for model in models if model)


def restore(form, fields):
    """The values of a draft as those that the form begins with."""
    data = posted_again(fields)
    for name, field in form.fields.items():
        known = form.add_prefix(name)
        if is_kept(field, known) and not field.widget.value_omitted_from_data(data, {}, known):
            form.initial[name] = field.widget.value_from_datadict(data, {}, known)


def is_kept(field, name):
    apart = isinstance(field, forms.FileField) or isinstance(field.widget, forms.PasswordInput)
    return not (apart or field.disabled or name in NOT_KEPT or SECRET_NAMES.search(name))


def posted_again(fields):
    data = QueryDict(mutable=True)
    for name, values in fields.items():
        data.setlist(name, values)
    return data


def differences(form, fields):
    """Labels and values where `fields` say something else than the form."""
    data = posted_again(fields)
    found = []
    for name, field in form.fields.items():
        known = form.add_prefix(name)
        if is_kept(field, known) and not field.widget.is_hidden:
            other = field.widget.value_from_datadict(data, {}, known)
            if other != form.initial.get(name):
                found.append((field.label, shown(field, other)))
    return tuple(found)


def shown(field, value):
    """A value as its reader knows it: a choice by its name."""
    words = {str(key): str(label) for key, label in getattr(field, "choices", ())}
    values = value if isinstance(value, list) else [value]
    return ", ".join(words.get(str(one), str(one)) for one in values if one not in (None, ""))


def number(text):
    return int(text) if text and text.isdecimal() and len(text) < LONGEST_NUMBER else 0


# --- where the text is kept -----------------------------------------------------------------------


def kept_of(request):
    """The place that the form names, and its fields; files, passwords, secrets and what is sealed are never kept."""
    place = Place.read(request.POST.get(TOKEN))
    apart = NOT_KEPT.union(place.apart if place else ())
    fields = {
        name: [value.replace("\0", "") for value in values]  # PostgreSQL stores no such sign
        for name, values in request.POST.lists()
        if name not in apart and not SECRET_NAMES.search(name)
    }
    given = {
        "version": number(request.POST.get(VERSION)), "window": request.POST.get(WINDOW, "")[:36],
    }  # fmt: skip
    return place, fields, given


@require_http_methods(["GET", "HEAD", "POST"])
def drafts(request):
    """One's drafts; or keep one: for the script of the page, or by its button."""
    if request.method == "POST":
        return save_by_script(request) if "X-Draft" in request.headers else save_by_button(request)
    if not request.user.is_authenticated:
        return redirect_to_login(request.path)
    found = Draft.objects.visible_to(acting(request))
    return render(request, "records/drafts.html", {"drafts": found[: actions.drafts.MOST]})


def save_by_script(request):
    """Answers with the version and the clock; 401 where the session is over, 409 with what another window saved."""
    place, fields, given = kept_of(request)
    if not request.user.is_authenticated:
        return JsonResponse({"error": "signed_out"}, status=401)
    if place is None or place.user != request.user.pk:
        return JsonResponse({"error": "other_person"}, status=403)
    try:
        draft = actions.save_draft(place, fields, **given)
    except actions.Overtaken as overtaken:
        return JsonResponse(told(overtaken.draft) | {"error": "overtaken"}, status=409)
    except Refused as refused:
        answer = {"error": refused.refusal.code, "text": str(refused)}
        return JsonResponse(answer, status=refused.refusal.status)
    return JsonResponse(told(draft))


def told(draft):
    if draft is None:
        return {"version": 0, "fields": {}, "saved": ""}
    saved = f"{timezone.localtime(draft.saved):%H:%M:%S}"
    return {"version": draft.version, "fields": draft.fields, "saved": saved}


def save_by_button(request):
    """Without a script: keep what was typed and show the form again; where another window was first, both."""
    place, fields, given = kept_of(request)
    if place is None or (request.user.is_authenticated and place.user != request.user.pk):
        return errors.unreadable(request)
    if not request.user.is_authenticated:
        return redirect_to_login(place.path)
    try:
        draft = actions.keep(place, fields, **given)
    except Refused as refused:
        return errors.refused(request, refused.refusal)
    clock = f"{timezone.localtime(draft.saved):%H:%M:%S}"
    messages.success(
        request,
        _("Saved at %(clock)s, not yet sent. Go on whenever you like, on any computer.")
        % {"clock": clock},
    )
    return redirect(place.path)


@login_required
@require_POST
def discard(request, pk):
    """Drop a draft; nothing was sent with it."""
    draft = get_object_or_404(Draft.objects.visible_to(acting(request)), pk=pk)
    draft.delete()
    messages.success(request, _("The draft was discarded."))
    return redirect("records:drafts" if "list" in request.POST else draft.path)


# --- when the session has ended -------------------------------------------------------------------


def kept_through(request):
    """Keep what a form brought that cannot be accepted now; the place where its owner finds it, or None.

    The signed place says whose text it is. Nobody else sees it, and whoever is signed in as another changes nothing.
    """
    try:
        place, fields, given = kept_of(request)
        if place is None or (request.user.is_authenticated and place.user != request.user.pk):
            return None
        actions.keep(place, fields, **given)
    except (Refused, *UNREADABLE):
        return None
    return place


def keep_posted(get_response):
    """Keeps what a form brought after the session had ended, and leads back to it through the sign-in (U-01)."""

    def middleware(request):
        response = get_response(request)
        away = response.headers.get("Location", "").startswith(resolve_url(settings.LOGIN_URL))
        if away and request.method == "POST" and (place := kept_through(request)):
            return redirect_to_login(place.path)
        return response

    return middleware


def form_expired(request, reason=""):
    """A form whose key has expired: what it brought is shown again with a new key, where we know whose it is."""
    place = None if "X-Draft" in request.headers else kept_through(request)
    if place is None:
        return errors.form_expired(request, reason)
    messages.info(
        request,
        _(
            "The form was open for too long to be accepted. What you entered is kept; send it again."
        ),
    )
    return redirect(place.path)
