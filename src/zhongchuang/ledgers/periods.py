"""The days that a figure of a period means."""

from datetime import date

from django.db.models import Q

from zhongchuang.policy.term import year_window


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
