"""With which department a request about a record lies: the one that keeps the record, or the next above it.

Whoever entered a record does not answer about it. Where the department has no other decider, the competent department next above it that
has one answers; where none has, the security administrator of the department is asked to appoint somebody.
"""

from django.db.models import CharField, Exists, ExpressionWrapper, OuterRef, Subquery
from django.db.models.functions import Length

from zhongchuang.organisations.models import Organisation, Post, Role

DECIDING = frozenset({Role.REVIEWER, Role.APPROVER})


def free_hands(by):
    """The posts of deciders other than the person who entered a record, and than who stands in for them."""
    held = Post.objects.current().filter(role__in=DECIDING)
    return held.exclude(user=by).exclude(stands_in_for__user=by)


def answering_for(record):
    """The department that answers about a record; None where no one at it or above it may."""
    above = record.department.region.paths_above
    found = Organisation.objects.confirmed().filter(competent=True, region__path__in=above)
    hands = free_hands(record.by_id).filter(organisation=OuterRef("pk"))
    return found.filter(Exists(hands)).order_by(Length("region__path").desc()).first()


def lying_with(requests):
    """The same for many: each request with the key of that department as `lies_with`."""
    hands = free_hands(OuterRef(OuterRef("record__by"))).filter(organisation=OuterRef("pk"))
    here = ExpressionWrapper(OuterRef("record__department__region__path"), output_field=CharField())
    nearest = Organisation.objects.nearest_to(here).filter(Exists(hands))
    return requests.annotate(lies_with=Subquery(nearest.values("pk")[:1]))
