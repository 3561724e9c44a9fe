"""Asking for a review: what is contested, until when, how it goes; one press begins the request."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from zhongchuang.contests import actions
from zhongchuang.contests.access import course_of, held, may_ask, until
from zhongchuang.organisations.access import acting
from zhongchuang.organisations.models.people import APPLICANTS
from zhongchuang.page.errors import refused
from zhongchuang.page.refusal import Refused
from zhongchuang.procedures.contested import contested_as


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request, subject):
    """The way to the review of a decision, for those whom it concerns."""
    me, contested = acting(request), contested_as(subject)
    if contested is None or me.role not in APPLICANTS or me.organisation != contested.operator:
        raise Http404
    if request.method == "POST":
        return begun(request, contested, me)
    page = {
        "contested": contested,
        "course": course_of(contested),
        "until": until(contested),
        "bar": may_ask(me, contested),
        "held": held(contested),
    }
    return render(request, "contests/ask.html", page)


def begun(request, contested, me):
    """The draft of the review, or why there is none."""
    try:
        return redirect(actions.begin(contested, by=me))
    except Refused as fault:
        return refused(request, fault.refusal)
