"""Mentors: appointed, shown with their spaces and sessions, put right, their telephone opened."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhongchuang.ledgers.access import may_write
from zhongchuang.organisations.access import acting
from zhongchuang.organisations.views import posted
from zhongchuang.page.errors import refused
from zhongchuang.page.refusal import attempt
from zhongchuang.records.views.requests import send
from zhongchuang.services import actions
from zhongchuang.services.access import may_change
from zhongchuang.services.forms import AppointForm, MentorForm
from zhongchuang.services.models import Appointment, Mentor, Session
from zhongchuang.spaces.forms import RevealForm
from zhongchuang.spaces.views.space import visible_space

SHOWN = 50


@login_required
def appoint(request, code):
    space, me = visible_space(request, code), acting(request)
    form = AppointForm(posted(request), by=me, space=space, instance=Appointment(space=space))
    page = {"template": "services/appoint.html", "space": space}
    return send(
        request, form, partial(appointed, space, by=me), purpose="services.appoint", key=code,
        title=f"{_('Appoint a mentor')}{_(': ')}{space.name}", done=_("The mentor is appointed."), page=page,
        to=("ledgers:ledger", code, "mentors"), refusal=may_write(me, space),
    )  # fmt: skip


def appointed(space, *, by, version=None, **given):  # noqa: ARG001 -- a new line has no version yet
    return actions.appoint(space, by=by, **given)


def visible_mentor(request, pk):
    found = Mentor.objects.visible_to(acting(request)).select_related("operator")
    return get_object_or_404(found, pk=pk)


@login_required
@require_safe
def mentor(request, pk):
    """Who it is, at which spaces, and whom this mentor advised as far as the reader sees it."""
    shown, me = visible_mentor(request, pk), acting(request)
    sessions = Session.objects.visible_to(me).standing().filter(mentor=shown)
    appointments = Appointment.objects.visible_to(me).standing().filter(mentor=shown)
    page = {
        "mentor": shown,
        "appointments": appointments.select_related("space"),
        "sessions": sessions.select_related("space")[:SHOWN],
        "total": sessions.count(),
        "rated": shown.rated(),
        "may_change": may_change(me, shown) is None,
    }
    return render(request, "services/mentor.html", page)


@login_required
def change_mentor(request, pk):
    shown, me = visible_mentor(request, pk), acting(request)
    page = {"template": "services/change_mentor.html", "mentor": shown}
    return send(
        request, MentorForm(posted(request), instance=shown), partial(actions.revise_mentor, shown, by=me),
        purpose="services.change_mentor", key=pk, title=shown.name, done=_("Saved."), page=page, to=shown,
        refusal=may_change(me, shown),
    )  # fmt: skip


@login_required
def reveal(request, pk):
    """Open the telephone of a mentor: shown on the answer to this one request, and nowhere else."""
    shown, me = visible_mentor(request, pk), acting(request)
    if refusal := may_change(me, shown):
        return refused(request, refusal)
    form, page = RevealForm(posted(request), row=shown), {"mentor": shown}
    if form.is_valid():
        given = form.cleaned_data
        page["seen"] = attempt(form, partial(actions.reveal_number, shown, by=me, **given))
        page["label"] = Mentor._meta.get_field(given["field"]).verbose_name
    return render(request, "services/reveal.html", page | {"form": form})
