"""How the lines of a ledger stand in a workbook, and what the rows of a file would write beside the lines that stand."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from operator import itemgetter
from types import MappingProxyType

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from zhongchuang.imports.declaration import Column, Plan
from zhongchuang.ledgers.importable.columns import LINE, STRUCK, aliases, column_of
from zhongchuang.ledgers.importable.writing import Batch
from zhongchuang.ledgers.periods import FIRST_DAY, plausible
from zhongchuang.spaces.importable.columns import fault


class Taken:
    """What every row is measured by, looked up once: which days are taken, and the terms and numbers that were found right."""

    def __init__(self):
        self.today = timezone.localdate()
        self.begins = plausible(self.today, begins=True)
        self.ends = plausible(self.today, begins=False)
        self.terms = set()
        self.tests = None


@dataclass
class Known:
    """What rows may point to: `lines` of the ledger by number, and what each reference looked up."""

    references: dict = field(default_factory=dict)
    lines: dict = field(default_factory=dict)
    taken: Taken = field(default_factory=Taken)


class Sheet:
    """The columns of a ledger, from line to row and from row to line. A ledger that needs more has a class of its own.

    `known_by` are fields by which a line without a number is known again, without them all that it needs;
    `happened` forbids days to come; `year` names the column that holds a year where the form asks for one.
    """

    references = MappingProxyType({})
    """Fields that point elsewhere, each with what finds the row that is meant."""

    def __init__(self, ledger, *, known_by=(), happened=False, year=""):
        self.ledger, self.model = ledger, ledger.model
        self.known_by, self.happened, self.year = known_by, happened, year

    @cached_property
    def names(self):
        """The fields that the form of the ledger takes, without those that others stand for."""
        return [name for name in self.ledger.form._meta.fields if not self.is_yearly(name)]

    @cached_property
    def plain_names(self):
        """Those that point nowhere."""
        return [name for name in self.names if name not in self.references]

    @cached_property
    def plain(self):
        """What a row says of those, in their order."""
        names = self.plain_names
        return itemgetter(*names) if len(names) > 1 else lambda row: [row[name] for name in names]

    def is_yearly(self, name):
        return bool(self.year) and name == "day"

    @cached_property
    def columns(self):
        """The columns in the order of the form."""
        found = [one for name in self.names for one in self.columns_of(name)]
        if self.year and self.year not in self.names:
            year = Column(self.year, _("Calendar year"), "number", required=True, aliases=self.aliases("day"))  # fmt: skip
            found.insert(len(self.columns_of(self.names[0])), year)
        return (*found, STRUCK, LINE)

    def columns_of(self, name):
        """The column of a field, with what the form calls it."""
        label = (self.ledger.form._meta.labels or {}).get(name)
        if name in self.references:
            label = label or self.model._meta.get_field(name).verbose_name
            return self.references[name].columns(self.ledger.name, label)
        return [self.column(name, label=label)]

    def column(self, name, **more):
        return column_of(self.model, name, ledger=self.ledger.name, **more)

    def aliases(self, name):
        return aliases(self.ledger.name, name)

    parts: tuple = ()
    """What a row needs beside what the list does, for `prefetch_related`."""

    def lines(self, space):
        """All lines of a space with what a row needs."""
        return self.ledger.lines(space).prefetch_related(*self.parts)

    def row_of(self, line):
        """What the columns say of a line."""
        values = {name: getattr(line, name) for name in self.plain_names}
        if self.year:
            values[self.year] = line.day.year
        for name, reference in self.references.items():
            values |= reference.row_of(line, name)
        return values | {"struck": line.struck_reason, "line": str(line.key)}

    @cached_property
    def identity(self):
        """The fields by which a line is known again."""
        if self.known_by:
            return self.known_by
        needed = [name for name in self.names if self.is_needed(name)]
        return tuple(dict.fromkeys(["day", *needed]))

    def is_needed(self, name):
        one = self.model._meta.get_field(name)
        return not (one.blank or one.null or one.has_default())

    # --- from row to line ---

    def known(self, space, rows):
        """What the rows may point to, looked up once."""
        return Known({name: one.known(space) for name, one in self.references.items()})

    def values(self, place, row, known):
        """The fields of a line and the faults of a row; what is blank is None."""
        values = dict(zip(self.plain_names, self.plain(row), strict=True))
        faults = []
        if self.year:
            values["day"] = date(row[self.year], 12, 31) if self.is_year(row[self.year]) else None
            if values["day"] is None:
                faults.append(no_year(place, self.year, row[self.year]))
        for name, reference in self.references.items():
            values[name], wrong = reference.find(place, name, row, known.references[name])
            faults += wrong
        taken, term = known.taken, (values.get("day"), values.get("until"))
        if term not in taken.terms:
            wrong = list(self.of_itself(place, values, taken))
            faults += wrong
            if not wrong:
                taken.terms.add(term)
        if taken.tests:
            faults += self.of_numbers(place, values, taken.tests)
        return values, faults

    def is_year(self, year):
        return FIRST_DAY.year <= year <= timezone.localdate().year

    def of_itself(self, place, values, taken):
        """Faults of the days in a row."""
        day, until = values.get("day"), values.get("until")
        if self.happened and day and day > taken.today:
            yield fault(place, "day", "future", gettext_noop("%(day)s is still to come."), day=day.isoformat())  # fmt: skip
        elif day:
            yield from of_another_age(place, "day", day, taken.begins)
        if day and until and until <= day:
            yield fault(
                place, "until", "before_it_began",
                gettext_noop("It began on %(day)s. Write a later day, or leave the cell blank while it goes on."),
                day=day.isoformat(),
            )  # fmt: skip
        elif until:
            yield from of_another_age(place, "until", until, taken.ends)

    def of_numbers(self, place, values, tests):
        """Faults of the numbers in a row, by the tests that any row of the file fails."""
        for name, of_field in tests.items():
            if values.get(name) is not None:
                yield from tested(place, name, values[name], of_field)

    def failed_tests(self, rows):
        """The tests of those fields where any value may lie outside; the others need not be looked at row by row."""
        said = [row for row in rows if row]
        return {
            name: tests for name, tests in self.tests.items()
            if name not in self.plain_names or any(
                list(tested(0, name, value, tests)) for value in extremes({row[name] for row in said})
            )
        }  # fmt: skip

    @cached_property
    def tests(self):
        """The validators of the fields."""
        found = {one.name: one.validators for one in self.model._meta.concrete_fields}
        limits = {name: [one for one in tests if hasattr(one, "limit_value")] for name, tests in found.items() if name in self.names}  # fmt: skip
        return {name: tests for name, tests in limits.items() if tests}

    def beside(self, place, values, line, known):
        """Faults beside the other lines; `line` is the recorded one that the row means."""
        return ()

    def differs(self, item, known):
        """Whether a row says something else beside the line itself."""
        return False

    def line(self, space, values, by):
        """A new line, not written yet, with its many-to-many fields apart."""
        many = {name: values[name] or [] for name in self.many if name in values}
        plain = {
            name: self.filled(name, value) for name, value in values.items() if name not in many
        }
        return self.model(space=space, recorded_by=by.user, **plain), many

    def filled(self, name, value):
        """What is recorded for a blank cell."""
        if value is not None:
            return value
        one = self.model._meta.get_field(name)
        return one.get_default() if one.has_default() or not one.null else None

    @cached_property
    def many(self):
        return {one.name for one in self.model._meta.many_to_many}

    def held(self, line, name):
        """What a line says now."""
        return list(getattr(line, name).all()) if name in self.many else getattr(line, name)

    def key_of(self, values):
        return tuple([plain_key(values.get(name)) for name in self.identity])

    # --- writing; classes of their own write more than the line ---

    def add(self, batch, work, item):
        line, many = self.line(work.space, item.values, batch.by)
        batch.add(line, many)

    def change(self, batch, work, item):
        batch.change(item.line, item.values, many=self.many)


def of_another_age(place, name, day, bounds):
    """A day whose year is a slip."""
    first, last = bounds
    if not first <= day <= last:
        yield fault(
            place, name, "other_age", gettext_noop("Days from %(first)s to %(last)s are taken. Compare the year."),
            first=first.isoformat(), last=last.isoformat(),
        )  # fmt: skip


def tested(place, name, value, tests):
    """Faults of a number that lies outside of what the field takes."""
    for test in tests:
        try:
            test(value)
        except ValidationError:
            yield fault(
                place, name, "limit", gettext_noop("%(found)s lies outside of what is allowed; the limit is %(limit)s."),
                found=str(value), limit=str(test.limit_value),
            )  # fmt: skip


def extremes(values):
    """Of many values those that a limit is measured by: the least and the most, of texts the shortest and the longest."""
    known = values - {None}
    by = len if any(isinstance(one, str) for one in known) else None
    return (min(known, key=by), max(known, key=by)) if known else ()


def no_year(place, name, found):
    return fault(
        place, name, "year", gettext_noop("“%(found)s” is no year that has begun. Write it as 2025."), found=str(found)
    )  # fmt: skip


def plain_key(value):
    """A value as it is compared: rows by their key, several of them in any order, blank ones alike."""
    if type(value) in (str, date):
        return value
    if isinstance(value, list):
        return frozenset(plain_key(one) for one in value)
    if value is None or value == "":
        return ""
    if hasattr(value, "_meta"):
        return value.pk or id(value)
    return value


@dataclass
class Item:
    """A line to write, or to change to `values`; `row` and `who` have what a class of its own needs beside them."""

    values: dict
    line: object = None
    row: dict = field(default_factory=dict)
    who: object = None


@dataclass
class Work:
    """What an import would write into one space."""

    space: object
    sheet: Sheet
    existing: str
    known: object
    items: list = field(default_factory=list)


class Checking:
    """The rows of a file beside the lines of a space."""

    def __init__(self, sheet, space, existing, known):
        self.sheet, self.existing, self.known = sheet, existing, known
        self.by_number, self.struck, self.pool = known.lines, set(), defaultdict(list)
        for line in sheet.lines(space):
            if line.struck:
                self.struck.add(str(line.key))
                continue
            self.by_number[str(line.key)] = line
            held = {name: sheet.held(line, name) for name in sheet.identity}
            self.pool[sheet.key_of(held)].append(line)
        self.numbers, self.seen, self.claimed = {}, {}, set()

    def look(self, place, row, plan):
        """The fate of one row; what it writes joins the plan."""
        number = row["line"]
        if row["struck"] or number in self.struck:
            return "skipped"
        values, found = self.sheet.values(place, row, self.known)
        line = None
        if not found or not wrong(found):
            line, doubled = self.recorded(place, number, values)
            found += doubled or self.sheet.beside(place, values, line, self.known)
        if found:
            plan.faults += found
            if wrong(found):
                return ""
        if line is None:
            plan.work.items.append(Item(values, row=row, who=values.get("resident")))
            return "new"
        return self.again(line, values, row, plan)

    def recorded(self, place, number, values):
        """The line that a row means; None where it is new, and a fault where the row stands twice."""
        key = self.sheet.key_of(values)
        if number:
            first = self.numbers.setdefault(number, place)
            if first != place:
                return None, [twice(place, "line", first)]
        line = self.by_number.get(number) if number else None
        if line is None and key in self.pool:
            line = self.unclaimed(key)
        if line is not None:
            self.claimed.add(line.pk)
            self.seen.setdefault(key, place)
            return line, []
        first = self.seen.setdefault(key, place)
        return None, [twice(place, self.sheet.columns[0].name, first)] if first != place and not number else []  # fmt: skip

    def unclaimed(self, key):
        return next((one for one in self.pool[key] if one.pk not in self.claimed), None)

    def again(self, line, values, row, plan):
        """What a row says of a line that stands: nothing new, or what would change; blank cells change nothing."""
        changed = {
            name: value for name, value in values.items()
            if value is not None and plain_key(self.sheet.held(line, name)) != plain_key(value)
        }  # fmt: skip
        item = Item(changed, line, row, values.get("resident"))
        if not changed and not self.sheet.differs(item, self.known):
            return "same"
        if self.existing != "change":
            return "skipped"
        plan.work.items.append(item)
        return "changed"


def wrong(faults):
    """Whether one of them is more than a warning."""
    return bool(faults) and any(not one.warning for one in faults)


def twice(place, column, first):
    return fault(
        place, column, "doubled",
        gettext_noop("The same stands in entry %(entry)s of the file already. Delete one of them."),
        entry=first + 1,
    )  # fmt: skip


def checked_rows(sheet, own_space, rows, *, by, scope, existing, on):  # noqa: ARG001 -- every kind is asked in the same way
    """What writing the rows into the ledger of the space would do."""
    space = own_space(by, scope)
    known = sheet.known(space, rows)
    known.taken.tests = sheet.failed_tests(rows)
    plan = Plan(work=Work(space, sheet, existing, known))
    checking = Checking(sheet, space, existing, known)
    for place, row in enumerate(rows):
        fate = "" if row is None else checking.look(place, row, plan)
        plan.fates.append(fate)
    return plan


def write_work(plan, *, by, imported, progress):
    """Write what was checked."""
    work = plan.work
    batch = Batch(work.space, by, imported, work.sheet.ledger)
    for item in work.items:
        if item.line is None:
            work.sheet.add(batch, work, item)
        else:
            work.sheet.change(batch, work, item)
    batch.save(progress)
    return batch.journal


def written_by(sheet, own_space):
    """The three functions of a kind."""
    return {"check": partial(checked_rows, sheet, own_space), "write": write_work}
