"""Services of the demonstration: two years of events, advice, help."""

import tomllib
from datetime import timedelta
from pathlib import Path

from zhongchuang.ledgers.actions import write_down
from zhongchuang.residents.models import Resident
from zhongchuang.services.actions import appoint
from zhongchuang.services.models import Event, PolicyService, Result, Session, TechnicalService

HERE = Path(__file__).parent
DAYS = 700


def plays(space, by, dice, today):
    """Mentors first, then what took place."""
    said = tomllib.loads((HERE / "plays.toml").read_text(encoding="utf-8"))
    first = max(space.opened, today - timedelta(days=DAYS))
    span = (today - first).days
    here = Resident.objects.filter(stays__space=space).order_by("pk")

    def some_day():
        return first + timedelta(days=dice.whole(0, span))

    def write(model, **given):
        write_down(model, space, by=by, day=some_day(), **given)

    mentors = [
        appoint(space, by=by, day=first, fulltime="no", **one).mentor for one in said["mentors"]
    ]
    for _round in range(3):
        for one in said["events"]:
            write(Event, part="own", attendance=dice.whole(15, 120), **one)
    for topic in said["topics"] * 2:
        write(
            Session,
            mentor=dice.pick(mentors),
            topic=topic,
            length=60,
            residents=[dice.pick(list(here))],
        )
    for one in said["technical"] * 2:
        write(
            TechnicalService,
            done_by="self",
            times=dice.whole(1, 5),
            residents=[dice.pick(list(here))],
            **one,
        )
    for one in said["policy"] * 2:
        write(PolicyService, residents=[dice.pick(list(here))], **one)
    for one in said["results"]:
        write(Result, **one)
    return []
