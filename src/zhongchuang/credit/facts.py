"""What credit records tell of spaces: false material, and public money misused.

A record in force on the day makes its fact true: of the space that it names, or of every space, where its operator ran it on that day.
Without one the fact is unknown, never false: that a department wrote nothing down proves nothing, and the register begins on some day with what was brought in.
A consequence such as Art. 12(4) of Zhejiang follows only where its condition is met, so unknown accuses nobody; a seat in a ranking tells
what is unknown as still to be looked into by a person. A record that was corrected, repaired, lifted, or shown long enough tells nothing
from that day on; of the days before it still does, as it was known then.
"""

from collections import defaultdict

from django.db.models import Q

from zhongchuang.credit.models import Record
from zhongchuang.credit.rules import facts
from zhongchuang.records.register import Source
from zhongchuang.spaces.facts import FEW, rows_of
from zhongchuang.spaces.models import Particulars


def told(names, on):
    """Those of the matters that make these facts true, in force on the day."""
    return Record.objects.on(on).filter(matter__in=[facts()[name] for name in names])


def of_records(subjects, names, on, window):
    """True for each space that a record is about."""
    del window
    found = told(names, on)
    ran = defaultdict(list)
    runs = rows_of(Particulars, subjects, on).filter(operator__in=found.order_by().values("operator"))  # fmt: skip
    for space, operator in runs.values_list("space", "operator"):
        ran[operator].append(space)
    by_matter = {facts()[name]: name for name in names}
    answers = {name: {} for name in names}
    if len(subjects) <= FEW:
        found = found.filter(operator__in=list(ran))
    for operator, space, matter in found.order_by().values_list("operator", "space", "matter"):
        for one in ran[operator]:
            if space in (None, one):
                answers[by_matter[matter]][one] = True
    return answers


def rows_of_records(name, subject, on, window):
    del window
    runs = rows_of(Particulars, [subject], on).values("operator")
    return told([name], on).filter(Q(space=None) | Q(space=subject), operator__in=runs)


SOURCES = (Source(tuple(facts()), of_records, rows_of_records, official=True),)
