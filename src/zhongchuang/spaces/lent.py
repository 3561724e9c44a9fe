"""The files behind a space and its changes are read by the officials in whose reach it is, wherever its operator sits."""

from django.db.models import Q

from zhongchuang.organisations.models import Organisation
from zhongchuang.organisations.models.people import OFFICIALS
from zhongchuang.spaces.models import Proof, Space


def lent(viewer):
    """What operators put behind things of the register, of daily work, and of their changes, once the space was submitted.

    The file from which a department brought in a whole region tells of many spaces, so it stays with that department.
    """
    paths = [path for post in getattr(viewer, "current_posts", ()) if post.role in OFFICIALS for path in post.reach]  # fmt: skip
    within = Q(pk__in=[])
    for path in paths:
        within |= Q(space__path__startswith=path)
    of_operators = Proof.objects.filter(evidence__organisation__kind=Organisation.Kind.OPERATOR)
    handed_in = of_operators.exclude(space__state=Space.State.DRAFT)
    return [handed_in.filter(within).values("evidence")] if paths else []
