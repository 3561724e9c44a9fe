"""The verbs: keep an upload, delete it, purge what is out of date."""

import hashlib
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from zhongchuang.gap.models import KEPT, Attempt, Upload, new_token
from zhongchuang.gap.storage import kept
from zhongchuang.tables.child import read_in_child

MOST_ATTEMPTS = 20
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
    """Take an upload away at once."""
    upload.delete()


def purge() -> int:
    """Delete uploads whose time has come, and forgotten attempts; the number of uploads."""
    Attempt.objects.filter(made__lte=timezone.now() - WINDOW).delete()
    count, _by_model = Upload.objects.expired().delete()
    return count


@transaction.atomic
def wait_for_upload(address: str) -> timedelta | None:
    """Note an attempt to upload from a network address; how long to wait where there were too many."""
    visitor = salted_hmac(
        "gap.attempt", address, secret=settings.SECRET_KEY, algorithm="sha256"
    ).hexdigest()
    now = timezone.now()
    recent = list(
        Attempt.objects.filter(visitor=visitor, made__gt=now - WINDOW)
        .order_by("made")
        .values_list("made", flat=True)
    )
    if len(recent) >= MOST_ATTEMPTS:
        return recent[len(recent) - MOST_ATTEMPTS] + WINDOW - now
    Attempt.objects.create(visitor=visitor, made=now)
    return None
