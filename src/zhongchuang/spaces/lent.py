"""The files behind a space and its changes are read by the officials in whose reach it is, wherever its operator sits."""

from django.db.models import Q

from zhongchuang.organisations.models.people import OFFICIALS
from zhongchuang.spaces.models import Proof, Space


def lent(viewer):
    """What was put behind things of the register, of daily work, and of their changes, once the space was submitted."""
    paths = [path for post in getattr(viewer, "current_posts", ()) if post.role in OFFICIALS for path in post.reach]  # fmt: skip
    within = Q(pk__in=[])
    for path in paths:
        within |= Q(space__path__startswith=path)
    handed_in = Proof.objects.exclude(space__state=Space.State.DRAFT)
    return [handed_in.filter(within).values("evidence")] if paths else []
