"""Rooms and instruments of the demonstration, with the bookings of this week and the next."""

import tomllib
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from django.utils import timezone

from zhongchuang.bookings.actions import book
from zhongchuang.bookings.models import Resource, moment
from zhongchuang.ledgers.actions import write_down
from zhongchuang.page.refusal import Refused
from zhongchuang.residents.models import Stay

HERE = Path(__file__).parent
DAYS = 14
TRIES = 3
"""So often a day somebody tries to book; where the time is taken or over, nothing is booked."""


def plays(space, by, dice, today):
    """What is shared first, then who has it."""
    said = tomllib.loads((HERE / "plays.toml").read_text(encoding="utf-8"))
    stays = list(Stay.objects.standing().on(today).filter(space=space).select_related("resident").order_by("pk"))  # fmt: skip
    for one in said["resources"]:
        fee = Decimal(one["fee"]) if "fee" in one else None
        given = one | {"fee": fee, "day": max(space.opened, today - timedelta(days=400))}
        resource = write_down(Resource, space, by=by, **given)
        for number in range(DAYS * TRIES):
            day = today + timedelta(days=number // TRIES)
            opens, closes = resource.open_on(day)
            if not stays or closes - opens < TRIES:
                continue
            begins = dice.whole(opens, closes - TRIES)
            resident, purpose = dice.pick(stays).resident, dice.pick(said["purposes"])
            try_to_book(resource, by, day, (begins, begins + dice.whole(1, 3)), (resident, purpose))
    return []


def try_to_book(resource, by, day, hours, what):
    if moment(day, hours[0]) <= timezone.now():
        return
    try:
        book(resource, by=by, day=day, begins=hours[0], ends=hours[1], resident=what[0], purpose=what[1])  # fmt: skip
    except Refused as fault:
        if fault.refusal.code != "taken":
            raise
