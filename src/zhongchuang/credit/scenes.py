"""Credit records of the demonstration, one of them with a request that waits for its answer; played by the verbs that people use."""

import tomllib
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path

from django.utils import timezone

from zhongchuang.credit.actions import ask, enter
from zhongchuang.procedures.models import Case
from zhongchuang.spaces.models import Space

HERE = Path(__file__).parent
AT_WORK = time(10)


@cache
def said():
    return tomllib.loads((HERE / "scenes.toml").read_text(encoding="utf-8"))


def scenes(world):
    """Each record of another operator; one for which no operator is left is not played."""
    taken = set()
    for one in said()["records"]:
        space = next((space for space in spaces(one["under"]) if space.operator_id not in taken), None)  # fmt: skip
        if space:
            taken.add(space.operator_id)
            played(world, space, **one)
    return []


def spaces(under):
    """Those in the register there: first those of which a case is in hand."""
    held = set(Case.objects.running().values_list("space", flat=True))
    found = Space.objects.filter(state=Space.State.CONFIRMED, region__code__startswith=under)
    found = found.select_related("operator").order_by("pk")
    return sorted(found, key=lambda one: one.pk not in held)


def played(world, space, *, under, ago, basis, **told):
    """The record as the reviewer of the province enters it, and what a clerk of the operator asks."""
    day = world.today - timedelta(days=ago)
    by = world.acting("reviewer", f"{under}0000")
    made = enter(space.operator, by=by, matter=told["matter"], basis=basis % {"year": day.year}, words=told["words"], day=day)  # fmt: skip
    if "asks" in told:
        number = next(number for number, one in world.operators.items() if one == space.operator)
        on = day + timedelta(days=told["days_after"])
        moment = timezone.make_aware(datetime.combine(on, AT_WORK))
        ask(made, by=world.acting("clerk", number), kind=told["asks"], words=told["grounds"], at=moment)  # fmt: skip
