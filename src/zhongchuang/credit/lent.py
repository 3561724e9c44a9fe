"""The files of a request about a credit record are read by those who may answer it, wherever the operator sits."""

from django.db.models import Q

from zhongchuang.credit.answering import DECIDING
from zhongchuang.credit.models import Request


def lent(viewer):
    """What went with requests about records of the department of a decider, or of one below it."""
    paths = [path for post in getattr(viewer, "current_posts", ()) if post.role in DECIDING for path in post.reach]  # fmt: skip
    within = Q(pk__in=[])
    for path in paths:
        within |= Q(record__department__region__path__startswith=path)
    return [Request.objects.filter(within).exclude(files=None).values("files")] if paths else []
