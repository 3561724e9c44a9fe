"""Whether the audit chain is whole: every entry, their order, and the heads noted outside the database."""

import json
import re
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, Subquery
from django.utils.translation import gettext_lazy as _

from zhongchuang.audit.models import (
    ARCHIVED,
    GENESIS,
    SEALED,
    SUITES,
    Entry,
    Head,
    day_signature,
    seal,
)

LISTED = 100
CLOCK_TOLERANCE = timedelta(minutes=5)
ANCHOR = re.compile(rb"(\d+) ([0-9a-f]{64}) \S+")
FAULTS = {
    "changed": _("Entry %(number)s was changed after it was written, or was not written by this platform."),
    "missing": _("Entries %(number)s to %(until)s are missing."),
    "disordered": _("Entry %(number)s does not follow the one before it: something was inserted, taken out or put elsewhere."),
    "cut": _("The chain ends at entry %(until)s, but entry %(number)s was noted outside the database: the end was cut off, or an older copy was put in its place."),
    "diverged": _("Entry %(number)s differs from what was noted outside the database: another copy was put in its place."),
    "head": _("The head names entry %(number)s as the last; the chain ends at entry %(until)s."),
    "unanchored": _("Nothing was noted outside the database, so a cut at the end would not show. The noted heads belong into %(path)s."),
    "unsigned": _("The signature at the end of the file is missing or does not fit: the file was changed or cut, or was written elsewhere."),
    "unreadable": _("Entry %(number)s cannot be read."),
}  # fmt: skip


@dataclass(frozen=True)
class Fault:
    kind: str
    number: int
    until: int = 0

    @property
    def text(self) -> str:
        more = {"path": settings.AUDIT_ANCHOR_FILE}
        return FAULTS[self.kind] % (vars(self) | more)


@dataclass
class Report:
    """What a verification found; of very many faults the first hundred are kept."""

    entries: int = 0
    first: int = 0
    last: int = 0
    digest: str = GENESIS
    anchors: int = 0
    seconds: float = 0.0
    count: int = 0
    faults: list[Fault] = field(default_factory=list)
    clock_went_back: list[int] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        return not self.count

    def add(self, kind, number, until=0):
        self.count += 1
        if len(self.faults) < LISTED:
            self.faults.append(Fault(kind, number, until))


def print_nothing(entries):
    """For who does not wait."""


class Anchors:
    """The noted heads, read alongside the chain: they are in order but for a few neighbours.

    Only what stood in the file at the start counts: it was noted after its commit, so the chain has it.
    """

    AHEAD = 1000

    def __init__(self, path):
        self.lines = self.read(path, path.stat().st_size) if path.exists() else iter(())
        self.waiting: dict[int, set[str]] = {}
        self.furthest = self.count = 0

    @staticmethod
    def read(path, size):
        with path.open("rb") as file:
            while size > 0 and (line := file.readline()):
                size -= len(line)
                found = ANCHOR.fullmatch(line.strip())
                if found:
                    yield int(found[1]), found[2].decode()

    def noted(self, number):
        """The digests noted for an entry; none is the usual case."""
        while self.furthest < number + self.AHEAD:
            line = next(self.lines, None)
            if line is None:
                break
            self.furthest = max(self.furthest, line[0])
            self.waiting.setdefault(line[0], set()).add(line[1])
            self.count += 1
        return self.waiting.pop(number, ())

    def rest(self):
        """What was noted and not asked for, to the end of the file."""
        self.noted(float("inf"))
        return self.waiting


def verify(*, progress=print_nothing):
    """Read the chain once, to the head as it stood at the start, and report every fault.

    Others may write meanwhile. `progress` hears the count now and then.
    """
    began = time.monotonic()
    report, anchors = Report(), Anchors(settings.AUDIT_ANCHOR_FILE)
    head = Head.objects.first() or Head()
    first, previous = beginning(head)
    chain = Entry.objects.filter(number__lte=head.number).order_by("number")
    rows = chain.values_list(*SEALED, "digest").iterator(chunk_size=5000)
    read_chain(report, rows, first, previous, anchors, progress)
    if (head.number, head.digest) != (report.last, report.digest):
        report.add("head", head.number, report.last)
    check_end(report)
    compare_rest(report, anchors, first)
    report.seconds = time.monotonic() - began
    return report


def check_end(report):
    """Nothing stands behind the head; asked in one statement, since others write meanwhile."""
    last = Subquery(Entry.objects.order_by("-number").values("number")[:1])
    behind = Head.objects.annotate(last=last).filter(last__gt=F("number"))
    entries = [(head.number, head.last) for head in behind]
    if not Head.objects.exists() and Entry.objects.exists():
        entries = [(0, Entry.objects.latest("number").number)]
    for number, until in entries:
        report.add("head", number, until)


def beginning(head):
    """The number and the digest that the chain goes on from: an archive counts only if the chain itself tells of it."""
    for told in Entry.objects.filter(subject_type=ARCHIVED, verb="archived").order_by("-number"):
        new = told.values["new"]
        if new["until"] == head.kept_from - 1 and told.digest == told.expected_digest:
            return head.kept_from, new["digest"]
    return 1, GENESIS


def read_chain(report, rows, first, previous, anchors=None, progress=print_nothing):
    """Every entry against its own digest, its place, the one before it, and what was noted."""
    expected, moment = first, None
    report.digest, report.last = previous, first - 1
    for *values, digest in rows:
        number = values[0]
        check_place(report, number, expected, values[-1])
        check_seal(report, values, digest)
        if anchors and any(noted != digest for noted in anchors.noted(number)):
            report.add("diverged", number)
        if moment and values[1] < moment - CLOCK_TOLERANCE and len(report.clock_went_back) < LISTED:
            report.clock_went_back.append(number)
        expected, moment, report.digest, report.last = number + 1, values[1], digest, number
        report.first = report.first or number
        report.entries += 1
        if report.entries % 5000 == 0:
            progress(report.entries)


def check_place(report, number, expected, previous):
    if number != expected:
        report.add("missing", expected, number - 1)
    elif previous != report.digest:
        report.add("disordered", number)


def check_seal(report, values, digest):
    try:
        if seal(values) != digest:
            report.add("changed", values[0])
    except (KeyError, TypeError, ValueError):
        report.add("unreadable", values[0])


def compare_rest(report, anchors, first):
    """Noted heads that the pass over the chain did not meet: beyond its end, or far out of order."""
    left = anchors.rest()
    beyond = max((number for number in left if number > report.last), default=None)
    if beyond:
        report.add("cut", beyond, report.last)
    late = {n: noted for n, noted in left.items() if first <= n <= report.last}
    found = Entry.objects.filter(number__in=list(late)[:LISTED]).values_list("number", "digest")
    for number, digest in found:
        if late[number] != {digest}:
            report.add("diverged", number)
    report.anchors = anchors.count
    if report.entries and not anchors.count:
        report.add("unanchored", report.last)


def verify_archive(path):
    """The report on a file that `archive` or `export_day` wrote: it is read like the chain itself."""
    report = Report()
    with path.open("rb") as file:
        began = json.loads(file.readline())
        rows = (
            [number, datetime.fromisoformat(moment), *rest]
            for number, moment, *rest in (json.loads(line) for line in file if line[:1] == b"[")
        )
        read_chain(report, rows, began["from"], began["previous"])
    if "day" in began and not signature_fits(path):
        report.add("unsigned", report.last)
    return report


def signature_fits(path):
    """Whether the last line signs all the lines before it, with the key of this platform."""
    last, seen = b"", {suite: day_signature(suite) for suite in SUITES}
    with path.open("rb") as file:
        for line in file:
            for signature in seen.values():
                signature.update(last)
            last = line
    fitting = [{"suite": one, "signature": seen[one].finalize().hex()} for one in seen]
    return last.startswith(b"{") and json.loads(last) in fitting
