"""The register of spaces: the spaces, their things, changes, clusters."""

import itertools
from datetime import date

from tests.matrix.rows import (
    ABOVE,
    APPLICANTS,
    COUNTY,
    OFFICIALS,
    OWN,
    Form,
    Secret,
    at,
    row,
)
from zhongchuang.spaces import actions
from zhongchuang.spaces.actions.versions import Operation
from zhongchuang.spaces.models import Change, Space

numbers = itertools.count(1)
OPENED = date(2020, 3, 1)
DECIDES = {"reviewer", "approver"}
KEEPS = OFFICIALS - {"finance"}
RUN_IT = at(APPLICANTS, OWN)
LOOK_ON = at(OFFICIALS, COUNTY, ABOVE)
HEAD = "bees.operator_head"


def fresh(space):
    return Space.objects.get(pk=space.pk)


def prepared(world, owner, name="spruce of Bees"):
    space = actions.register(
        by=world[HEAD], kind="space", opened=OPENED, name=name, region=owner.region, address="1"
    )
    site = Operation(
        "premises", "add", OPENED, {"name": "A", "floor_area": 600, "desks": 80, "tenure": "rented"}
    )
    actions.write(space, site, by=world[HEAD])
    return fresh(space)


def submitted(world, owner):
    space = prepared(world, owner)
    actions.submit(space, by=world[HEAD])
    return fresh(space)


def registered(world, owner):
    space = submitted(world, owner)
    actions.confirm(space, by=world["ping.reviewer"])
    return fresh(space)


def code(make):
    return lambda world, owner: make(world, owner).code


def changed(world, owner):
    """A change of area that waits for the county."""
    space = registered(world, owner)
    site = space.premises_rows.get()
    more = Operation("premises", "revise", date(2026, 1, 1), {"floor_area": 900}, site.series)
    return actions.write(space, more, by=world[HEAD], reason="larger", version=site.version)


def change_key(world, owner):
    changed(world, owner)
    return Change.objects.latest("pk").key


def site_of(world, owner):
    """The site of the newest space: its key was made just before."""
    return Space.objects.latest("pk").premises_rows.get().series


def member_of(world, owner):
    """A member of staff of the newest space, with a number."""
    space = Space.objects.latest("pk")
    person = Operation("staff", "add", OPENED, {"name": "Wang", "mobile": "13812341234"})
    return actions.write(space, person, by=world[HEAD]).series


def cluster(world, owner):
    return actions.found_cluster(
        by=world["jia.clerk"], region=owner.region, name=f"grove of Jia {next(numbers)}", kind="spaces", founded=OPENED,
    )  # fmt: skip


def cluster_key(world, owner):
    return cluster(world, owner).pk


def member_key(world, owner):
    grove = cluster(world, owner)
    return actions.join_cluster(
        grove, by=world["jia.clerk"], since=OPENED, organisation=world.organisations["hang"]
    ).pk


NEW = {
    "name": "larch", "kind": "space", "opened": "2020-03-01", "region": "330482", "address": "1",
}  # fmt: skip
SITE = {"on": "2020-03-01", "name": "B", "floor_area": "600", "tenure": "rented"}
EDITED = {200: RUN_IT, 403: LOOK_ON}
DECIDED = {
    200: at(DECIDES, COUNTY),
    403: at(OFFICIALS - DECIDES, COUNTY) | at(OFFICIALS, ABOVE) | RUN_IT,
}

ROWS = [
    row("spaces:register", otherwise=200),
    row("spaces:register", query="q=spruce", otherwise=200),
    row(
        "spaces:new", of=("wasps",),
        answers={200: at(APPLICANTS) - at(APPLICANTS, OWN) , 409: at(APPLICANTS, OWN)}, otherwise=403,
        form=Form(by=HEAD, sends=NEW, entry="space_registered", texts=("name", "short_name", "address")),
    ),
    row("spaces:space", {"code": code(registered)}, of=("bees",), answers={200: RUN_IT | LOOK_ON}),
    row("spaces:space", {"code": code(prepared)}, of=("bees",), answers={200: RUN_IT}),
    row("spaces:history", {"code": code(registered)}, of=("bees",), answers={200: RUN_IT | LOOK_ON}),
    row(
        "spaces:basics", {"code": code(prepared)}, of=("bees",), answers={200: RUN_IT},
        form=Form(by=HEAD, of="bees", sends={"kind": "incubator", "opened": "2020-02-01"}, entry="space_basics_changed"),
    ),
    row(
        "spaces:submit", {"code": code(prepared)}, of=("bees",), answers={200: RUN_IT},
        form=Form(by=HEAD, of="bees", entry="space_submitted"),
    ),
    row(
        "spaces:take_back", {"code": code(submitted)}, of=("bees",), answers=EDITED,
        form=Form(by=HEAD, of="bees", entry="space_taken_back"),
    ),
    row(
        "spaces:confirm", {"code": code(submitted)}, of=("bees",), answers=DECIDED,
        form=Form(by="ping.reviewer", of="bees", entry="space_confirmed"),
    ),
    row(
        "spaces:return", {"code": code(submitted)}, of=("bees",), answers=DECIDED,
        form=Form(by="ping.reviewer", of="bees", sends={"reason": "lease is missing"}, entry="space_returned", texts=("reason",)),
    ),
    row(
        "spaces:close", {"code": code(registered)}, of=("bees",),
        answers={200: at({"operator_head"}, OWN), 403: at({"operator_clerk"}, OWN) | LOOK_ON},
        form=Form(by=HEAD, of="bees", sends={"on": "2026-01-01", "reason": "moved"}, entry="space_closed", texts=("reason",)),
    ),
    row(
        "spaces:change_operator", {"code": code(registered)}, of=("bees",), answers=EDITED,
        form=Form(by=HEAD, of="bees", sends={"on": "2026-01-01", "reason": "sold", "code": "91330482MA28A00029"}, entry="change_proposed", texts=("reason",)),
    ),
    row(
        "spaces:add_row", {"code": code(registered), "table": "premises"}, of=("bees",), answers=EDITED,
        form=Form(by=HEAD, of="bees", sends=SITE | {"reason": "grown"}, entry="change_proposed", texts=("reason",)),
    ),
    row(
        "spaces:revise_row", {"code": code(registered), "table": "premises", "series": site_of}, of=("bees",), answers=EDITED,
        form=Form(by=HEAD, of="bees", sends=SITE | {"floor_area": "700", "reason": "grown", "on": "2026-01-01"}, entry="change_proposed", texts=("reason",)),
    ),
    row(
        "spaces:correct_row", {"code": code(registered), "table": "premises", "series": site_of}, of=("bees",), answers=EDITED,
        form=Form(by=HEAD, of="bees", sends=SITE | {"floor_area": "610", "reason": "typed wrong"}, entry="change_proposed", texts=("reason",)),
    ),
    row(
        "spaces:end_row", {"code": code(registered), "table": "premises", "series": site_of}, of=("bees",), answers=EDITED,
        form=Form(by=HEAD, of="bees", sends={"on": "2026-01-01", "reason": "given up"}, entry="change_proposed", texts=("reason",)),
    ),
    row(
        "spaces:reveal_number", {"code": code(registered), "series": member_of}, of=("bees",),
        answers={200: RUN_IT | at(DECIDES, COUNTY), 403: at(OFFICIALS - DECIDES, COUNTY) | at(OFFICIALS, ABOVE)},
        form=Form(by=HEAD, of="bees", sends={"field": "mobile", "reason": "calls back"}, entry="revealed", answer=200),
    ),
    row(
        "spaces:export", otherwise=200,
        form=Form(by="jia.clerk", sends={"kind": "csv"}, entry="register_exported", answer=200),
    ),
    row(
        "spaces:record", {"code": code(registered)}, of=("bees",), answers={200: RUN_IT | LOOK_ON},
        form=Form(by="ping.clerk", of="bees", entry="register_exported", answer=200),
    ),
    row("spaces:changes", otherwise=200),
    row("spaces:change", {"key": change_key}, of=("bees",), answers={200: RUN_IT | LOOK_ON}),
    row(
        "spaces:confirm_change", {"key": change_key}, of=("bees",), answers=DECIDED,
        form=Form(by="ping.reviewer", of="bees", entry="change_confirmed"),
    ),
    row(
        "spaces:refuse_change", {"key": change_key}, of=("bees",), answers=DECIDED,
        form=Form(by="ping.reviewer", of="bees", sends={"answer": "no lease"}, entry="change_refused", texts=("answer",)),
    ),
    row(
        "spaces:withdraw_change", {"key": change_key}, of=("bees",), answers=EDITED,
        form=Form(by=HEAD, of="bees", entry="change_withdrawn"),
    ),
    row("spaces:clusters", otherwise=200),
    row(
        "spaces:new_cluster", answers={(200, 403): at({"clerk", "reviewer"}, OWN), 200: at({"approver"}, OWN)}, otherwise=403,
        form=Form(by="jia.clerk", sends={"name": "grove", "kind": "spaces", "founded": "2020-03-01", "region": "330400"}, entry="cluster_founded", texts=("name",)),
    ),
    row("spaces:cluster", {"pk": cluster_key}, of=("jia",), answers={200: at(OFFICIALS, OWN, ABOVE)}),
    row(
        "spaces:change_cluster", {"pk": cluster_key}, of=("jia",),
        answers={200: at(KEEPS, OWN), 403: at({"finance"}, OWN) | at(OFFICIALS, ABOVE)},
        form=Form(by="jia.clerk", of="jia", sends={"name": "copse", "kind": "spaces", "founded": "2020-03-01", "region": "330400"}, entry="cluster_changed", texts=("name",)),
    ),
    row(
        "spaces:join_cluster", {"pk": cluster_key}, of=("jia",),
        answers={200: at(KEEPS, OWN), 403: at({"finance"}, OWN) | at(OFFICIALS, ABOVE)},
        form=Form(by="jia.clerk", of="jia", sends={"member": "91330482MA28A00016", "since": "2026-01-01"}, entry="cluster_joined"),
    ),
    row(
        "spaces:leave_cluster", {"pk": member_key}, of=("jia",),
        answers={200: at(KEEPS, OWN), 403: at({"finance"}, OWN) | at(OFFICIALS, ABOVE)},
        form=Form(by="jia.clerk", of="jia", entry="cluster_left"),
    ),
]  # fmt: skip
SECRETS = [
    Secret("spruce of Bees", of="bees", seen=RUN_IT | LOOK_ON, make=registered, told=("two-heads",)),
    Secret(
        "fir of Bees", of="bees", seen=RUN_IT,
        make=lambda world, owner: prepared(world, owner, "fir of Bees"),
    ),
    Secret("grove of Jia", of="jia", seen=at(OFFICIALS, OWN, ABOVE), make=cluster),
]  # fmt: skip
