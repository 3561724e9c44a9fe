"""Photographs of a space: the gallery of any day, adding with captions, order, taking down."""

import uuid
from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhongchuang.organisations.access import acting
from zhongchuang.organisations.views import posted
from zhongchuang.page.errors import refused
from zhongchuang.records.actions import put_in
from zhongchuang.records.views.requests import send
from zhongchuang.spaces import actions
from zhongchuang.spaces.access import may_edit
from zhongchuang.spaces.forms.plan import CaptionForm, PhotographsForm, TakeDownForm
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


def sent(request, space, form, act, verb, page, *, done):
    """The page of a form about photographs, or its sending; it goes back to the gallery."""
    return send(
        request, form, act, purpose=f"spaces.photographs.{verb}", key=space.code, page=page | {"space": space},
        done=done, to=gallery(space), title=f"{space.name}: {_('Photographs')}",
        refusal=may_edit(acting(request), space),
    )  # fmt: skip


def gallery(space):
    return ("spaces:photographs", space.code)


@login_required
def add_photographs(request, code):
    space, me = visible_space(request, code), acting(request)
    form = PhotographsForm(posted(request), request.FILES or None, by=me)
    act, page = partial(show, space, form, me), {"template": "spaces/photographs_add.html"}
    return sent(request, space, form, act, "add", page, done=_("The photographs are shown."))


def show(space, form, me, **given):  # noqa: ARG001 -- the form pairs files with captions
    pictures = [(put_in(file, by=me), caption) for file, caption in form.pictures]
    return actions.show_photographs(space, pictures, by=me, on=timezone.localdate())


def shown_now(space, series):
    rows = Photograph.objects.filter(space=space, series=series).on(timezone.localdate())
    found = get_object_or_404(rows)
    found.space = space
    return found


@login_required
def describe_photograph(request, code, series):
    space, me = visible_space(request, code), acting(request)
    shown = shown_now(space, series)
    form = CaptionForm(
        posted(request), initial={"caption": shown.caption, "version": shown.version}
    )
    act = partial(actions.describe, shown, by=me, on=timezone.localdate())
    page = {"template": "spaces/photograph_caption.html", "photograph": shown}
    return sent(request, space, form, act, f"caption.{series}", page, done=_("Saved."))


@login_required
def take_down_photograph(request, code, series):
    space, me = visible_space(request, code), acting(request)
    shown = shown_now(space, series)
    act = partial(actions.take_down, shown, by=me)
    page = {"template": "spaces/photograph_down.html", "photograph": shown}
    done = _("The photograph is shown no more.")
    form = TakeDownForm(posted(request))
    return sent(request, space, form, act, f"down.{series}", page, done=done)


@login_required
@require_POST
def move_photograph(request, code, series):
    """Put one before another; the same again changes nothing."""
    space, me = visible_space(request, code), acting(request)
    if refusal := may_edit(me, space):
        return refused(request, refusal)
    order = before(
        photographs_of(space, timezone.localdate()), series, request.POST.get("before", "")
    )
    actions.put_in_order(space, order, by=me)
    return redirect(*gallery(space))


def before(photographs, series, other):
    """The order in which `series` stands right before the other; as it is where one of both is not shown."""
    order = [photograph.series for photograph in photographs]
    if series not in order or other not in {str(one) for one in order} or str(series) == other:
        return order
    order.remove(series)
    order.insert(order.index(uuid.UUID(other)), series)
    return order
