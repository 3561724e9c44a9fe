"""How often a visitor asks: applications from one network address, and letters to one e-mail address."""

from django.core.cache import cache
from django.utils.crypto import salted_hmac

HOUR = 3600
FROM_AN_ADDRESS = 20
"""Applications begun from one network address in an hour: a class or an office shares one."""
TO_AN_ADDRESS = 6
"""Letters with a code to one e-mail address in an hour."""


def from_here(ip):
    """Whether one more application from this network address is one too many."""
    return is_one_too_many("from", ip, FROM_AN_ADDRESS)


def letters_to(email):
    """Whether one more letter to this e-mail address is one too many."""
    return is_one_too_many("to", email, TO_AN_ADDRESS)


def is_one_too_many(what, whom, most):
    """Counts one; the address is kept as a keyed digest, and for an hour."""
    digest = salted_hmac(f"admission.{what}", whom, algorithm="sha256").hexdigest()
    key = f"admission:{what}:{digest}"
    cache.add(key, 0, HOUR)
    try:
        return cache.incr(key) > most
    except ValueError:  # the count was lost: nobody is turned away for that
        return False
