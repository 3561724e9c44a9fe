"""Rooms and instruments: those who see a space see what it shares and who has it; its operator books."""

from datetime import timedelta

from django.utils import timezone

from tests.matrix.rows import Form, Secret, row
from tests.matrix.spaces import EDITED, HEAD, LOOK_ON, RUN_IT, code, registered
from zhongchuang.bookings import actions
from zhongchuang.bookings.models import Resource
from zhongchuang.ledgers.actions import write_down

READ = {200: RUN_IT | LOOK_ON}
ALWAYS = ", ".join(["00:00-24:00"] * 7)


def resource(world, owner):
    return write_down(
        Resource, registered(world, owner), by=world[HEAD], day=timezone.localdate(), name="dunlin", kind="room",
        hours=ALWAYS,
    )  # fmt: skip


def resource_key(world, owner):
    return resource(world, owner).key


def tomorrow():
    return timezone.localdate() + timedelta(days=1)


def booking(world, owner):
    return actions.book(
        resource(world, owner),
        by=world[HEAD],
        day=tomorrow(),
        begins=18,
        ends=20,
        purpose="sanderling",
    )


def booking_key(world, owner):
    return booking(world, owner).key


def when(world, owner):
    return {"day": str(tomorrow()), "begins": "20", "ends": "22", "purpose": "review", "weeks": "1"}


ROWS = [
    row("bookings:resources", {"code": code(registered)}, of=("bees",), answers=READ),
    row("bookings:usage", {"code": code(registered)}, of=("bees",), answers=READ),
    row("bookings:week", {"key": resource_key}, of=("bees",), answers=READ),
    row(
        "bookings:book", {"key": resource_key}, of=("bees",), answers=EDITED,
        form=Form(by=HEAD, of="bees", sends=when, entry="booking_made", texts=("purpose",)),
    ),
    row("bookings:booking", {"key": booking_key}, of=("bees",), answers=READ),
    row(
        "bookings:cancel", {"key": booking_key}, of=("bees",), answers=EDITED,
        form=Form(by=HEAD, of="bees", sends={"reason": "moved"}, entry="booking_cancelled", texts=("reason",)),
    ),
]  # fmt: skip
SECRETS = [Secret("sanderling", of="bees", seen=RUN_IT | LOOK_ON, make=booking)]
