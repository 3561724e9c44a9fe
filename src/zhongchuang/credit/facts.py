"""What credit records tell of spaces: false material, and public money misused.

A record in force on the day makes its fact true: of the space that it names, or of every space of its operator. Without one the fact is
unknown, never false: that a department wrote nothing down proves nothing, and the register begins on some day with what was brought in.
A consequence such as Art. 12(4) of Zhejiang follows only where its condition is met, so unknown accuses nobody; a seat in a ranking tells
what is unknown as still to be looked into by a person. A record that was corrected, repaired, lifted, or shown long enough tells nothing
from that day on; of the days before it still does, as it was known then.
"""

from django.db.models import F, Q

from zhongchuang.credit.models import Record
from zhongchuang.credit.rules import facts
from zhongchuang.records.register import Source
from zhongchuang.spaces.facts import FEW


def told(names, on):
    """Those of the matters that make these facts true, in force on the day, once `of` each space that they are about."""
    held = [facts()[name] for name in names]
    found = Record.objects.on(on).filter(matter__in=held).annotate(of=F("operator__spaces"))
    return found.filter(Q(space=None) | Q(space=F("of")))


def of_records(subjects, names, on, window):
    """True for each space that a record is about."""
    del window
    found = told(names, on)
    if len(subjects) <= FEW:
        found = found.filter(of__in=subjects)
    by_matter = {facts()[name]: name for name in names}
    answers = {name: {} for name in names}
    for space, matter in found.values_list("of", "matter"):
        answers[by_matter[matter]][space] = True
    return answers


def rows_of_records(name, subject, on, window):
    del window
    return told([name], on).filter(of=subject)


SOURCES = (Source(tuple(facts()), of_records, rows_of_records, official=True),)
