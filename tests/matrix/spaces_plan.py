"""Desks of a site, their plan, and photographs."""

import uuid
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.files.conftest import picture
from tests.matrix.rows import Form, row
from tests.matrix.spaces import EDITED, HEAD, LOOK_ON, OPENED, RUN_IT, prepared
from zhongchuang.records.actions import hand_in
from zhongchuang.spaces import actions
from zhongchuang.spaces.models import Desk, Photograph, Premises, Space

SEEN = {200: RUN_IT | LOOK_ON}
GIVEN = {"on": "2026-01-01", "reason": "grown"}
RANGE = {"first": "B1", "last": "B4", "kind": "fixed", "can_be_let": "yes", "a_row": "2"} | GIVEN
ONE = {
    "label": "C1", "kind": "open", "can_be_let": "yes", "x": "4", "y": "4", "version": "1", "plan_version": "2",
}  # fmt: skip


def drawn_on(world, owner):
    """A registered space with two desks, one of them without a place, a picture beneath, and a photograph."""
    space = prepared(world, owner)
    site = Premises.objects.get(space=space)
    given = {"on": OPENED, "kind": "fixed", "can_be_let": "yes"}
    for label in ("A1", "A2"):
        actions.add_desks(site, [label], by=world[HEAD], a_row=10, **given)
    Desk.objects.filter(label="A2").update(x=None, y=None)
    file = hand_in(SimpleUploadedFile("hall.jpg", picture(size=(40, 30))), by=world[HEAD])
    actions.set_plan(site, by=world[HEAD], version=1, background=file)
    pictures = [(file, "Hall"), (file, "Lab")]
    actions.show_photographs(space, pictures, by=world[HEAD], on=date(2026, 1, 1))
    actions.submit(space, by=world[HEAD])
    actions.confirm(Space.objects.get(pk=space.pk), by=world["ping.reviewer"])
    return space


def code(world, owner):
    return drawn_on(world, owner).code


def newest():
    return Space.objects.latest("pk")


def site(world, owner):
    return Premises.objects.get(space=newest()).series


def desk(world, owner):
    return Desk.objects.get(space=newest(), label="A1").series


def photograph(world, owner):
    return Photograph.objects.get(space=newest(), caption="Lab").series


def chosen(world, owner):
    return GIVEN | {"series": str(desk(world, owner)), "request_key": str(uuid.uuid4())}


def drawing(world, owner):
    return {
        "version": "2",
        "request_key": str(uuid.uuid4()),
        "differences": f'{{"moves": {{"{desk(world, owner)}": [9, 9, true]}}, "ended": []}}',
    }


def pictures(world, owner):
    file = SimpleUploadedFile("hall.jpg", picture())
    return {"file_1": file, "caption_1": "Hall", "request_key": str(uuid.uuid4())}


def first(world, owner):
    return {"before": str(Photograph.objects.get(space=newest(), caption="Hall").series)}


SITE = {"code": code, "site": site}
SHOWN = {"code": code, "series": photograph}


def form(entry, sends=None, *, texts=()):
    return Form(by=HEAD, of="bees", sends=sends or {}, entry=entry, texts=texts)


ROWS = [
    row("spaces:desks", {"code": code}, of=("bees",), answers={302: RUN_IT | LOOK_ON}),
    row("spaces:plan", SITE, of=("bees",), answers=SEEN, form=form("plan_changed", drawing)),
    row("spaces:background", SITE, of=("bees",), answers=SEEN),
    row("spaces:add_desks", SITE, of=("bees",), answers=EDITED, form=form("change_proposed", RANGE, texts=("reason",))),
    row("spaces:end_desks", SITE, of=("bees",), answers={302: RUN_IT, 403: LOOK_ON}, form=form("change_proposed", chosen)),
    row(
        "spaces:set_plan", SITE, of=("bees",), answers=EDITED,
        form=form("plan_changed", {"columns": "50", "rows": "30", "rooms": "Hall: 1, 1, 4, 4", "version": "2"}),
    ),
    row("spaces:place_rest", SITE, of=("bees",), answers=EDITED, form=form("plan_changed")),
    row(
        "spaces:change_desk", SITE | {"series": desk}, of=("bees",), answers=EDITED,
        form=form("desks_revise", ONE | GIVEN, texts=("label",)),
    ),
    row("spaces:photographs", {"code": code}, of=("bees",), answers=SEEN),
    row("spaces:picture", {"code": code, "pk": lambda *_: Photograph.objects.latest("pk").pk, "size": "small"}, of=("bees",), answers=SEEN),
    row("spaces:add_photographs", {"code": code}, of=("bees",), answers=EDITED, form=form("photographs_add", pictures, texts=("caption_1",))),
    row(
        "spaces:describe_photograph", SHOWN, of=("bees",), answers=EDITED,
        form=form("photographs_revise", {"caption": "Laboratory", "version": "1"}, texts=("caption",)),
    ),
    row(
        "spaces:take_down_photograph", SHOWN, of=("bees",), answers=EDITED,
        form=form("photographs_end", {"on": "2026-06-01", "reason": "old"}),
    ),
    row("spaces:move_photograph", SHOWN, of=("bees",), answers={302: RUN_IT, 403: LOOK_ON}, post=True, form=form("photographs_ordered", first)),
]  # fmt: skip
