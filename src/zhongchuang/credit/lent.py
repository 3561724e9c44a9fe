"""The files of a request about a credit record are read by whoever answers it, wherever the operator sits."""

from zhongchuang.credit.models import Request


def lent(viewer):
    """What went with the requests that one sees."""
    return [Request.objects.visible_to(viewer).exclude(files=None).values("files")]
