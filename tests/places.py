"""A place for any procedure: regions, departments that have joined, an alliance where one acts, an operator with a space.

Nothing here knows a jurisdiction: what is needed is read from the procedure.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.cast import Cast
from tests.files.conftest import pdf
from zhongchuang.gap.packs import own_packs
from zhongchuang.organisations import actions as organisations
from zhongchuang.organisations.access import ROLES_AT
from zhongchuang.organisations.models import Organisation, Region, Role
from zhongchuang.organisations.models.people import OFFICIALS
from zhongchuang.policy.procedure import LEVELS
from zhongchuang.procedures import actions
from zhongchuang.procedures.models import Case
from zhongchuang.records.actions import hand_in as hand_in_file
from zhongchuang.spaces import actions as register
from zhongchuang.spaces.actions.versions import Operation
from zhongchuang.spaces.models import Space

CITIES_OF_PROVINCIAL_LEVEL = ("11", "12", "31", "50")
SOMEWHERE, CITY, COUNTY = "63", "01", "82"
"""Codes where the procedure leaves them open."""
CREDIT_CODE = "91330482MA28A00016"
EVERY = [(pack.id, name) for pack in own_packs().values() for name in pack.procedures]
APPLIED_FOR = [at for at in EVERY if own_packs()[at[0]].procedures[at[1]].gives]


@dataclass
class Place:
    """Where a procedure runs: people by name (`city.clerk`, `alliance.reviewer`, `operator.operator_head`), its space."""

    pack: object
    procedure: object
    cast: Cast
    space: Space

    def at(self, step):
        """The short name of who takes a step."""
        return "alliance" if step.actor == "alliance" else self.at_level(step.level)

    def at_level(self, level):
        above = LEVELS[LEVELS.index(level) :]
        return next(one for one in above if one in self.cast.organisations)

    def by(self, step, hand=0):
        """Who makes a move of a step, acting in their post."""
        return self.cast[f"{self.at(step)}.{step.hands[hand]}"]

    @property
    def applicant(self):
        return self.cast["operator.operator_head"]


def codes(prefix):
    """The regions of a pack's place from the nation down: code and level."""
    province = prefix[:2] or SOMEWHERE
    yield "000000", "national"
    yield f"{province}0000", "province"
    if province in CITIES_OF_PROVINCIAL_LEVEL:
        yield prefix if len(prefix) == 6 else f"{province}0101", "county"
        return
    city = prefix[2:4] or CITY
    yield f"{province}{city}00", "city"
    yield f"{province}{city}{prefix[4:6] or COUNTY}", "county"


def open_day(pack, procedure, latest=None):
    """A day on which applications are taken: the last middle of a month that is."""
    latest = latest or timezone.localdate()
    days = (date(latest.year - back, month, 15) for back in range(12) for month in range(12, 0, -1))
    return next(
        day
        for day in days
        if day <= latest and pack.state(day) == "in_force" and (not procedure.window or procedure.window.holds(day))
    )  # fmt: skip


def morning(day):
    """Ten o'clock of a day."""
    return timezone.make_aware(datetime.combine(day, time(10)))


def place_for(pack, procedure):
    """The place of a procedure, as of now."""
    cast = Cast()
    for code, level in codes(pack.region):
        above = next(reversed(cast.regions.values()), None)
        path = f"{above.path if above else '/'}{code}/"
        region = Region.objects.create(code=code, name=f"{level} {code}", full_name=f"{level} {code}", level=level, parent=above, path=path)  # fmt: skip
        cast.regions[code] = region
        organisation(cast, level, "department", region, sorted(OFFICIALS), level=level, competent=True)  # fmt: skip
    county = next(reversed(cast.regions.values()))
    organisation(cast, "operator", "operator", county, (Role.OPERATOR_HEAD, Role.OPERATOR_CLERK), credit_code=CREDIT_CODE)  # fmt: skip
    if any(step.actor == "alliance" for step in procedure.steps):
        join_alliance(cast, procedure)
    return Place(pack, procedure, cast, registered_space(cast, county))


def organisation(cast, short, kind, region, roles, **more):
    made = Organisation.objects.create(
        name=f"{short} {kind}", kind=kind, region=region, state="confirmed", **more
    )
    cast.organisations[short] = made
    for role in roles:
        cast.person(f"{short}.{role}", organisation=made, role=role)


def join_alliance(cast, procedure):
    """An alliance that received the filings of its department."""
    step = next(one for one in procedure.steps if one.actor == "alliance")
    region = next(one for one in cast.regions.values() if one.level == step.level)
    organisation(cast, "alliance", "alliance", region, sorted(ROLES_AT["alliance"]))
    organisations.delegate(
        cast.organisations[step.level], cast.organisations["alliance"], by=cast[f"{step.level}.approver"],
        powers=["filings"], since=timezone.localdate(),
    )  # fmt: skip


def registered_space(cast, county):
    """A space that opened two years ago and stands in the register."""
    head, opened = cast["operator.operator_head"], timezone.localdate() - timedelta(days=730)
    space = register.register(by=head, kind="space", opened=opened, name="示范众创空间", region=county, address="创业路 1 号")  # fmt: skip
    site = {"name": "A 座", "floor_area": 1600, "desks": 180, "tenure": "rented"}
    register.write(space, Operation("premises", "add", opened, site), by=head)
    register.submit(space, by=head)
    register.confirm(Space.objects.get(pk=space.pk), by=cast["county.reviewer"])
    return Space.objects.get(pk=space.pk)


def completed(place, case):
    """Every entry in words where it is empty, every material that is asked for with a file."""
    texts = {one.id: case.entries.get(one.id) or f"说明 {one.id}" for one in case.course.entries()}
    actions.write(case, by=place.applicant, version=case.version, **texts)
    for material in case.course.materials:
        if material.required and not case.attachments.filter(slot=material.id, removed=None).exists():  # fmt: skip
            file = SimpleUploadedFile(f"{material.id}.pdf", pdf())
            actions.attach(case, by=place.applicant, slot=material.id, evidence=hand_in_file(file, by=place.applicant))  # fmt: skip
    return Case.objects.get(pk=case.pk)


def drafted(place):
    """A complete draft of the procedure of a place."""
    case = actions.begin(place.space, place.pack.id, place.procedure.id, by=place.applicant)
    return completed(place, case)
