"""Services: those who see a space see its mentors; its operator writes."""

from datetime import date

from tests.matrix.rows import Form, Secret, row
from tests.matrix.spaces import EDITED, HEAD, LOOK_ON, RUN_IT, code, registered
from zhongchuang.services import actions

READ = {200: RUN_IT | LOOK_ON}


def mentor(world, owner):
    space = registered(world, owner)
    return actions.appoint(
        space,
        by=world[HEAD],
        name="nightjar",
        employer=f"of {space.code}",
        day=date(2025, 3, 1),
        mobile="13800001111",
    ).mentor


def key(world, owner):
    return mentor(world, owner).pk


ROWS = [
    row(
        "services:appoint", {"code": code(registered)}, of=("bees",), answers=EDITED,
        form=Form(by=HEAD, of="bees", sends={"name": "Lark", "day": "2025-03-01"}, entry="line_written", texts=("name", "employer", "position", "field")),
    ),
    row("services:mentor", {"pk": key}, of=("bees",), answers=READ),
    row(
        "services:change_mentor", {"pk": key}, of=("bees",), answers=EDITED,
        form=Form(by=HEAD, of="bees", sends={"name": "Lark"}, entry="mentor_changed", texts=("name", "employer", "position", "field")),
    ),
    row(
        "services:reveal", {"pk": key}, of=("bees",), answers=EDITED,
        form=Form(by=HEAD, of="bees", sends={"field": "mobile", "reason": "call"}, entry="revealed", answer=200),
    ),
]  # fmt: skip
SECRETS = [Secret("nightjar", of="bees", seen=RUN_IT | LOOK_ON, make=mentor)]
