"""An event as its operator runs it: opened for sign-up, the list for the door, posters, attendance, photographs."""

from dataclasses import dataclass
from functools import partial

import segno
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhongchuang.ledgers.access import may_correct
from zhongchuang.organisations.access import acting
from zhongchuang.organisations.views import posted
from zhongchuang.page.errors import refused
from zhongchuang.page.refusal import Refused, attempt
from zhongchuang.records.views.requests import send
from zhongchuang.services import actions
from zhongchuang.services.access import may_open_signup, may_run_signup
from zhongchuang.services.forms import OpeningForm, PhotographForm, TakeOverForm
from zhongchuang.services.models import Attendee, Event, Opening
from zhongchuang.spaces.forms import RevealForm

SHOWN = 500


def visible_event(request, key):
    found = Event.objects.visible_to(acting(request)).select_related("space__operator")
    return get_object_or_404(found, key=key)


def visible_opening(request, key):
    found = Opening.objects.visible_to(acting(request)).select_related("event__space__operator")
    return get_object_or_404(found, event__key=key)


@login_required
def open_signup(request, key):
    """Open an event for sign-up."""
    event, me = visible_event(request, key), acting(request)
    form = OpeningForm(posted(request), event=event)
    page = {"template": "services/open_signup.html", "event": event, "space": event.space}
    return send(
        request, form, partial(opened, event, by=me), purpose="services.open_signup", key=key, title=event.title,
        done=_("The event is open for sign-up. Pass its address on, and print the poster for the door."), page=page,
        refusal=may_open_signup(me, event),
    )  # fmt: skip


def opened(event, *, by, version=None, **given):  # noqa: ARG001 -- a new opening has no version yet
    return actions.open_signup(event, by=by, **given)


@login_required
def change_opening(request, key):
    opening, me = visible_opening(request, key), acting(request)
    form = OpeningForm(posted(request), instance=opening, event=opening.event)
    page = {"template": "services/open_signup.html", "event": opening.event, "space": opening.event.space, "opening": opening}  # fmt: skip
    return send(
        request, form, partial(actions.change_opening, opening, by=me), purpose="services.change_opening", key=key,
        title=opening.event.title, done=_("Saved."), page=page, to=opening, refusal=may_run_signup(me, opening),
    )  # fmt: skip


@login_required
@require_safe
def signups(request, key):
    """Who signed up and who came, to tick off on a phone; the number beside what the line states."""
    opening = visible_opening(request, key)
    people = list(opening.attendees.standing()[:SHOWN])
    page = {
        "opening": opening,
        "event": opening.event,
        "space": opening.event.space,
        "tally": opening.tally(),
        "people": with_waiting(people, opening.seats),
        "may_run": may_run_signup(acting(request), opening) is None,
        "address": absolute("services:event", opening.token),
        "qr": qr(absolute("services:event", opening.token)),
        "take_over": TakeOverForm(initial={"version": opening.event.version}),
    }
    return render(request, "services/signups.html", page)


def with_waiting(people, seats):
    """Each person with whether he or she waits for a seat."""
    line = [one.pk for one in people if not one.walk_in]
    waiting = set(line[seats:]) if seats is not None else set()
    return [(one, one.pk in waiting) for one in people]


def absolute(name, key):
    """An address as others can open it."""
    return settings.SITE_ADDRESS + reverse(name, args=[key])


@dataclass(frozen=True)
class Code:
    """An address as a picture for cameras: the side in modules, and the dark ones as a path."""

    side: int
    path: str


def qr(address):
    """The code of an address, with a quiet border."""
    rows = list(segno.make(address, error="m").matrix_iter(border=2))
    dark = (
        f"M{across} {down}h1v1h-1z"
        for down, row in enumerate(rows)
        for across, module in enumerate(row)
        if module
    )
    return Code(len(rows), "".join(dark))


@login_required
@require_safe
def poster(request, key):
    """The page that is printed and hung at the door."""
    opening = visible_opening(request, key)
    address = absolute("services:door", opening.door)
    page = {"opening": opening, "event": opening.event, "space": opening.event.space, "address": address, "qr": qr(address)}  # fmt: skip
    return render(request, "services/poster.html", page)


@login_required
@require_POST
def take_over(request, key):
    """Make the number of those who checked in the attendance of the event."""
    opening, me = visible_opening(request, key), acting(request)
    form = TakeOverForm(request.POST)
    if not form.is_valid():
        return redirect(opening)
    act = partial(actions.take_over, opening, by=me, version=form.cleaned_data["version"])
    if attempt(form, act) is None:
        return refused(request, form.refused)
    return redirect(opening)


def visible_attendee(request, pk):
    found = Attendee.objects.visible_to(acting(request))
    return get_object_or_404(found.select_related("opening__event__space__operator"), pk=pk)


def ticked(request, pk, act):
    attendee = visible_attendee(request, pk)
    try:
        opening = act(attendee, by=acting(request))
    except Refused as fault:
        return refused(request, fault.refusal)
    return redirect(f"{opening.get_absolute_url()}#p{attendee.pk}")


@login_required
@require_POST
def tick(request, pk):
    return ticked(request, pk, actions.tick)


@login_required
@require_POST
def untick(request, pk):
    return ticked(request, pk, actions.untick)


@login_required
def reveal(request, pk):
    """Open the telephone of somebody who signed up: shown on the answer to this one request, and nowhere else."""
    attendee, me = visible_attendee(request, pk), acting(request)
    if refusal := may_run_signup(me, attendee.opening):
        return refused(request, refusal)
    form = RevealForm(posted(request), row=attendee)
    page = {"attendee": attendee, "opening": attendee.opening, "space": attendee.opening.event.space}  # fmt: skip
    if form.is_valid():
        page["seen"] = attempt(form, partial(actions.reveal_mobile, attendee, by=me, **form.cleaned_data))  # fmt: skip
        page["label"] = Attendee._meta.get_field("mobile").verbose_name
    return render(request, "services/reveal_mobile.html", page | {"form": form})


@login_required
def photograph(request, key):
    """Add a photograph, from a phone as well."""
    event, me = visible_event(request, key), acting(request)
    form = PhotographForm(posted(request), request.FILES or None, by=me)
    page = {"template": "services/photograph.html", "event": event, "space": event.space}
    return send(
        request, form, partial(actions.add_photograph, event, by=me), purpose="services.photograph", key=key,
        title=event.title, done=_("The photograph stands with the event."), page=page, to=event,
        refusal=may_correct(me, event),
    )  # fmt: skip
