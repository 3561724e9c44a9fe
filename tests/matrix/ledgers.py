"""The ledgers of a space: those who see the space read them, its operator writes."""

from datetime import date

from tests.matrix.rows import Form, Secret, row
from tests.matrix.spaces import EDITED, HEAD, LOOK_ON, RUN_IT, code, registered
from zhongchuang.gap.models import Statement
from zhongchuang.ledgers import actions

READ = {200: RUN_IT | LOOK_ON}
SENDS = {"fact": "desks", "text": "90", "day": "2026-01-01", "reason": "counted again"}


def line(world, owner):
    space = registered(world, owner)
    return actions.write_down(
        Statement, space, by=world[HEAD], fact="desks", text="90", day=date(2026, 1, 1), reason="wagtail", until=None
    )  # fmt: skip


def key(world, owner):
    return line(world, owner).key


ROWS = [
    row("ledgers:daily", otherwise=200),
    row("ledgers:ledgers", {"code": code(registered)}, of=("bees",), answers=READ),
    row("ledgers:ledger", {"code": code(registered), "name": "statements"}, of=("bees",), answers=READ),
    row(
        "ledgers:new", {"code": code(registered), "name": "statements"}, of=("bees",), answers=EDITED,
        form=Form(by=HEAD, of="bees", sends=SENDS, entry="line_written", texts=("reason",)),
    ),
    row(
        "ledgers:export", {"code": code(registered), "name": "statements"}, of=("bees",), answers=READ,
        form=Form(by=HEAD, of="bees", sends={"kind": "csv"}, entry="register_exported", answer=200),
    ),
    row("ledgers:charts", {"code": code(registered)}, of=("bees",), answers=READ),
    row("ledgers:profile", {"code": code(registered)}, of=("bees",), answers=READ),
    row("ledgers:function", {"code": code(registered), "name": "gathering"}, of=("bees",), answers=READ),
    row("ledgers:behind", {"code": code(registered), "fact": "floor_area"}, of=("bees",), answers=READ),
    row(
        "ledgers:behind_export", {"code": code(registered), "fact": "floor_area"}, of=("bees",), answers=READ,
        form=Form(by=HEAD, of="bees", sends={"kind": "csv"}, entry="register_exported", answer=200),
    ),
    row("ledgers:enter", {"code": code(registered), "fact": "floor_area"}, of=("bees",), answers={302: RUN_IT | LOOK_ON}),
    row("ledgers:line", {"name": "statements", "key": key}, of=("bees",), answers=READ),
    row(
        "ledgers:correct", {"name": "statements", "key": key}, of=("bees",), answers=EDITED,
        form=Form(by=HEAD, of="bees", sends=SENDS, entry="line_corrected", texts=("reason",)),
    ),
    row(
        "ledgers:strike", {"name": "statements", "key": key}, of=("bees",), answers=EDITED,
        form=Form(by=HEAD, of="bees", sends={"reason": "wrong"}, entry="line_struck", texts=("reason",)),
    ),
]  # fmt: skip
SECRETS = [Secret("wagtail", of="bees", seen=RUN_IT | LOOK_ON, make=line)]
