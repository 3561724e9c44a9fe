"""Mentors: appointed, shown with their spaces and sessions, put right, their telephone opened."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhongchuang.ledgers.access import may_write
from zhongchuang.organisations.access import acting
from zhongchuang.organisations.views import posted
from zhongchuang.page.errors import refused
from zhongchuang.page.refusal import attempt
from zhongchuang.records.views.requests import send
from zhongchuang.residents.access import merges as merges_at_all
from zhongchuang.residents.forms import MergeForm
from zhongchuang.residents.merges import two_people
from zhongchuang.residents.views.founders import compared, merging
from zhongchuang.services import actions, merges
from zhongchuang.services.access import may_change, may_merge, may_take_apart
from zhongchuang.services.forms import AppointForm, MentorForm
from zhongchuang.services.models import Appointment, Mentor, MentorMerge, Session
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
    found = Mentor.objects.visible_to(acting(request)).select_related("operator", "merged_into")
    return get_object_or_404(found, pk=pk)


@login_required
@require_safe
def mentor(request, pk):
    """Who it is, at which spaces, and whom this mentor advised as far as the reader sees it."""
    shown, me = visible_mentor(request, pk), acting(request)
    if shown.merged_into_id:
        return redirect(shown.merged_into)
    sessions = Session.objects.visible_to(me).standing().filter(shown.family())
    appointments = Appointment.objects.visible_to(me).standing().filter(shown.family())
    page = {
        "mentor": shown,
        "appointments": appointments.select_related("space"),
        "sessions": sessions.select_related("space")[:SHOWN],
        "total": sessions.count(),
        "rated": shown.rated(),
        "may_change": may_change(me, shown) is None,
        "merges": merges_at_all(me),
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


# --- two records of one mentor --------------------------------------------------------------------

COMPARED = ("employer", "position", "field", "level", "mobile", "availability")


@login_required
@require_safe
def same(request, code):
    """Which mentors of a space may be recorded twice, and which were merged."""
    me, space = merging(request), visible_space(request, code)
    here = Appointment.objects.standing().filter(space=space).values("mentor")
    mergers = MentorMerge.objects.standing().filter(Q(survivor__in=here) | Q(merged__in=here))
    page = {
        "space": space,
        "title": _("Mentors who are perhaps the same"),
        "pairs": [
            {"goes": goes, "stays": kept, "about_goes": goes.employer, "about_stays": kept.employer, "why": why,
             "url": reverse("services:merge_mentors", args=[goes.pk, kept.pk])}
            for goes, kept, why in merges.alike_mentors(space, me)
        ],
        "mergers": [
            (one, reverse("services:take_mentors_apart", args=[one.pk]))
            for one in mergers.select_related("merged", "survivor")[:SHOWN]
        ],
    }  # fmt: skip
    return render(request, "residents/same_people.html", page)


@login_required
def merge(request, pk, into):
    """Both beside each other; then they count as one mentor."""
    me, goes, stays = merging(request), visible_mentor(request, pk), visible_mentor(request, into)
    page = {
        "template": "residents/merge_people.html", "goes": goes, "stays": stays, "back_to": stays.get_absolute_url(),
        "rows": compared(goes, stays, COMPARED), "other_way": reverse("services:merge_mentors", args=[into, pk]),
    }  # fmt: skip
    return send(
        request, MergeForm(posted(request)), partial(merges.merge, goes, stays, by=me), purpose="services.merge_mentors",
        key=f"{pk}-{into}", title=f"{goes} → {stays}", done=_("They count as one person from now on. It can be taken back."), page=page,
        to=stays, refusal=two_people(goes, stays) or may_merge(me, goes, stays),
    )  # fmt: skip


@login_required
def take_apart(request, pk):
    """Take a merger of mentors back."""
    me = merging(request)
    seen = MentorMerge.objects.visible_to(me).select_related("survivor__merged_into", "merged")
    made = get_object_or_404(seen, pk=pk)
    home = made.survivor.merged_into or made.survivor
    page = {"template": "residents/take_people_apart.html", "made": made, "back_to": home.get_absolute_url()}  # fmt: skip
    return send(
        request, MergeForm(posted(request)), partial(merges.take_apart, made, by=me), purpose="services.take_mentors_apart",
        key=pk, title=str(made), done=_("They count for themselves again."), page=page, to=home, refusal=may_take_apart(me, made),
    )  # fmt: skip
