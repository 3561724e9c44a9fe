"""Services of the demonstration: two years of events, advice, help."""

import tomllib
from datetime import datetime, time, timedelta
from pathlib import Path
from uuid import UUID

from django.utils import timezone

from zhongchuang.ledgers.actions import write_down
from zhongchuang.residents.models import Resident, Stay
from zhongchuang.services.actions import (
    agree,
    appoint,
    ask_for,
    decline,
    open_signup,
    sign_up,
    tick,
)
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
    sign_ups(space, by, dice, today, said)
    questions(space, by, said, mentors, Stay.objects.standing().on(today).filter(space=space))
    return []


def sign_ups(space, by, dice, today, said):
    """An event of today at which people check in, and one to come with more people than seats."""
    until = timezone.make_aware(datetime.combine(today, time(23, 59, 59)))
    for number, (one, seats, days) in enumerate(
        zip(said["planned"], (40, 12), (0, 6), strict=True)
    ):
        event = write_down(
            Event,
            space,
            by=by,
            day=today + timedelta(days=days),
            part="own",
            attendance=None,
            **one,
        )
        opening = open_signup(
            event,
            by=by,
            seats=seats,
            begins=time(14),
            ends=time(16, 30),
            until=until + timedelta(days=days),
        )
        for place, name in enumerate(said["visitors"]):
            person = sign_up(
                opening, by=by, request_key=UUID(int=event.pk << 16 | place), name=name,
                mobile=f"1990000{number}{dice.whole(0, 9)}{place:02d}",
            )  # fmt: skip
            if not days and place % 3:
                tick(person, by=by)


def questions(space, by, said, mentors, stays):
    """Sessions asked for: one waits, one is agreed, one was declined."""
    asked = [
        ask_for(space, by=by, mentor=mentor, resident=stay.resident, topic=topic, wished=said["wished"])
        for mentor, stay, topic in zip(mentors, stays.order_by("pk")[:3], said["topics"], strict=False)
    ]  # fmt: skip
    for one in asked[1:2]:
        day = timezone.localdate() + timedelta(days=3)
        agree(one, by=by, version=one.version, day=day, begins=time(10), place=said["place"])
    for one in asked[2:3]:
        decline(one, by=by, version=one.version, reason=said["declined"])
