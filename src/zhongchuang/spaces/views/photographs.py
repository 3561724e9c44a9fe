"""Photographs of a space: the gallery of any day, adding with captions, order, taking down."""

from functools import partial
from http import HTTPStatus

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhongchuang.organisations.access import acting
from zhongchuang.organisations.views import do, posted
from zhongchuang.page.errors import refused
from zhongchuang.page.refusal import Refused
from zhongchuang.records.actions import hand_in
from zhongchuang.spaces import actions
from zhongchuang.spaces.access import may_edit
from zhongchuang.spaces.actions.desks import key_for
from zhongchuang.spaces.forms_plan import CaptionForm, PhotographsForm, TakeDownForm
from zhongchuang.spaces.models import Photograph
from zhongchuang.spaces.pictures import photographs_of
from zhongchuang.spaces.views.pictures import served
from zhongchuang.spaces.views.space import day_asked, visible_space

SIZES = {"small": True, "full": False}


@login_required
@require_safe
def photographs(request, code):
    """The photographs of a space as they were shown on a day."""
    space, on = visible_space(request, code), day_asked(request)
    today = on == timezone.localdate()
    page = {
        "space": space, "on": on, "today": today, "photographs": photographs_of(space, on),
        "may_edit": today and may_edit(acting(request), space) is None,
    }  # fmt: skip
    return render(request, "spaces/photographs_page.html", page)


@login_required
@require_safe
def picture(request, code, pk, size):
    """The picture of a photograph, for everyone who sees the space; taken down it stays for the days before."""
    if size not in SIZES:
        raise Http404
    rows = Photograph.objects.filter(space=visible_space(request, code))
    found = get_object_or_404(rows.select_related("evidence__content"), pk=pk)
    return served(request, found.evidence, small=SIZES[size])


@login_required
def add_photographs(request, code):
    space, me = visible_space(request, code), acting(request)
    if refusal := may_edit(me, space):
        return refused(request, refusal)
    form = PhotographsForm(posted(request), request.FILES or None)
    page = {"template": "spaces/photographs_add.html", "space": space}
    act = partial(show, space, form, me)
    return do(
        request, form, act, done=_("The photographs are shown."), to=gallery(space), page=page
    )


def gallery(space):
    return ("spaces:photographs", space.code)


def show(space, form, me):
    """Hands the files in one by one; a fault of a file stands at its field, and nothing is shown yet."""
    key, pictures = form.cleaned_data["request_key"], []
    for number, file, caption in form.pictures:
        try:
            evidence = hand_in(file, by=me, request_key=key_for(key, f"picture {number}"))
        except Refused as fault:
            if fault.refusal.status != HTTPStatus.BAD_REQUEST:
                raise
            form.add_error(f"file_{number}", str(fault))
            return None
        pictures.append((evidence, caption))
    return actions.show_photographs(
        space, pictures, by=me, on=timezone.localdate(), request_key=key
    )


def shown_now(space, series):
    rows = Photograph.objects.filter(space=space, series=series).on(timezone.localdate())
    found = get_object_or_404(rows)
    found.space = space
    return found


@login_required
def describe_photograph(request, code, series):
    space, me = visible_space(request, code), acting(request)
    if refusal := may_edit(me, space):
        return refused(request, refusal)
    shown = shown_now(space, series)
    initial = {"caption": shown.caption, "version": shown.version}
    form = CaptionForm(posted(request), initial=initial)
    page = {"template": "spaces/photograph_caption.html", "space": space, "photograph": shown}
    act = partial(describe, shown, form, me)
    return do(request, form, act, done=_("Saved."), to=gallery(space), page=page)


def describe(shown, form, me):
    return actions.describe(shown, by=me, on=timezone.localdate(), **form.cleaned_data)


@login_required
def take_down_photograph(request, code, series):
    space, me = visible_space(request, code), acting(request)
    if refusal := may_edit(me, space):
        return refused(request, refusal)
    shown = shown_now(space, series)
    form = TakeDownForm(posted(request))
    page = {"template": "spaces/photograph_down.html", "space": space, "photograph": shown}
    act, done = partial(take_down, shown, form, me), _("The photograph is shown no more.")
    return do(request, form, act, done=done, to=gallery(space), page=page)


def take_down(shown, form, me):
    return actions.take_down(shown, by=me, **form.cleaned_data)


@login_required
@require_POST
def move_photograph(request, code, series):
    """One place earlier in the order."""
    space, me = visible_space(request, code), acting(request)
    if refusal := may_edit(me, space):
        return refused(request, refusal)
    actions.put_in_order(space, earlier(photographs_of(space, timezone.localdate()), series), by=me)
    return redirect(*gallery(space))


def earlier(photographs, series):
    """The order in which one stands before the one that it stood after."""
    order = [photograph.series for photograph in photographs]
    place = order.index(series) if series in order else 0
    if place:
        order[place - 1], order[place] = order[place], order[place - 1]
    return order
