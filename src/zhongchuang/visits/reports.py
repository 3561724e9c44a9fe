"""A visit line by line: what was handed in, what was found, the photographs."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from zhongchuang.visits.checklist import in_words, lines, read
from zhongchuang.visits.models import Finding


@dataclass(frozen=True)
class Row:
    """A line with what was found there; None while nobody has said it."""

    line: object
    finding: Finding | None
    photographs: tuple = ()

    @property
    def anchor(self):
        """Its place on the page."""
        return self.line.key.replace(":", "-").replace(".", "-")

    @property
    def found(self):
        """The figure that was found, in words; what could not be seen is unknown."""
        if self.line.column is None or self.finding is None:
            return ""
        return in_words(self.line.column, read(self.line.column, self.finding.value))

    @property
    def answer(self):
        """The answer in words; empty while there is none."""
        return words_of_found(self.line)[self.finding.found] if self.finding else ""

    @property
    def says(self):
        """What was handed in beside what was found, in one sentence."""
        finding, words = self.finding, self.finding.words
        if finding.found == Finding.Found.DIFFERS and finding.value is not None:
            told = _("handed in: %(stated)s; on the spot: %(found)s") % {"stated": self.line.says, "found": self.found}  # fmt: skip
            return f"{told} · {words}" if words else told
        return words


def words_of_found(line):
    """How the answers at a line are called: where nothing was stated, nothing can be as stated."""
    found = Finding.Found
    told = {one: one.label for one in found}
    if line.column is None:
        told[found.AS_STATED] = _("met as far as seen")
    elif not line.is_stated:
        told[found.DIFFERS] = _("seen, though not stated")
    return told


def report(visit):
    """All lines of a visit, as its checklist has them and as they were answered."""
    found = {one.line: one for one in visit.findings.all()}
    pictures = {}
    for one in visit.photographs.shown().select_related("evidence__content"):
        pictures.setdefault(one.line, []).append(one)
    return [
        Row(one, found.get(one.key), tuple(pictures.get(one.key, ())))
        for one in lines(visit.case, visit.submission.facts, more=found)
    ]


def of_the_whole(visit):
    """The photographs that belong to no line."""
    return visit.photographs.shown().filter(line="").select_related("evidence__content")
