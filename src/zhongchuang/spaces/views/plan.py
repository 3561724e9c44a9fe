"""The plan of a site as of any day, adding desks to it, changing and ending them, drawing."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhongchuang.organisations.access import acting
from zhongchuang.organisations.views import posted
from zhongchuang.page.errors import refused
from zhongchuang.records.actions import put_in
from zhongchuang.records.forms import Keyed
from zhongchuang.records.views.requests import send
from zhongchuang.spaces import actions
from zhongchuang.spaces.access import may_edit
from zhongchuang.spaces.actions.desks import plan_of
from zhongchuang.spaces.forms.plan import (
    DeskForm,
    DeskRangeForm,
    DrawingForm,
    EndDesksForm,
    PlanForm,
)
from zhongchuang.spaces.models import Change, Desk, Premises
from zhongchuang.spaces.plans import drawing_of, sites_of
from zhongchuang.spaces.views.pictures import served
from zhongchuang.spaces.views.space import day_asked, visible_space
from zhongchuang.spaces.views.versions import RECORDED, first_day, is_decided


def site_seen(request, code, site):
    """A site of a space that the reader sees: as it is on the day asked for, else in its newest version."""
    space = visible_space(request, code)
    rows = Premises.objects.filter(space=space).of(site)
    found = rows.on(day_asked(request)).first()
    found = found or get_object_or_404(rows.order_by("-valid_from")[:1])
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


@login_required
def plan(request, code, site):
    """The plan of a day; today's can be drawn on, and what was drawn stays where someone else was first."""
    shown, me = site_seen(request, code, site), acting(request)
    kept, refusal = plan_of(shown), may_edit(me, shown.space)
    page = plan_page(request, shown, kept, may_edit=refusal is None)
    if request.method != "POST" and not page["may_edit"]:
        return render(request, page.pop("template"), page)
    form = DrawingForm(
        posted(request), initial={"version": kept.version}, desks=standing(shown),
        reason_needed=page["reason_needed"],
    )  # fmt: skip
    done = _("The plan is saved. What the department decides on waits for its answer.")
    act = partial(draw, shown, me)
    return sent(request, shown, form, act, "plan", page, refusal=refusal, done=done)


def plan_page(request, site, kept, *, may_edit):
    """What the page of a plan shows, besides the form by which it is drawn on."""
    on = day_asked(request)
    today = on == timezone.localdate()
    return {
        "template": "spaces/plan.html", "space": site.space, "site": site, "on": on, "today": today,
        "drawing": drawing_of(kept, on), "reason_needed": is_decided(site.space),
        "sites": sites_of(site.space, on), "may_edit": today and may_edit,
    }  # fmt: skip


def draw(site, me, *, version, differences, on, reason):
    """Save what was drawn; day and reason count only where desks end."""
    given = {"on": on, "reason": reason} if differences["ending"] else {}
    return actions.save_plan(site, by=me, version=version, **differences, **given)


def sent(request, site, form, act, verb, page, *, done=RECORDED, refusal=None):  # noqa: PLR0913 -- as `send`
    """The page of a form about desks, or its sending; it goes back to the plan."""
    page = {"space": site.space, "site": site, "back_to": plan_address(site)} | page
    return send(
        request, form, act, purpose=f"spaces.desks.{verb}", key=site.series, page=page, done=done,
        to=plan_address(site), title=f"{site.space.name}: {site.name}", refusal=refusal,
    )  # fmt: skip


def writing(request, site, form, initial, **more):
    """A form with day, reason and files; the reason is asked for where the department decides."""
    initial = {"on": first_day(site.space, Change.Verb.ADD)} | initial
    return form(
        posted(request), request.FILES or None, by=acting(request), initial=initial,
        reason_needed=is_decided(site.space), **more,
    )  # fmt: skip


def with_files(act, me, *, file=None, evidence=(), **given):
    """Carry out a writing with the file that its form brought and those chosen."""
    fresh = [put_in(file, by=me)] if file else []
    return act(by=me, evidence=[*fresh, *evidence], **given)


@login_required
def add_desks(request, code, site):
    """A range of desks, laid out by themselves."""
    shown, me = site_seen(request, code, site), acting(request)
    form = writing(request, shown, DeskRangeForm, {"can_be_let": "yes"})
    act, page = partial(with_files, partial(add, shown), me), {"template": "spaces/desks_add.html"}
    return sent(request, shown, form, act, "add", page, refusal=may_edit(me, shown.space))


def add(site, *, first, last, labels, **given):  # noqa: ARG001 -- the form made the labels of both
    return actions.add_desks(site, labels, **given)


@login_required
def end_desks(request, code, site):
    """End the desks that were chosen on the plan."""
    shown, me = site_seen(request, code, site), acting(request)
    chosen = request.POST.getlist("series") or request.GET.getlist("series")
    if refusal := may_edit(me, shown.space):
        return refused(request, refusal)
    if not chosen:
        return redirect(plan_address(shown))
    initial = {"series": chosen, "on": timezone.localdate()}
    form = writing(request, shown, EndDesksForm, initial, desks=standing(shown))
    page = {"template": "spaces/desks_end.html", "desks": desks_named(shown, chosen)}
    return sent(request, shown, form, partial(with_files, partial(end, shown), me), "end", page)


def desks_named(site, chosen):
    """The desks of these series; what is no series names none."""
    wanted = set(chosen)
    return [desk for desk in standing(site).order_by("label") if str(desk.series) in wanted]


def end(site, *, series, **given):
    return actions.end_desks(site, list(series), **given)


@login_required
def change_desk(request, code, site, series):
    """One desk without a script: what is recorded of it, and its place."""
    shown, me = site_seen(request, code, site), acting(request)
    desk = get_object_or_404(standing(shown), series=series)
    names = ("label", "kind", "can_be_let", "x", "y", "turned", "version")
    initial = {name: getattr(desk, name) for name in names}
    initial |= {"on": timezone.localdate(), "plan_version": plan_of(shown).version}
    form = writing(request, shown, DeskForm, initial)
    act = partial(with_files, partial(revise, shown, desk, form), me)
    page = {"template": "spaces/desk.html", "desk": desk}
    refusal = may_edit(me, shown.space)
    return sent(request, shown, form, act, f"change.{series}", page, refusal=refusal)


def revise(site, desk, form, *, by, **given):
    kept = {name: given[name] for name in ("on", "reason", "evidence")}
    versions = (given["version"], given["plan_version"])
    return actions.change_desk(
        site, desk, by=by, values=form.values, place=form.place, versions=versions, **kept
    )


@login_required
def set_plan(request, code, site):
    """Size of the plan, its rooms, and the picture beneath."""
    shown, me = site_seen(request, code, site), acting(request)
    kept = plan_of(shown)
    names = ("columns", "rows", "rooms", "background", "version")
    form = PlanForm(posted(request), by=me, initial={name: getattr(kept, name) for name in names})
    act, page = partial(actions.set_plan, shown, by=me), {"template": "spaces/plan_settings.html"}
    refusal = may_edit(me, shown.space)
    return sent(request, shown, form, act, "settings", page, done=_("Saved."), refusal=refusal)


@login_required
def place_rest(request, code, site):
    """Lay out the desks that have no place yet."""
    shown, me = site_seen(request, code, site), acting(request)
    act, page = (
        partial(actions.place_rest, shown, by=me, a_row=10),
        {"template": "spaces/plan_rest.html"},
    )
    return sent(
        request, shown, Keyed(posted(request)), act, "rest", page, done=_("They stand on the plan now."),
        refusal=may_edit(me, shown.space),
    )  # fmt: skip


@login_required
@require_safe
def background(request, code, site):
    """The picture beneath a plan, for everyone who sees the space."""
    found = plan_of(site_seen(request, code, site)).background
    return served(request, found)
