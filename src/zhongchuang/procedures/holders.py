"""With which organisation a step lies: who stands at its level above the space, or holds the power by delegation."""

from django.db.models.functions import Length
from django.utils import timezone

from zhongchuang.organisations.models import Delegation, Organisation, Region

UPWARDS = (Region.Level.COUNTY, Region.Level.CITY, Region.Level.PROVINCE, Region.Level.NATIONAL)
AS_COUNTY = {Region.Level.ZONE: Region.Level.COUNTY}
"""A development zone has a department of its own and no county above it."""


def height(level):
    """How far up a level stands, counted from the county."""
    return UPWARDS.index(AS_COUNTY.get(level, level))


def holder(step, space, *, on=None, among=None):
    """The organisation that takes a step on a space; None where none has joined.

    Of departments the one at the level of the step; where a region has none (a county directly under the province, a
    district of a municipality), the next one above it. An alliance takes what was delegated to it (SH-2); without a
    delegation its department does. `among` are the departments of the space, for who asks of many steps.
    """
    found = departments(space) if among is None else among
    if step.actor == "alliance" and (alliance := alliance_for(space, on or timezone.localdate())):
        return alliance
    return next((one for one in found if height(one.level) >= height(step.level)), None)


def departments(space):
    """The competent departments above a space, the nearest first."""
    above = space.region.paths_above
    found = Organisation.objects.confirmed().filter(competent=True, region__path__in=above)
    return list(found.select_related("region").order_by(Length("region__path").desc()))


def alliance_for(space, on):
    """The alliance that receives filings for the region of a space that day; of several the nearest, then the first."""
    held = Delegation.objects.on(on).filter(
        department__region__path__in=space.region.paths_above,
        alliance__state=Organisation.State.CONFIRMED,
    )
    powers = Delegation.Power.FILINGS
    found = [
        one for one in held.select_related("alliance", "department__region") if powers in one.powers
    ]
    found.sort(key=lambda one: (-len(one.department.region.path), one.pk))
    return found[0].alliance if found else None


def missing_level(procedure, space):
    """The first level of the procedure at which nobody has joined; empty where all steps have somebody."""
    found = departments(space)
    for step in procedure.steps:
        if step.hands and holder(step, space, among=found) is None:
            return step.level
    return ""
