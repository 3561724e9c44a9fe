"""Many subjects beside many sets: one mark each, with totals."""

from collections import Counter
from dataclasses import dataclass
from itertools import islice

from django.http import Http404
from django.utils.translation import gettext as _

from zhongchuang.gap import words
from zhongchuang.gap.choice import Choice, chosen, ordered, reference
from zhongchuang.gap.matrix import ASSUMED_CODE, MARKED, REGISTERED, place
from zhongchuang.gap.sources import Source, placeless, verdicts
from zhongchuang.policy.facts import Value
from zhongchuang.policy.pack import Pack, RuleSet
from zhongchuang.policy.table import Table
from zhongchuang.policy.verdict import FOR_JUDGEMENT, MET, NOT_APPLICABLE, NOT_MET, UNKNOWN

SIZE = 50
WORST_FIRST = (NOT_MET, UNKNOWN, FOR_JUDGEMENT, ASSUMED_CODE, MET, NOT_APPLICABLE)
MOST_LOOKED_AT = 200
"""Subjects that tell the place of a file."""


@dataclass(frozen=True)
class SetColumn:
    """A set over all subjects: the verdict of each, and how many have which.

    `assumed` is how many do not state where they are registered and are taken as registered there.
    """

    pack: Pack
    rules: RuleSet
    codes: bytes
    assumed: int

    @property
    def reference(self) -> str:
        """The set's name in addresses."""
        return reference(self.pack, self.rules)

    @property
    def totals(self) -> list[tuple[str, int]]:
        """Verdict names with their numbers, the worst first; those that nobody has are left out."""
        return [(MARKED[code], count) for code in WORST_FIRST if (count := self.codes.count(code))]


@dataclass(frozen=True)
class Line:
    """One subject: its number, its name, its address and its verdicts."""

    number: int
    name: str
    code: str
    url: str
    marks: list[str]


@dataclass(frozen=True)
class Page:
    """Fifty subjects, and where the pages before and after begin."""

    sets: list[SetColumn]
    shown: list[SetColumn]
    lines: list[Line]
    total: int
    matching: int
    before: int | None
    after: int | None

    @property
    def references(self) -> set[str]:
        """The sets that are shown, by their names in addresses."""
        return {one.reference for one in self.shown}

    @property
    def width(self) -> int:
        """Columns of the table."""
        return len(self.shown) + 1


def page(one: Source, choice: Choice, begin: str) -> Page:
    """The subjects from a number on; with `choice.missing` only those with something open."""
    table = one.table
    pairs = ordered(home(table), choice.on)
    blank = len(placeless(table)) if choice.local else 0
    sets = [
        SetColumn(
            pack,
            rules,
            verdicts(one, pack, rules, local=choice.local),
            blank if place(rules) else 0,
        )
        for pack, rules in pairs
    ]
    wanted = {reference(*pair) for pair in chosen(pairs, choice)}
    shown = [column for column in sets if column.reference in wanted]
    rows = [
        row
        for row in table.rows()
        if not choice.missing or any(column.codes[row] in (UNKNOWN, NOT_MET) for column in shown)
    ]
    at = _place(rows, begin)
    lines = [_line(one, table, row, shown) for row in rows[at : at + SIZE]]
    before = rows[max(at - SIZE, 0)] + 1 if at else None
    after = rows[at + SIZE] + 1 if at + SIZE < len(rows) else None
    return Page(sets, shown, lines, len(table), len(rows), before, after)


def home(table: Table) -> dict[str, Value]:
    """The place where most of the first subjects are registered, as a fact; empty where none is known."""
    known = [
        value
        for value in islice(table.columns.get(REGISTERED, ()), MOST_LOOKED_AT)
        if value is not None
    ]
    return {REGISTERED: Counter(known).most_common(1)[0][0]} if known else {}


def _place(rows: list[int], begin: str) -> int:
    """Where in the list the page begins: at the subject with this number, or the next."""
    number = int(begin) if begin.isascii() and begin.isdigit() and len(begin) < 9 else 1
    return next((at for at, row in enumerate(rows) if row + 1 >= number), 0)


def _line(one: Source, table: Table, row: int, shown: list[SetColumn]) -> Line:
    code = table.codes[row] if table.codes else None
    return Line(
        row + 1,
        name_of(table, row),
        code or "",
        one.subject_url(row),
        [MARKED[column.codes[row]] for column in shown],
    )


def name_of(table: Table, row: int) -> str:
    """The name of a subject, or its number where it has none."""
    return words.plain_name(str(table.subjects[row])) or _("Row %(number)s") % {"number": row + 1}


def row_of(one: Source, number: int) -> int:
    """The row of the subject with this number; 404 where there is none."""
    if not 1 <= number <= len(one.table):
        raise Http404
    return number - 1
