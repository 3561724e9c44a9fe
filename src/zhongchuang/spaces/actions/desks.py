"""Desks of a site: several come and end at once, and their places on the plan follow the furniture."""

from dataclasses import replace

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from zhongchuang.audit.actions import log
from zhongchuang.page.refusal import require
from zhongchuang.records.actions import change
from zhongchuang.spaces.access import may_edit
from zhongchuang.spaces.actions.versions import LABEL_USED, Operation, Verb, write
from zhongchuang.spaces.models import Change, Desk, Plan, Space
from zhongchuang.spaces.plans import below, laid_out


@transaction.atomic
def add_desks(site, labels, *, by, on, a_row, reason="", evidence=(), **values):
    """New desks, laid out in rows below those that stand on the site; a range of them is one operation."""
    space = Space.objects.select_for_update().get(pk=site.space_id)
    require(may_edit(by, space))
    require(used(site, labels))
    standing = Desk.objects.filter(site=site.series, valid_until=None)
    places = laid_out(len(labels), a_row, below(standing))
    rows = tuple(
        {"label": label, "x": x, "y": y} for label, (x, y) in zip(labels, places, strict=True)
    )
    operation = Operation("desks", Verb.ADD, on, {"site": site.series} | values, rows=rows)
    return write(space, operation, by=by, reason=reason, evidence=evidence)


def used(site, labels):
    """Why these labels cannot be given: desks bear them, or a change that waits would give them."""
    found = set(
        Desk.objects.filter(site=site.series, valid_until=None).values_list("label", flat=True)
    )
    waiting = Change.objects.waiting().filter(space=site.space_id, table="desks", verb=Verb.ADD)
    for one in waiting:
        if one.values.get("site") == str(site.series):
            found |= {row["label"] for row in one.rows}
    both = [label for label in labels if label in found]
    return replace(LABEL_USED, params={"labels": ", ".join(both)}) if both else None


def end_desks(site, desks, *, by, on, reason="", evidence=()):
    """Desks that are taken away from a day on; they stay in the plans of the days before."""
    rows = tuple({"series": desk.series, "label": desk.label} for desk in desks)
    operation = Operation("desks", Verb.END, on, rows=rows)
    return write(site.space, operation, by=by, reason=reason, evidence=evidence)


@transaction.atomic
def change_desk(site, desk, *, by, values, place, versions, **given):
    """What is recorded of one desk from a day on, and its place; `versions` are those of the desk and the plan."""
    done, (version, plan_version) = desk, versions
    if any(getattr(desk, name) != value for name, value in values.items()):
        operation = Operation("desks", Verb.REVISE, given.pop("on"), values, desk.series)
        done = write(site.space, operation, by=by, version=version, **given)
    if place != (desk.x, desk.y, desk.turned):
        save_plan(site, by=by, version=plan_version, moves={desk.series: place})
    return done


def plan_of(site):
    """The plan of a site, also before anything of it was kept."""
    found = Plan.objects.filter(site=site.series).select_related("background").first()
    return found or Plan(space=site.space, site=site.series)


@transaction.atomic
def set_plan(site, *, by, version, **given):
    """Size, rooms and picture of a plan."""
    plan = held(site, by=by)
    old = {name: getattr(plan, name) for name in given}
    change(plan, version=version, **given)
    log(plan, "plan_changed", by=by.who, old=as_told(old), new=as_told(given))
    return plan


def as_told(values):
    """Values as the log keeps them: rooms by name, the picture by its name."""
    told = {"rooms": names_of, "background": lambda picture: str(picture or "")}
    return {name: told.get(name, int)(value) for name, value in values.items()}


def held(site, *, by):
    """The plan, kept from now on, of a space that may be changed."""
    space = (
        Space.objects.select_for_update(of=["self"])
        .select_related("operator", "region")
        .get(pk=site.space_id)
    )
    require(may_edit(by, space))
    return Plan.objects.get_or_create(site=site.series, defaults={"space": space})[0]


@transaction.atomic
def save_plan(site, *, by, version, moves, rooms=None, ending=(), **given):
    """What was drawn: places of desks and rooms, and desks taken away. Of two who draw at once the first wins.

    A place is no version: the furniture is moved, the register stays as it is.
    """
    plan = held(site, by=by)
    old, new = place(site, moves)
    drawn = plan.rooms
    change(plan, version=version, rooms=drawn if rooms is None else rooms)
    if ending:
        end_desks(site, ending, by=by, **given)
    if rooms is not None:
        old, new = old | {"rooms": names_of(drawn)}, new | {"rooms": names_of(rooms)}
    log(plan, "plan_changed", by=by.who, old=old, new=new)
    return plan


def names_of(rooms):
    return ", ".join(room["name"] for room in rooms)


def place(site, moves):
    """Put desks where they were moved; old and new places by label. Those that ended meanwhile are left out."""
    ahead = Q(valid_until=None) | Q(valid_until__gt=timezone.localdate())
    desks = list(Desk.objects.filter(ahead, site=site.series, series__in=moves))
    old = {desk.label: words_for(desk) for desk in desks}
    for desk in desks:
        desk.x, desk.y, desk.turned = moves[desk.series]
    Desk.objects.bulk_update(desks, ["x", "y", "turned"])
    return old, {desk.label: words_for(desk) for desk in desks}


def words_for(desk):
    """A place as the log keeps it: cells from the left and from the top, and whether it is turned."""
    if desk.x is None:
        return ""
    return f"{desk.x}, {desk.y}" + (" ↻" if desk.turned else "")


@transaction.atomic
def place_rest(site, *, by, a_row):
    """Lay out in rows what has no place yet, such as desks from a file."""
    plan = held(site, by=by)
    standing = Desk.objects.filter(site=site.series, valid_until=None)
    rest = list(standing.filter(x=None).order_by("label"))
    places = laid_out(len(rest), a_row, below(standing))
    moves = {desk.series: (x, y, False) for desk, (x, y) in zip(rest, places, strict=True)}
    old, new = place(site, moves)
    change(plan, version=plan.version)
    log(plan, "plan_changed", by=by.who, old=old, new=new)
    return plan
