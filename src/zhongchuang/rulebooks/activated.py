"""The packs that departments activated, as they hold today: asked wherever packs are read, in every process.

One small query says which they are; within a request it is asked once. Texts are read once a process, by digest.
"""

import logging
from contextvars import ContextVar

from django.core.signals import request_finished, request_started
from django.utils import timezone

from zhongchuang.policy.loading import PackRefused
from zhongchuang.rulebooks.models import Activation, Rulebook, parsed

logger = logging.getLogger(__name__)
_request = ContextVar("activated", default=None)


def _begins(**_signal):
    _request.set({})


def end_request(**_signal):
    """Keep nothing of what was asked in a request."""
    _request.set(None)


request_started.connect(_begins, dispatch_uid="activated begins")
request_finished.connect(end_request, dispatch_uid="activated ends")


def activated():
    """For each pack that was activated by today the pack, or None where the product's own holds: pairs of id and pack."""
    held = _request.get()
    if held is not None and "found" in held:
        return held["found"]
    found = [(id_, digest and pack_of(digest)) for id_, digest in in_force(timezone.localdate())]
    if held is not None:
        held["found"] = found
    return found


def in_force(on):
    """Pairs of pack id and digest that hold on a day, the digest None where the product's own pack does."""
    rows = Activation.objects.signed().filter(starts__lte=on).order_by("starts", "decided", "pk")
    return list(dict(rows.values_list("pack", "rulebook__digest")).items())


def pack_of(digest):
    """A kept pack; its text is fetched where this process has not read it yet."""
    if digest not in _read:
        content = Rulebook.objects.values_list("content", flat=True).get(digest=digest)
        try:
            _read[digest] = parsed(digest, content)
        except (PackRefused, ValueError):
            logger.exception("the kept pack %s cannot be used; the product's own holds", digest)
            _read[digest] = None
    return _read[digest]


_read = {}


def forget():
    """Ask anew within this request: something was activated."""
    held = _request.get()
    if held is not None:
        held.clear()
