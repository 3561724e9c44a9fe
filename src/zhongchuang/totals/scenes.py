"""A district of the demonstration whose records add up to published figures (HD-1): six spaces from 2015 to August 2017."""

import tomllib
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

from zhongchuang.demo.hedong import hedong, hedong_source, hedong_totals
from zhongchuang.finance.models import Fund, Investment
from zhongchuang.ledgers.actions import write_down
from zhongchuang.organisations.models import Role
from zhongchuang.residents import actions as residents
from zhongchuang.residents.models import Report
from zhongchuang.services.actions import appoint
from zhongchuang.services.models import Event, Result
from zhongchuang.spaces import actions
from zhongchuang.spaces.actions.versions import Operation
from zhongchuang.spaces.demonstration import people
from zhongchuang.spaces.demonstration.figures import shared
from zhongchuang.spaces.models import Change

HERE = Path(__file__).parent
FIRMS_STILL_HERE = 2
"""Of so many firms one is still there on the day of the survey."""
GROWS_AFTER = 90
LEAVES_AFTER = 330


@cache
def said():
    return tomllib.loads((HERE / "scenes.toml").read_text(encoding="utf-8"))


@dataclass
class Scene:
    """One of the spaces while it is filled; `share` are its parts of the district's totals."""

    world: object
    space: object
    by: object
    share: dict
    free_months: int
    until: date
    firms: list = field(default_factory=list)
    teams: list = field(default_factory=list)

    def day(self, place, count):
        """The day of one of so many records, spread over the first year of the space."""
        return self.space.opened + timedelta(days=300 * place // max(count, 1))


def scenes(world):
    """The district with its department, its six operators and their records."""
    told = said()
    if not {told["province"], told["county"]} <= set(world.regions):
        return []
    people.first_of_province(world, told["province"])
    people.below(world, told["county"], (Role.CLERK, Role.REVIEWER))
    totals = {one.id: int(one.amount.amount) for one in hedong_totals()}
    weights = [one["weight"] for one in told["spaces"]]
    shares = {name: shared(amount, weights) for name, amount in totals.items()}
    funds = sorted((v for v in hedong().columns["fund_amount"] if v is not None), reverse=True)
    for place, one in enumerate(told["spaces"]):
        share = {name: parts[place] for name, parts in shares.items()}
        share["fund"] = funds[place] if place < len(funds) else None
        filled(begun(world, one, share, told["first_operator"] + place))
    return []


def begun(world, one, share, number):
    """A confirmed space with its site."""
    region = world.regions[said()["county"]]
    people.operator(world, number, region)
    clerk = world.acting("clerk", number)
    space = actions.register(
        by=clerk, kind="space", opened=one["opened"], name=one["name"], short_name="", region=region,
        address=region.name + said()["address"] % {"number": number},
    )  # fmt: skip
    site = {"name": "A", "floor_area": Decimal(share["floor_area"]), "desks": share["desks"]}
    actions.write(space, Operation("premises", Change.Verb.ADD, space.opened, site), by=clerk)
    space = actions.confirm(actions.submit(space, by=clerk), by=world.decider(region)) or space
    space.refresh_from_db()
    return Scene(world, space, clerk, share, one["free_months"], hedong_source().as_of)


def filled(scene):
    """The records of one space, in the order in which one follows from the other."""
    lived_in(scene)
    advised(scene)
    financed(scene)


# --- residents ------------------------------------------------------------------------------------


def lived_in(scene):
    """Teams that stay, firms that were registered here, of which every second one has gone on."""
    share = scene.share
    for place in range(share["resident_teams"]):
        scene.teams.append(taken_in(scene, "team", place, share["resident_teams"]))
    for place in range(share["firms_registered.total"]):
        scene.firms.append(grown(scene, place, share["firms_registered.total"]))
    more_founders(scene)
    reported(scene)


def taken_in(scene, kind, place, count):
    told = said()
    word = told["words"][place % len(told["words"])]
    return residents.take_in(
        scene.space, by=scene.by, kind=kind, stage="nursery" if kind == "team" else "incubator",
        name=f"{told['mark']}{word}{place + 1:02d}{told[kind]}", day=scene.day(place, count), desks=1 + place % 2,
        founder=scene.world.name(), founder_kind="student" if place % 3 else "returnee",
        free_months=scene.free_months,
    )  # fmt: skip


def grown(scene, place, count):
    """A firm that was registered while it stayed."""
    stay = taken_in(scene, "firm", place, count)
    registered = stay.day + timedelta(days=GROWS_AFTER)
    residents.revise(
        stay.resident, by=scene.by, version=stay.resident.version, registered=registered
    )
    if place % FIRMS_STILL_HERE == 0:
        day = min(registered + timedelta(days=LEAVES_AFTER), scene.until - timedelta(days=30))
        residents.leave(
            stay, by=scene.by, version=stay.version, day=day, outcome="graduated", destination="market",
        )  # fmt: skip
    return stay


def more_founders(scene):
    """As many people more as the makers are more than those who lead."""
    here = [
        *scene.teams,
        *(one for place, one in enumerate(scene.firms) if place % FIRMS_STILL_HERE),
    ]
    for place in range(scene.share["makers"] - len(here)):
        resident = here[place % len(here)].resident
        residents.add_founder(
            resident, by=scene.by, name=scene.world.name(), kind="student", lead=False
        )


def reported(scene):
    """Graduates and intellectual property of the firms, as they reported them for the year of their first winter."""
    count = len(scene.firms)
    figures = {
        "graduates": "graduates_employed.total", "ip_applied": "ip_applied.total", "ip_granted": "ip_granted.total",
    }  # fmt: skip
    parts = {name: shared(scene.share[fact], [1] * count) for name, fact in figures.items()}
    for place, stay in enumerate(scene.firms):
        write_down(
            Report, scene.space, by=scene.by, resident=stay.resident, day=date(stay.day.year, 12, 31),
            **{name: amounts[place] for name, amounts in parts.items()},
        )  # fmt: skip


# --- services and money ---------------------------------------------------------------------------


def advised(scene):
    """Mentors, trainings and other events, results."""
    told, share, by, space = said(), scene.share, scene.by, scene.space
    for number in range(share["mentors"]):
        appoint(
            space, by=by, day=space.opened, name=scene.world.name(), fulltime="no",
            employer=f"{told['employer']}{number + 1}",
        )  # fmt: skip
    trainings = share["trainings.total"]
    others = share["events.total"] - trainings
    for kind, count in (
        ("training", trainings),
        ("salon", others // 2),
        ("roadshow", others - others // 2),
    ):
        for place in range(count):
            topics = told["topics"][kind]
            write_down(Event, space, by=by, kind=kind, part="own", day=scene.day(place, count), title=topics[place % len(topics)])  # fmt: skip
    for what, fact in (
        ("developed", "results_developed.total"),
        ("transferred", "results_transferred.total"),
    ):
        for place in range(share[fact]):
            write_down(
                Result, space, by=by, what=what, day=scene.day(place, share[fact]), name=f"{told['result']}{place + 1}"
            )  # fmt: skip


def financed(scene):
    """The seed fund of the space, and money for its firms."""
    share, by, space = scene.share, scene.by, scene.space
    if share["fund"] is not None:
        write_down(
            Fund, space, by=by, day=space.opened, name=f"{space.name}", kind="own", at_disposal="yes",
            amount=Decimal(share["fund"]),
        )  # fmt: skip
    financed = scene.firms[::FIRMS_STILL_HERE]
    for stay, amount in zip(
        financed, shared(share["financing.total"], [1] * len(financed)), strict=True
    ):
        write_down(
            Investment, space, by=by, day=stay.day + timedelta(days=GROWS_AFTER), resident=stay.resident,
            source="other", form="equity", amount=Decimal(amount), investor=said()["investor"], arrived="yes",
        )  # fmt: skip
