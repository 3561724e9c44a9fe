"""The verbs: keep an upload, delete it, purge what is out of date."""

import hashlib
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from zhongchuang.gap.models import KEPT, Attempt, Upload, new_token
from zhongchuang.gap.storage import kept
from zhongchuang.tables.child import read_in_child

MOST_ACCEPTED = 20
MOST_ATTEMPTS = 60
WINDOW = timedelta(minutes=10)
LONGEST_LABEL = 255
MOST_WARNINGS = 500


def keep(data: bytes, name: str, *, language: str) -> Upload:
    """Read a file in a process of its own and keep its figures; Unreadable leaves nothing behind."""
    reading = read_in_child(data, name, language=language)
    table, warnings = kept(reading)
    now = timezone.now()
    return Upload.objects.create(
        token=new_token(),
        made=now,
        expires=now + KEPT,
        name=name[:LONGEST_LABEL],
        sha256=hashlib.sha256(data).hexdigest(),
        subjects=len(reading.table),
        table=table,
        warnings=warnings[:MOST_WARNINGS],
    )


def delete(upload: Upload) -> None:
    """Take an upload away at once, also out of the database's own files."""
    upload.delete()
    transaction.on_commit(forget_pages)


def purge() -> int:
    """Delete uploads whose time has come, and forgotten attempts; the number of uploads."""
    Attempt.objects.filter(made__lte=timezone.now() - WINDOW).delete()
    count, _by_model = Upload.objects.expired().delete()
    transaction.on_commit(forget_pages)
    return count


def forget_pages() -> None:
    """Empty SQLite's log of changes, in which deleted figures would stand until it is used again."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@transaction.atomic
def wait_for_upload(address: str) -> timedelta | None:
    """Note an attempt to upload from a network address; how long to wait where there were too many.

    Files that were taken have one bound, and all that were tried a higher one.
    """
    visitor, now = visitor_of(address), timezone.now()
    recent = list(
        Attempt.objects.filter(visitor=visitor, made__gt=now - WINDOW)
        .order_by("made")
        .values_list("made", "accepted")
    )
    tried = [made for made, _accepted in recent]
    taken = [made for made, accepted in recent if accepted]
    bounds = ((tried, MOST_ATTEMPTS), (taken, MOST_ACCEPTED))
    waits = [days[-most] + WINDOW - now for days, most in bounds if len(days) >= most]
    if waits:
        return max(waits)
    Attempt.objects.create(visitor=visitor, made=now)
    return None


@transaction.atomic
def count_accepted(address: str) -> None:
    """Note that the last attempt from a network address was taken."""
    tried = Attempt.objects.filter(visitor=visitor_of(address), accepted=False).order_by("-made")
    Attempt.objects.filter(pk__in=list(tried.values_list("pk", flat=True)[:1])).update(
        accepted=True
    )


def visitor_of(address: str) -> str:
    """A keyed digest of a network address, which is not kept itself."""
    return salted_hmac(
        "gap.attempt", address, secret=settings.SECRET_KEY, algorithm="sha256"
    ).hexdigest()
