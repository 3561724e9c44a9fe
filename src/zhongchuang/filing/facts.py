"""What the register of titles tells: the titles that a space holds, and a ban on its operator.

Both hold by their days, so that a title that ended or a ban that was lifted tells of any day before. What is on record is
certain; what is not may exist elsewhere. So a space without a title that holds here is unknown, not one without titles: its
title may have been granted by another department, or before the platform, and nobody brought it in yet. Once one holds, the
register is read as the list of them; a further one is brought in from a file, or stated by the operator, whose statement
stands before the register. In the same way a ban is known or unknown and never denied: an end of one tells nothing of
another, and rules that ask for its absence are answered by a person.
"""

from collections import defaultdict

from zhongchuang.filing.models import Ban, Title
from zhongchuang.policy.procedure import TITLES
from zhongchuang.records.register import Source
from zhongchuang.spaces.facts import FEW, rows_of
from zhongchuang.spaces.models import Particulars

BANNED = "banned"


def counting(on):
    """The titles that hold on a day and are one of the catalogue."""
    return Title.objects.holding(on).exclude(counts_as="")


def of_titles(subjects, names, on, window):
    """The titles of each space, by kind and level."""
    del window
    rows = counting(on).order_by()
    rows = rows.filter(space__in=subjects) if len(subjects) <= FEW else rows
    held = defaultdict(set)
    for space, code in rows.values_list("space", "counts_as"):
        held[space].add(code)
    found = {space: frozenset(codes) for space, codes in held.items()}
    return dict.fromkeys(names, found)


def rows_of_titles(name, subject, on, window):
    del name, window
    return counting(on).filter(space=subject)


def of_bans(subjects, names, on, window):
    """Whoever runs a space on the day and is barred by any document."""
    del window
    barred = Ban.objects.on(on).order_by().values("operator")
    found = rows_of(Particulars, subjects, on).filter(operator__in=barred)
    barred = dict.fromkeys(found.values_list("space", flat=True), True)
    return dict.fromkeys(names, barred)


def rows_of_bans(name, subject, on, window):
    del name, window
    runs = rows_of(Particulars, [subject], on).values("operator")
    return Ban.objects.on(on).filter(operator__in=runs).select_related("operator")


SOURCES = (
    Source((TITLES,), of_titles, rows_of_titles),
    Source((BANNED,), of_bans, rows_of_bans, official=True),
)
