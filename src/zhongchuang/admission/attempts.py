"""How often a visitor asks: applications from one network address, and letters to one e-mail address."""

from zhongchuang.page.visitor import is_one_too_many

HOUR = 3600
FROM_AN_ADDRESS = 20
"""Applications begun from one network address in an hour: a class or an office shares one."""
TO_AN_ADDRESS = 6
"""Letters with a code to one e-mail address in an hour."""


def from_here(ip):
    """Whether one more application from this network address is one too many."""
    return is_one_too_many("applications", ip, FROM_AN_ADDRESS, HOUR)


def letters_to(email):
    """Whether one more letter to this e-mail address is one too many."""
    return is_one_too_many("application-codes", email, TO_AN_ADDRESS, HOUR)
