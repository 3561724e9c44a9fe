"""What runs by time or after a commit; each may run twice."""

from django.conf import settings
from django.utils import timezone

from zhongchuang.records import actions
from zhongchuang.records.actions.letters import send_on
from zhongchuang.records.models import Content, Delivery

AT_ONCE, A_NIGHT = 500, 5000


def deliver(pk):
    """Send one letter by one channel."""
    return actions.deliver(pk)


def deliver_due():
    """Leave to the workers what waits longer than it should: after a crash, or after a failure."""
    due = Delivery.objects.due(timezone.now()).order_by("due").values_list("pk", flat=True)
    return [send_on(pk) for pk in due[:AT_ONCE]]


def scan(digest):
    """Have one file scanned."""
    return actions.scan(digest)


def scan_waiting():
    """Have the files scanned that wait because the scanner did not answer."""
    waiting = Content.objects.filter(scan=Content.Scan.WAITING).order_by("stored")
    return [actions.scan(digest) for digest in waiting.values_list("pk", flat=True)[:AT_ONCE]]


def look_through(digest):
    """Look for personal numbers in one file."""
    return actions.look_through(digest)


def look_through_waiting():
    """Look through the files that wait because a worker died over them, or that are older than the search."""
    waiting = Content.objects.filter(look=Content.Look.WAITING).order_by("stored")
    return [actions.look_through(digest) for digest in waiting.values_list("pk", flat=True)[:50]]


def tell_likenesses():
    """Write down what older pictures look like, some thousand a night."""
    settings.INCOMING.mkdir(mode=0o700, parents=True, exist_ok=True)
    older = Content.objects.filter(likeness="").exclude(thumbnail_digest="").order_by("stored")
    return [
        actions.tell_likeness(digest) for digest in older.values_list("pk", flat=True)[:A_NIGHT]
    ]


def sweep():
    """Clear away files that nobody knows, answers that nobody will ask for, drafts that nobody goes on with."""
    swept = actions.sweep(), actions.sweep_incoming()
    return (*swept, actions.forget_receipts(), actions.forget_drafts())
