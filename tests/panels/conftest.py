"""A Hunan recognition at its step of review, with people who are experts."""

import pytest
import time_machine
from django.utils import timezone

from tests.places import drafted, morning, open_day, organisation, place_for
from tests.procedures.needs import letter, why
from zhongchuang.gap.packs import own_packs
from zhongchuang.organisations.access import Acting
from zhongchuang.organisations.models import Role, User
from zhongchuang.panels import actions as panels
from zhongchuang.panels.models import Seat
from zhongchuang.procedures import actions
from zhongchuang.procedures.models import Case


@pytest.fixture
def july():
    """The weeks in which Hunan takes applications."""
    pack = own_packs()["hunan-2016"]
    with time_machine.travel(morning(open_day(pack, pack.procedures["recognition"]))):
        yield


@pytest.fixture
def hunan(db, july):
    """The place of the procedure, with an agency of nine experts."""
    pack = own_packs()["hunan-2016"]
    place = place_for(pack, pack.procedures["recognition"])
    organisation(place.cast, "agency", "agency", place.cast.regions["000000"], ())
    for number in range(9):
        place.cast.person(f"expert{number}", organisation=place.cast.organisations["agency"], role=Role.EXPERT)  # fmt: skip
    return place


@pytest.fixture
def at_review(hunan):
    """`at_review()` is a case that the province has reviewed."""

    def one():
        case = drafted(hunan)
        actions.hand_in(case, by=hunan.applicant, version=case.version, promised=True, at=timezone.now())  # fmt: skip
        return moved(hunan, case, "recommend")

    return one


def moved(place, case, name, **more):
    """A step of a case: proposed by the first hand, signed by the second."""
    case = Case.objects.get(pk=case.pk)
    first, second = (place.by(case.at, hand) for hand in (0, 1))
    if "letter" in case.at.needs:
        letter(case, first)
    actions.move(
        case,
        "propose",
        by=first,
        version=case.version,
        proposed=name,
        words="已核对",
        despite=why(case, name),
    )
    return actions.move(case, "sign", by=second, version=case.version)


@pytest.fixture
def expert(hunan):
    """`expert(3)` is an expert in an action."""

    def one(number):
        user = User.objects.get(pk=hunan.cast.people[f"expert{number}"].pk)
        return Acting(user, next(iter(user.current_posts)), "192.0.2.1")

    return one


@pytest.fixture
def named(hunan, expert):
    """`named(case, 0, 1)` asks these experts."""

    def one(case, *numbers):
        clerk = hunan.by(case.at)
        return [panels.name(case, by=clerk, expert=expert(number).user) for number in numbers]

    return one


@pytest.fixture
def given(expert, named):
    """`given(case, 0, 1)` asks these experts and lets them recommend it."""

    def one(case, *numbers, conclusion="yes"):
        for number, seat in zip(numbers, named(case, *numbers), strict=True):
            panels.give(seat, by=expert(number), version=seat.version, conclusion=conclusion, words=f"理由 {number}")  # fmt: skip
        return list(Seat.objects.filter(case=case))

    return one
