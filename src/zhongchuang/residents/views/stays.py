"""A resident moves in, along the chain, to other desks, and out."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from zhongchuang.ledgers.access import may_write
from zhongchuang.ledgers.views.line import KEPT, going_on
from zhongchuang.organisations.access import acting
from zhongchuang.organisations.views import posted
from zhongchuang.records.views.requests import send
from zhongchuang.residents import actions
from zhongchuang.residents.access import may_move
from zhongchuang.residents.forms import DesksForm, LeaveForm, StageForm, TakeInForm
from zhongchuang.residents.models import Stay
from zhongchuang.spaces.views.space import visible_space


@login_required
def take_in(request, code):
    space, me = visible_space(request, code), acting(request)
    begun = {name: request.GET[name] for name in KEPT if name in request.GET}
    form = TakeInForm(posted(request), by=me, space=space, instance=Stay(space=space), initial=begun)  # fmt: skip
    page = {"template": "residents/take_in.html", "space": space, "more": True}
    return send(
        request, form, partial(moved_in, space, by=me), purpose="residents.take_in", key=code,
        title=f"{_('Take a resident in')}{_(': ')}{space.name}", done=_("It stands in the ledger of residents."), page=page,
        to=going_on(request, ("ledgers:ledger", code, "stays")), refusal=may_write(me, space),
    )  # fmt: skip


def moved_in(space, *, by, version=None, **given):  # noqa: ARG001 -- a new stay has no version yet
    return actions.take_in(space, by=by, **given)


def moved(request, key, *, form, act, template, done, **initial):
    """The page of a verb on a stay."""
    me = acting(request)
    seen = Stay.objects.visible_to(me).select_related("resident", "space__operator")
    stay = get_object_or_404(seen, key=key)
    shown = form(posted(request), initial={"version": stay.version} | {k: v(stay) for k, v in initial.items()})  # fmt: skip
    page = {"template": template, "space": stay.space, "stay": stay}
    return send(
        request, shown, partial(act, stay, by=me), purpose=f"residents.{act.__name__}", key=key, title=str(stay),
        done=done, page=page, to=stay, refusal=may_move(me, stay),
    )  # fmt: skip


@login_required
def stage(request, key):
    return moved(
        request, key, form=StageForm, act=actions.move_stage, template="residents/stage.html",
        done=_("It stands in its history."),
        stage=lambda stay: stay.stage.name if stay.stage else "",
    )  # fmt: skip


@login_required
def desks(request, key):
    return moved(
        request, key, form=DesksForm, act=actions.change_desks, template="residents/desks.html",
        done=_("It stands in its history."), desks=lambda stay: stay.desks,
    )  # fmt: skip


@login_required
def leave(request, key):
    return moved(
        request, key, form=LeaveForm, act=actions.leave, template="residents/leave.html",
        done=_("The stay has ended; its history stays."),
    )  # fmt: skip
