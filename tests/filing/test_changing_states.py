"""No state of a procedure of changes is reached that it does not declare (SH-3)."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests.places import EVERY, drafted, morning, open_day, place_for
from tests.procedures.test_states import outsiders, walk
from zhongchuang.filing.models import Title
from zhongchuang.gap.packs import own_packs
from zhongchuang.policy.procedure import CHANGE, states
from zhongchuang.spaces import actions as register
from zhongchuang.spaces.actions.versions import Operation
from zhongchuang.spaces.models import Change

OF_CHANGES = [at for at in EVERY if own_packs()[at[0]].procedures[at[1]].kind == CHANGE]


def with_a_change(place):
    """A title of the pack from before the platform, and a larger site that waits."""
    space, today = place.space, timezone.localdate()
    gives = next(one.gives for one in place.pack.procedures.values() if one.gives)
    Title.objects.create(
        number="1", space=space, operator=space.operator, department=place.cast.organisations[place.at_level(gives.level)],
        pack=place.pack.id, kind=gives.id, level=gives.level, name_zh=gives.title["zh"], name_en=gives.title["en"],
        of_space=space.name, of_operator=space.operator.name, since=today - timedelta(days=100), basis="沪科〔2016〕1号",
    )  # fmt: skip
    site = space.premises_rows.get()
    larger = Operation("premises", "revise", today, {"floor_area": 1900}, site.series)
    register.write(space, larger, by=place.applicant, reason="扩建")


@pytest.mark.django_db
@pytest.mark.parametrize(("pack", "procedure"), OF_CHANGES)
def test_everyone_tries_everything_and_only_what_is_declared_happens(pack, procedure):
    rules = own_packs()[pack]
    course = rules.procedures[procedure]
    with time_machine.travel(morning(open_day(rules, course))):
        place = place_for(rules, course)
        with_a_change(place)
        outsiders(place)
        case = drafted(place)
        people = {name: place.cast[name] for name in place.cast.people}
        assert walk(place, case, people) == states(course)
        assert Change.objects.get().state == "waiting"
