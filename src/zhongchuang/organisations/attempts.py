"""Failed sign-ins on one account over all network addresses: who was never there before waits ever longer (S-05).

It counts for what was typed, whether there is such an account or not, so that nothing shows which ones exist.
"""

import hashlib
from datetime import timedelta

from django.core.cache import cache
from django.utils import timezone

from zhongchuang.audit.models import Entry

FREE = 10
"""Failures within a day that make nobody wait."""

LONGEST = timedelta(minutes=15)
REMEMBERED = timedelta(days=1)
ONE_AT_A_TIME = timedelta(seconds=30)
PROOFS = ("signed_in", "password_reset")
"""Entries that show that the owner was at a network address; the log has an index of just these."""


def key_of(email):
    return f"failed-sign-ins:{hashlib.sha256(email.encode()).hexdigest()}"


def wait_after(count):
    """Seconds to wait after so many failures: none at first, then a second, two, four, up to a quarter of an hour."""
    return min(2 ** (count - FREE), LONGEST.total_seconds()) if count >= FREE else 0


def are_many(email):
    """Whether so many attempts failed that strangers wait."""
    return cache.get(key_of(email), (0, 0))[0] >= FREE


def held(email):
    """Whether an attempt from an unknown address must wait. When the wait is over, one attempt may go on."""
    count, last = cache.get(key_of(email), (0, 0))
    if timezone.now().timestamp() < last + wait_after(count):
        return True
    return not cache.add(f"{key_of(email)}:{count}", 1, ONE_AT_A_TIME.total_seconds())


def note(email):
    """Count one more failure."""
    count, _last = cache.get(key_of(email), (0, 0))
    kept = (count + 1, timezone.now().timestamp())
    cache.set(key_of(email), kept, REMEMBERED.total_seconds())


def signed_in_before(user, ip):
    """Whether the owner of the account was at this address before: the audit chain knows."""
    return Entry.objects.filter(user=str(user), verb__in=PROOFS, ip=ip).exists()
