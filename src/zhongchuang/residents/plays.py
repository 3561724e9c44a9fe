"""Residents of the demonstration: some stay, some went on, some gave up; their figures of the years."""

import tomllib
from datetime import date, timedelta
from pathlib import Path

from zhongchuang.ledgers.actions import write_down
from zhongchuang.residents import actions
from zhongchuang.residents.models import MonthReport, Report, Resident
from zhongchuang.residents.models.month import YEAR, last_day

HERE = Path(__file__).parent
KINDS = ("student", "researcher", "returnee", "migrant", "manager")
MONTHLY = 2
"""So many residents of a space report monthly."""

ENDS = (("graduated", "market"), ("moved", "accelerator"), ("closed", ""))


def plays(space, by, dice, today):
    """A dozen residents, taken in over two years."""
    said = tomllib.loads((HERE / "plays.toml").read_text(encoding="utf-8"))
    first = max(space.opened, today - timedelta(days=730))
    more = said["more"][Resident.objects.count() // len(said["teams"]) % len(said["more"])]
    for place, name in enumerate(said["teams"]):
        day = first + (today - first) * place // (len(said["teams"]) + 1)
        kind = "firm" if place % 3 else "team"
        stay = actions.take_in(
            space, by=by, kind=kind, name=f"{said['mark']}{name}{more}{said['firm' if kind == 'firm' else 'team']}",
            product=said["works"][place], day=day, stage="nursery" if kind == "team" else "incubator",
            desks=dice.whole(2, 10), founder=said["people"][place], founder_kind=KINDS[place % len(KINDS)],
            free_months=dice.pick((3, 6, 12)), months_allowed=24,
        )  # fmt: skip
        grow(stay, place, by=by, dice=dice, today=today)
        reports(stay, by=by, dice=dice, today=today)
        if place < MONTHLY:
            months(stay, by=by, dice=dice, today=today)
    return []


def grow(stay, place, *, by, dice, today):
    """Firms are registered while they stay; every fifth has left."""
    resident = stay.resident
    if resident.kind == "firm":
        registered = min(stay.day + timedelta(days=dice.whole(10, 120)), today)
        actions.revise(resident, by=by, version=resident.version, registered=registered)
    if place % 5 == 0 and stay.day < today - timedelta(days=200):
        outcome, destination = ENDS[place % len(ENDS)]
        day = stay.day + timedelta(days=dice.whole(120, 199))
        actions.leave(stay, by=by, version=1, day=day, outcome=outcome, destination=destination)


def reports(stay, *, by, dice, today):
    """The figures of each year at whose end it stayed."""
    for year in range(stay.day.year, today.year):
        end = date(year, 12, 31)
        if stay.until and stay.until <= end:
            continue
        staff = dice.whole(3, 30)
        write_down(
            Report, stay.space, by=by, resident=stay.resident, day=end, staff=staff, graduates=dice.whole(0, 4),
            college=dice.part(staff, 50, 90), income=dice.whole(5, 900) * 10_000, taxes=dice.whole(0, 40) * 10_000,
            ip_applied=dice.whole(0, 5), ip_granted=dice.whole(0, 3), ip_valid=dice.whole(0, 8),
            inventions_valid=dice.whole(0, 2),
        )  # fmt: skip


def months(stay, *, by, dice, today):
    """The figures of each month of this year and the last one at whose end it stayed; of one of them the taxes are unknown."""
    for year in (today.year - 1, today.year):
        for day in (last_day(year, month) for month in range(1, YEAR + 1)):
            if stay.day <= day <= today and (stay.until is None or stay.until > day):
                write_down(
                    MonthReport, stay.space, by=by, resident=stay.resident, day=day, staff=dice.whole(3, 12),
                    income=dice.whole(1, 60) * 1000, taxes=None if day.month == YEAR else dice.whole(0, 9) * 100,
                    rd_spending=dice.whole(0, 20) * 1000, invested=0,
                )  # fmt: skip
