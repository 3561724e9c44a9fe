"""What visitors see of an event: signing up, their own place, checking in at the door. The address is the key."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhongchuang.organisations.access import acting
from zhongchuang.organisations.forms import Sure
from zhongchuang.organisations.views import posted
from zhongchuang.page.refusal import attempt
from zhongchuang.page.visitor import sent_only_so_often
from zhongchuang.services import actions
from zhongchuang.services.access import may_check_in, may_sign_up
from zhongchuang.services.forms import CheckInForm, SignUpForm, WalkInForm
from zhongchuang.services.models import Attendee, Opening


def opening_of(**key):
    return get_object_or_404(Opening.objects.select_related("event__space"), **key)


@require_http_methods(["GET", "HEAD", "POST"])
@sent_only_so_often
def event(request, token):
    """An event as visitors see it, with the form to sign up."""
    opening = opening_of(token=token)
    form = SignUpForm(posted(request), opening=opening)
    if form.is_valid():
        act = partial(actions.sign_up, opening, by=acting(request), **form.cleaned_data)
        if attendee := attempt(form, act):
            return redirect(attendee)
    page = {"opening": opening, "event": opening.event, "tally": opening.tally(), "form": form}
    return shown(request, "services/public/event.html", page | {"refusal": may_sign_up(opening)})


def shown(request, template, page):
    """A page with the status of its refusal, where its form was refused."""
    raised = getattr(page.get("form"), "refused", None)
    return render(request, template, page, status=raised.status if raised else 200)


def attendee_of(token):
    found = Attendee.objects.select_related("opening__event__space")
    return get_object_or_404(found, token=token)


@require_http_methods(["GET", "HEAD"])
def mine(request, token):
    """The place of one person, under an address that only this person has."""
    attendee = attendee_of(token)
    page = {"attendee": attendee, "opening": attendee.opening, "event": attendee.opening.event}
    return render(request, "services/public/mine.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@sent_only_so_often
def call_off(request, token):
    attendee = attendee_of(token)
    form = Sure(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, partial(actions.call_off, attendee, by=acting(request))):
        messages.success(request, _("Called off. Your place goes to the next in line."))
        return redirect(attendee)
    page = {"attendee": attendee, "opening": attendee.opening, "event": attendee.opening.event}
    return shown(request, "services/public/call_off.html", page | {"form": form})


# --- at the door ----------------------------------------------------------------------------------


def checked_in(request, door):
    messages.success(request, _("You are checked in. Welcome."))
    return redirect("services:door", door)


@require_http_methods(["GET", "HEAD", "POST"])
@sent_only_so_often
def door(request, door):
    """Checking in with the last four digits or the name, on the day alone."""
    opening = opening_of(door=door)
    form = CheckInForm(posted(request))
    if form.is_valid():
        act = partial(actions.check_in, opening, by=acting(request), **form.cleaned_data)
        if attempt(form, act):
            return checked_in(request, door)
    page = {"opening": opening, "event": opening.event, "form": form}
    return shown(request, "services/public/door.html", page | {"refusal": may_check_in(opening)})


@require_http_methods(["GET", "HEAD", "POST"])
@sent_only_so_often
def walk_in(request, door):
    opening = opening_of(door=door)
    form = WalkInForm(posted(request))
    if form.is_valid():
        act = partial(actions.walk_in, opening, by=acting(request), **form.cleaned_data)
        if attempt(form, act):
            return checked_in(request, door)
    page = {"opening": opening, "event": opening.event, "form": form}
    return shown(request, "services/public/walk_in.html", page | {"refusal": may_check_in(opening)})
