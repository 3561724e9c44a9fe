"""What facts made of ledgers share: the lines of many spaces, and the days that a figure means."""

from datetime import date, timedelta

from django.db.models import Q

from zhongchuang.policy.term import year_window
from zhongchuang.spaces.facts import FEW

FIRST_DAY = date(1990, 1, 1)
AHEAD = timedelta(days=366)
LONG = timedelta(days=36_525)
"""A day before the first, one begun more than a year ahead, or one that ends in more than a century is mistyped."""


def plausible(today, *, begins):
    """The first and the last day that are taken: of what begins, or of what ends."""
    return FIRST_DAY, today + (AHEAD if begins else LONG)


def lines_of(table, subjects):
    """Standing lines of these subjects, without an order that a grouping would take in."""
    found = table.objects.standing().order_by()
    return found.filter(space__in=subjects) if len(subjects) <= FEW else found


def lasting(on):
    """The condition that something had begun and not ended that day."""
    return Q(day__lte=on) & (Q(until=None) | Q(until__gt=on))


def spans(on, window):
    """First and last day by the suffix of a fact; `total` has no first day."""
    year = year_window(window, on)
    return {
        "year": (year.start, year.until),
        "total": (None, on),
        "years3": (date(on.year - 3, 1, 1), date(on.year - 1, 12, 31)),
    }


def within(first, last):
    """The condition that a line's day lies in a span."""
    return Q(day__lte=last) & (Q(day__gte=first) if first else Q())
