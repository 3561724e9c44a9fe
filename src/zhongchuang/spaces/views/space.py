"""A space: its page as of any day, its history, and what moves it through the register."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhongchuang.organisations.access import acting
from zhongchuang.organisations.views import posted
from zhongchuang.page.listed import ask
from zhongchuang.policy.term import AGES
from zhongchuang.records.forms import Keyed
from zhongchuang.records.views.requests import send
from zhongchuang.spaces import actions
from zhongchuang.spaces.access import (
    may_close,
    may_decide,
    may_edit,
    may_reveal_any,
    may_submit,
    may_take_back,
)
from zhongchuang.spaces.actions.registration import missing
from zhongchuang.spaces.forms import BasicsForm, CloseForm, ReturnForm
from zhongchuang.spaces.models import Change, Space
from zhongchuang.spaces.pictures import photographs_of
from zhongchuang.spaces.plans import floor_of
from zhongchuang.spaces.sections import (
    clusters_of,
    figures_of,
    history_of,
    sections_of,
    together,
)


def visible_space(request, code):
    found = Space.objects.visible_to(acting(request)).select_related("operator", "region")
    return get_object_or_404(found, code=code)


def day_asked(request):
    """The day that the reader asks about; a day that cannot be read is today."""
    try:
        day = parse_date(request.GET.get("on", ""))
    except ValueError:
        day = None
    return day if day and day.year in AGES else timezone.localdate()


@login_required
@require_safe
def space(request, code):
    """What holds of the space on a day: figures, sections, what waits, and what may be done."""
    shown, me, on = visible_space(request, code), acting(request), day_asked(request)
    page = {
        "space": shown,
        "on": on,
        "today": on == timezone.localdate(),
        "figures": figures_of(shown, on),
        "sections": sections_of(shown, on),
        "missing": missing(shown) if shown.is_in_preparation else {},
        "clusters": clusters_of(shown, on),
        "floor": floor_of(shown, on),
        "photographs": photographs_of(shown, on),
        "waiting": Change.objects.visible_to(me).waiting().filter(space=shown),
        "tabs": ask("tabs", me, shown),
        "may": verbs(me, shown),
    }
    return render(request, "spaces/space.html", page)


def verbs(me, shown):
    """What the reader may do with the space, by name."""
    asked = {
        "edit": may_edit, "submit": may_submit, "take_back": may_take_back, "decide": may_decide,
        "close": may_close, "reveal": may_reveal_any,
    }  # fmt: skip
    return {name: may(me, shown) is None for name, may in asked.items()}


@login_required
@require_safe
def history(request, code):
    """Every version of everything that was recorded of the space, newest first, with the changes asked for."""
    shown = visible_space(request, code)
    changes = Change.objects.visible_to(acting(request)).filter(space=shown)
    page = {"space": shown, "versions": together(history_of(shown)), "changes": changes}
    return render(request, "spaces/history.html", page)


def moved(request, code, *, may, act, template, done, form=Keyed):
    """The page of a verb on a space: asks first whether it may be done."""
    shown, me = visible_space(request, code), acting(request)
    page = {"template": template, "space": shown, "missing": missing(shown)}
    return send(
        request, form(posted(request)), partial(act, shown, by=me), purpose=f"spaces.{act.__name__}", key=code,
        title=shown.name, done=done, page=page, refusal=may(me, shown),
    )  # fmt: skip


@login_required
def submit(request, code):
    return moved(
        request, code, may=may_submit, act=actions.submit, template="spaces/submit.html",
        done=_("The space was submitted."),
    )  # fmt: skip


@login_required
def take_back(request, code):
    return moved(
        request, code, may=may_take_back, act=actions.take_back, template="spaces/take_back.html",
        done=_("The space is yours to change again."),
    )  # fmt: skip


@login_required
def confirm(request, code):
    return moved(
        request, code, may=may_decide, act=actions.confirm, template="spaces/confirm.html",
        done=_("The space is registered."),
    )  # fmt: skip


@login_required
def return_(request, code):
    return moved(
        request, code, may=may_decide, act=actions.return_, template="spaces/return.html", form=ReturnForm,
        done=_("The operator was told what to correct."),
    )  # fmt: skip


@login_required
def close(request, code):
    return moved(
        request, code, may=may_close, act=actions.close, template="spaces/close.html", form=CloseForm,
        done=_("The space is closed."),
    )  # fmt: skip


@login_required
def basics(request, code):
    """Kind and day of opening, as long as the space is in preparation."""
    shown, me = visible_space(request, code), acting(request)
    form = BasicsForm(
        posted(request),
        initial={name: getattr(shown, name) for name in ("kind", "opened", "version")},
    )
    page = {"template": "spaces/basics.html", "space": shown}
    return send(
        request, form, partial(actions.set_basics, shown, by=me), purpose="spaces.basics", key=code,
        title=shown.name, done=_("Saved."), page=page, refusal=may_submit(me, shown),
    )  # fmt: skip
