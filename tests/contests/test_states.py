"""No state of a review is reached that its procedure does not declare, and nobody who decided takes part in it."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests.places import completed, morning, open_day, place_for
from tests.procedures.test_states import outsiders, walk
from zhongchuang.contests import actions as contests
from zhongchuang.filing.contestable import subject_of
from zhongchuang.filing.models import Title
from zhongchuang.gap.packs import own_packs
from zhongchuang.organisations.models.people import OFFICIALS
from zhongchuang.policy.procedure import states
from zhongchuang.procedures.contested import contested_as

GIVEN = [
    (pack.id, next(name for name, one in pack.procedures.items() if one.gives))
    for pack in own_packs().values()
    if any(one.gives for one in pack.procedures.values())
]


def revoked(place):
    """A title of the place that was revoked today."""
    space, today, gives = place.space, timezone.localdate(), place.procedure.gives
    return Title.objects.create(
        number="1", space=space, operator=space.operator, department=place.cast.organisations[place.at_level(gives.level)],
        pack=place.pack.id, kind=gives.id, level=gives.level, name_zh=gives.title["zh"], name_en=gives.title["en"],
        of_space=space.name, of_operator=space.operator.name, since=today - timedelta(days=100), basis="〔2016〕1号",
        state="revoked", ended_on=today, reason="停业",
    )  # fmt: skip


def decided_before(place, review):
    """People in every role of the department with which the review lies who took part in the decision."""
    at = place.at(review.course.steps[0])
    for role in sorted(OFFICIALS):
        name = f"{at}.{role}.before"
        review.recused.add(place.cast.person(name, organisation=place.cast.organisations[at], role=role))  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(("pack", "procedure"), GIVEN)
def test_everyone_tries_everything_and_only_what_is_declared_happens(pack, procedure):
    rules = own_packs()[pack]
    with time_machine.travel(morning(open_day(rules, rules.procedures[procedure]))):
        place = place_for(rules, rules.procedures[procedure])
        title = revoked(place)
        outsiders(place)
        review = contests.begin(contested_as(subject_of(title)), by=place.applicant)
        decided_before(place, review)
        place.procedure = review.course
        case = completed(place, review)
        people = {name: place.cast[name] for name in place.cast.people}
        assert walk(place, case, people) == states(review.course)
        assert Title.objects.get().state == "revoked"
