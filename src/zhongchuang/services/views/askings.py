"""Sessions with mentors: asked for, answered, held, rated."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhongchuang.ledgers.access import may_write
from zhongchuang.organisations.access import acting
from zhongchuang.organisations.views import posted
from zhongchuang.page.paging import page_of
from zhongchuang.records.views.requests import send
from zhongchuang.residents.access import acts_for, own_stays
from zhongchuang.services import actions
from zhongchuang.services.access import may_answer, may_hold, may_rate
from zhongchuang.services.forms import AgreeForm, AskForm, DeclineForm, HoldForm, RateForm
from zhongchuang.services.models import Asking
from zhongchuang.spaces.models import Space

BY = ("asked", "pk")


def space_to_ask(request, code):
    """A space that one sees, or at which one's own resident stays."""
    seen = Space.objects.visible_to(acting(request)) | Space.objects.filter(
        pk__in=own_stays(acting(request), timezone.localdate()).values("space")
    )
    return get_object_or_404(seen.select_related("operator"), code=code)


def may_ask_at(me, space):
    """Whether anyone may be asked for here by this post; for whom, the form says."""
    own = own_stays(me, timezone.localdate()).filter(space=space)
    refusal = may_write(me, space)
    return None if refusal and own.exists() else refusal


@login_required
@require_safe
def askings(request, code):
    """What was asked for at a space, newest first."""
    space, me = space_to_ask(request, code), acting(request)
    found = Asking.objects.visible_to(me).filter(space=space).select_related("mentor", "resident", "session")  # fmt: skip
    page = {
        "space": space,
        "page": page_of(found, request, by=BY),
        "may_ask": may_ask_at(me, space) is None,
    }
    return render(request, "services/askings.html", page)


@login_required
def ask(request, code):
    """Ask for a session with a mentor of a space."""
    space, me = space_to_ask(request, code), acting(request)
    form = AskForm(posted(request), by=me, space=space, initial={"mentor": request.GET.get("mentor")})  # fmt: skip
    page = {"template": "services/ask.html", "space": space}
    return send(
        request, form, partial(actions.ask_for, space, by=me), purpose="services.ask", key=code,
        title=f"{_('Ask for a session')}{_(': ')}{space.name}", done=_("The operator answers with a day, or says why not."),
        page=page, refusal=may_ask_at(me, space),
    )  # fmt: skip


def visible_asking(request, key):
    found = Asking.objects.visible_to(acting(request))
    found = found.select_related("space__operator", "mentor", "resident", "session", "asked_by")
    return get_object_or_404(found, key=key)


@login_required
@require_safe
def asking(request, key):
    """What was asked for, how it stands, and what may be done now."""
    shown, me = visible_asking(request, key), acting(request)
    page = {
        "asking": shown,
        "space": shown.space,
        "own": acts_for(me, shown.resident),
        "may_answer": may_answer(me, shown) is None,
        "may_hold": may_hold(me, shown) is None,
        "may_rate": may_rate(me, shown) is None,
    }
    return render(request, "services/asking.html", page)


def step(request, key, form, act, may, heading, done, **initial):
    """The page of a verb on what was asked for."""
    shown, me = visible_asking(request, key), acting(request)
    begun = {"version": shown.version} | {name: getattr(shown, name) for name in initial}
    page = {"template": "services/asking_step.html", "asking": shown, "space": shown.space, "heading": heading}  # fmt: skip
    return send(
        request, form(posted(request), initial=begun), partial(act, shown, by=me), purpose=f"services.{act.__name__}",
        key=key, title=str(shown), done=done, page=page, to=shown, refusal=may(me, shown),
    )  # fmt: skip


@login_required
def agree(request, key):
    return step(
        request, key, AgreeForm, actions.agree, may_answer, _("Agree on a day"), _("The day is agreed."),
        day=True, begins=True, place=True,
    )  # fmt: skip


@login_required
def decline(request, key):
    return step(request, key, DeclineForm, actions.decline, may_answer, _("Decline"), _("Declined."))  # fmt: skip


@login_required
def hold(request, key):
    return step(
        request, key, HoldForm, actions.hold, may_hold, _("Write down that it was held"),
        _("It stands in the ledger of sessions."), day=True,
    )  # fmt: skip


@login_required
def rate(request, key):
    return step(request, key, RateForm, actions.rate, may_rate, _("Rate the session"), _("Thank you; the rating is recorded."))  # fmt: skip
