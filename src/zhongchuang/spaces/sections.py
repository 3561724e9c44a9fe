"""What the page of a space shows: its figures, its sections with their rows, and its history."""

from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhongchuang.records.register import collect
from zhongchuang.spaces.models import TABLES, Change, Cluster, Dated, Proof
from zhongchuang.spaces.plans import by_number
from zhongchuang.spaces.words import HIDDEN, differs, shown

TITLES = {
    "particulars": _("Particulars"),
    "premises": _("Sites"),
    "leases": _("Leases"),
    "staff": _("Staff"),
    "staff-count": _("Numbers of staff"),
    "equipment": _("Equipment"),
    "host": _("Host organisation"),
}
"""The sections of the page of a space."""
IN_HISTORY = TITLES | {"desks": _("Desks"), "photographs": _("Photographs")}
EMPTY = {
    "premises": _("No site is recorded. Area and desks are unknown until one is."),
    "leases": _("No lease is recorded. A rented site needs one."),
    "staff": _("Nobody is listed. You may list the people, or state their numbers below."),
    "staff-count": _("No numbers are stated."),
    "equipment": _("No equipment is recorded; its value is unknown."),
    "host": _("No host is recorded. If there is none, record “none”."),
}
ONE = {"particulars", "staff-count", "host"}
"""Tables of which a space has one row at a time."""


@dataclass(frozen=True)
class Row:
    """A version that holds on the day, with the files behind the thing and the change that waits for it."""

    row: Dated
    proofs: list = field(default_factory=list)
    waiting: Change | None = None


@dataclass(frozen=True)
class Section:
    table: str
    title: str | Promise
    empty: str | Promise
    rows: list[Row]
    may_add: bool


def sections_of(space, on):
    """The sections of a space with what holds on a day."""
    proofs, waiting = {}, {}
    for proof in Proof.objects.filter(space=space).select_related("evidence"):
        proofs.setdefault(proof.series, []).append(proof)
    for change in Change.objects.waiting().filter(space=space):
        waiting[change.series] = change
    return [section(space, table, on, proofs, waiting) for table in TITLES]


def section(space, table, on, proofs, waiting):
    found = TABLES[table].objects.filter(space=space).on(on)
    if table == "particulars":
        found = found.select_related("operator", "region")
    rows = [Row(one, proofs.get(one.series, []), waiting.get(one.series)) for one in found]
    may_add = table not in ONE or not rows
    return Section(
        table, TITLES[table], EMPTY.get(table, ""), rows, may_add and table != "particulars"
    )


FIGURES = (
    ("floor_area", _("Total area"), "m²"),
    ("desks", _("Desks"), ""),
    ("staff", _("Staff"), ""),
    ("months_operating", _("Months of operation"), ""),
)


def figures_of(space, on):
    """The figures at the head of the page: fact, label, value or None, unit."""
    known = collect([space.pk], [name for name, *_rest in FIGURES], on).columns
    return [(name, label, known[name][0], unit) for name, label, unit in FIGURES]


def clusters_of(space, on):
    """The clusters that the space belongs to on the day."""
    return Cluster.objects.filter(memberships__in=space.memberships.on(on)).distinct()


@dataclass(frozen=True)
class Version:
    """One version of a thing, and what it changed of the version before."""

    table: str
    title: str | Promise
    row: Dated
    before: Dated | None

    @property
    def differences(self):
        """Label, old and new in words of each field that differs from the version before."""
        if self.before is None:
            return []
        return [
            (one.verbose_name, shown(self.before, one.name), shown(self.row, one.name))
            for one in self.row.entered()
            if one.name not in HIDDEN and differs(self.before, self.row, one.name)
        ]


def history_of(space):
    """All versions, the newest recorded first."""
    found = []
    for table, title in IN_HISTORY.items():
        rows = TABLES[table].objects.filter(space=space).order_by("series", "valid_from")
        before = None
        named = ("operator", "region") if table == "particulars" else ()
        for row in rows.select_related("recorded_by", *named):
            same = before if before is not None and before.series == row.series else None
            found.append(Version(table, title, row, same))
            before = row
    return sorted(found, key=lambda version: (version.row.recorded, version.row.pk), reverse=True)


@dataclass(frozen=True)
class Versions:
    """Versions of things of one table that were recorded together and say the same: told in one line."""

    first: Version
    labels: list[str]

    @property
    def names(self):
        """What they are versions of: the first three of many, and how many there are."""
        shown, count = ", ".join(self.labels[:3]), len(self.labels)
        return shown if count <= len(self.labels[:3]) else f"{shown} \u2026 ({count})"


def together(versions):
    """Lines for a history in its order; desks come by the dozen, and a line each would bury everything else."""
    lines = {}
    for one in versions:
        row, differences = one.row, tuple(one.differences)
        minute = row.recorded.replace(second=0, microsecond=0)
        alike = (
            one.table,
            minute,
            row.recorded_by_id,
            row.valid_from,
            row.valid_until,
            differences,
            one.before is None,
        )
        key = alike if one.table == "desks" else row.pk, one.table
        lines.setdefault(key, Versions(one, [])).labels.append(str(row))
    for line in lines.values():
        line.labels.sort(key=by_number)
    return list(lines.values())
