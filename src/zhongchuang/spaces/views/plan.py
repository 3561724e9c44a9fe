"""The plan of a site as of any day, adding desks to it, changing and ending them, drawing."""

from functools import partial
from http import HTTPStatus

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhongchuang.organisations.access import acting
from zhongchuang.organisations.forms import Sure
from zhongchuang.organisations.views import do, posted
from zhongchuang.page.errors import refused
from zhongchuang.page.refusal import Refused
from zhongchuang.spaces import actions
from zhongchuang.spaces.access import may_edit
from zhongchuang.spaces.actions.desks import plan_of
from zhongchuang.spaces.forms_plan import (
    DeskForm,
    DeskRangeForm,
    DifferencesForm,
    EndDesksForm,
    PlanForm,
)
from zhongchuang.spaces.models import Change, Desk, Premises
from zhongchuang.spaces.plans import drawing_of, sites_of
from zhongchuang.spaces.views.pictures import served
from zhongchuang.spaces.views.space import day_asked, visible_space
from zhongchuang.spaces.views.versions import RECORDED, first_day, handed_in, is_decided


def site_seen(request, code, site):
    """A site of a space that the reader sees: as it is on the day asked for, else in its newest version."""
    space = visible_space(request, code)
    rows = Premises.objects.filter(space=space).of(site)
    found = rows.on(day_asked(request)).first() or get_object_or_404(
        rows.order_by("-valid_from")[:1]
    )
    found.space = space
    return found


def plan_address(site):
    return reverse("spaces:plan", args=[site.space.code, site.series])


def standing(site):
    """The desks that stand on a site today."""
    return Desk.objects.filter(site=site.series).on(timezone.localdate())


@login_required
@require_safe
def desks(request, code):
    """The sites of a space with their plans; where there is one, its plan."""
    space, on = visible_space(request, code), day_asked(request)
    sites = sites_of(space, on)
    if len(sites) == 1:
        return redirect(plan_address(sites[0].site))
    return render(request, "spaces/desks.html", {"space": space, "sites": sites, "on": on})


def plan_page(request, site, form=None):
    """What the page of a plan shows, with the form that keeps what is drawn."""
    on, me = day_asked(request), acting(request)
    today = on == timezone.localdate()
    form = form or DifferencesForm(desks=standing(site))
    return {
        "space": site.space, "site": site, "on": on, "today": today,
        "drawing": drawing_of(plan_of(site), on), "form": form,
        "may_edit": today and may_edit(me, site.space) is None,
        "reason_needed": is_decided(site.space),
        "sites": sites_of(site.space, on),
    }  # fmt: skip


@login_required
@require_safe
def plan(request, code, site):
    return render(request, "spaces/plan.html", plan_page(request, site_seen(request, code, site)))


@login_required
@require_POST
def save_plan(request, code, site):
    """Keep what was drawn; where someone else was first, the work stays on the page."""
    shown, me = site_seen(request, code, site), acting(request)
    if refusal := may_edit(me, shown.space):
        return refused(request, refusal)
    needed = is_decided(shown.space)
    form = DifferencesForm(request.POST, desks=standing(shown), reason_needed=needed)
    page = plan_page(request, shown, form) | {"template": "spaces/plan.html"}
    act = partial(drawn, shown, form, me)
    done = _("The plan is saved. What the department decides on waits for its answer.")
    return do(request, form, act, done=done, to=plan_address(shown), page=page)


def drawn(site, form, me):
    return actions.save_plan(site, by=me, **form.given)


def desk_page(request, site, form, act, *, template, done=None, **page):
    """A page with a form about desks, which goes back to the plan."""
    page = page | {"template": template, "space": site.space, "site": site}
    page["back_to"] = plan_address(site)
    return do(request, form, act, done=done or RECORDED, to=page["back_to"], page=page)


def writing(request, site, form, initial, **more):
    """A form with day, reason and files; the reason is asked for where the department decides."""
    initial = {"on": first_day(site.space, Change.Verb.ADD)} | initial
    needed = is_decided(site.space)
    return form(
        posted(request), request.FILES or None, by=acting(request), initial=initial,
        reason_needed=needed, **more,
    )  # fmt: skip


def files_of(form, me):
    """The files behind it, a new one handed in first; None where that one is refused."""
    try:
        return handed_in(form.cleaned_data, me)
    except Refused as fault:
        if fault.refusal.status != HTTPStatus.BAD_REQUEST:
            raise
        form.add_error("file", str(fault))
        return None


@login_required
def add_desks(request, code, site):
    """A range of desks, laid out by themselves."""
    shown, me = site_seen(request, code, site), acting(request)
    if refusal := may_edit(me, shown.space):
        return refused(request, refusal)
    form = writing(request, shown, DeskRangeForm, {"can_be_let": "yes"})
    act = partial(add, shown, form, me)
    return desk_page(request, shown, form, act, template="spaces/desks_add.html")


def add(site, form, me):
    files = files_of(form, me)
    if files is None:
        return None
    return actions.add_desks(site, form.cleaned_data["labels"], by=me, evidence=files, **form.given)


@login_required
def end_desks(request, code, site):
    """End the desks that were chosen on the plan."""
    shown, me = site_seen(request, code, site), acting(request)
    if refusal := may_edit(me, shown.space):
        return refused(request, refusal)
    chosen = request.POST.getlist("series") or request.GET.getlist("series")
    initial = {"series": chosen, "on": timezone.localdate()}
    form = writing(request, shown, EndDesksForm, initial, desks=standing(shown))
    if not chosen:
        return redirect(plan_address(shown))
    page = {"desks": desks_named(shown, chosen)}
    act = partial(end, shown, form, me)
    return desk_page(request, shown, form, act, template="spaces/desks_end.html", **page)


def desks_named(site, chosen):
    """The desks of these series; what is no series names none."""
    wanted = set(chosen)
    return [desk for desk in standing(site).order_by("label") if str(desk.series) in wanted]


def end(site, form, me):
    files = files_of(form, me)
    if files is None:
        return None
    desks = list(form.cleaned_data["series"])
    return actions.end_desks(site, desks, by=me, evidence=files, **form.given)


@login_required
def change_desk(request, code, site, series):
    """One desk without a script: what is recorded of it, and its place."""
    shown, me = site_seen(request, code, site), acting(request)
    if refusal := may_edit(me, shown.space):
        return refused(request, refusal)
    desk = get_object_or_404(standing(shown), series=series)
    names = ("label", "kind", "can_be_let", "x", "y", "turned", "version")
    initial = {name: getattr(desk, name) for name in names}
    initial |= {"on": timezone.localdate(), "plan_version": plan_of(shown).version}
    form = writing(request, shown, DeskForm, initial)
    act = partial(revise, shown, desk, form, me)
    return desk_page(request, shown, form, act, template="spaces/desk.html", desk=desk)


def revise(site, desk, form, me):
    files = files_of(form, me)
    if files is None:
        return None
    given = form.cleaned_data
    return actions.change_desk(
        site, desk, by=me, values=form.values, place=form.place,
        versions=(given["version"], given["plan_version"]),
        on=given["on"], reason=given["reason"], evidence=files,
    )  # fmt: skip


@login_required
def set_plan(request, code, site):
    """Size of the plan, its rooms, and the picture beneath."""
    shown, me = site_seen(request, code, site), acting(request)
    if refusal := may_edit(me, shown.space):
        return refused(request, refusal)
    plan = plan_of(shown)
    names = ("columns", "rows", "rooms", "background", "version")
    form = PlanForm(posted(request), by=me, initial={name: getattr(plan, name) for name in names})
    act = partial(setting, shown, form, me)
    return desk_page(
        request, shown, form, act, template="spaces/plan_settings.html", done=_("Saved.")
    )


def setting(site, form, me):
    return actions.set_plan(site, by=me, **form.cleaned_data)


@login_required
def place_rest(request, code, site):
    """Lay out the desks that have no place yet."""
    shown, me = site_seen(request, code, site), acting(request)
    if refusal := may_edit(me, shown.space):
        return refused(request, refusal)
    form, act = Sure(posted(request)), partial(actions.place_rest, shown, by=me, a_row=10)
    return desk_page(
        request,
        shown,
        form,
        act,
        template="spaces/plan_rest.html",
        done=_("They stand on the plan now."),
    )


@login_required
@require_safe
def background(request, code, site):
    """The picture beneath a plan, for everyone who sees the space."""
    found = plan_of(site_seen(request, code, site)).background
    return served(request, found)
