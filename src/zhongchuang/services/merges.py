"""Two records of one mentor: who they may be, merged, and taken apart again."""

from django.db import transaction
from django.db.models import Q

from zhongchuang.page.refusal import require
from zhongchuang.residents.merges import alike, held, join, separate, two_people
from zhongchuang.services.access import may_merge, may_take_apart
from zhongchuang.services.models import Appointment, Mentor, MentorMerge


def signs_of(mentor):
    """What a mentor may share with another record."""
    if mentor.mobile_index:
        yield "mobile", (mentor.name, mentor.mobile_index)
        yield "phone", mentor.mobile_index
    yield "mentor", mentor.name


def alike_mentors(space, acting):
    """Mentors who are or were appointed at a space who may be the same as another one that is seen."""
    here = Appointment.objects.standing().filter(space=space).values("mentor")
    seen = Mentor.objects.visible_to(acting).standing().order_by("pk")
    people = list(seen.filter(pk__in=here))
    same = Q(name__in={one.name for one in people})
    same |= Q(mobile_index__in={one.mobile_index for one in people} - {""})
    return alike(people, seen.filter(same), signs_of)


@transaction.atomic
def merge(merged, survivor, *, by, reason):
    """From now on both are one mentor."""
    merged, survivor = held(merged, survivor)
    require(two_people(merged, survivor))
    require(may_merge(by, merged, survivor))
    return join(merged, survivor, by=by, reason=reason, verb="mentors_merged")


@transaction.atomic
def take_apart(made, *, by, reason):
    """They are two mentors again."""
    made = MentorMerge.objects.select_for_update(of=["self"]).get(pk=made.pk)
    require(may_take_apart(by, made))
    return separate(made, by=by, reason=reason, verb="mentors_taken_apart")
