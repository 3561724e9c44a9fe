"""Reads the columns of a sheet by what a person said they mean: values, and what is wrong in which cell."""

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import partial

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_noop as _

from zhongchuang.imports.declaration import Fault
from zhongchuang.imports.plain import CENT, CONTROL, LARGEST, LARGEST_AREA, LARGEST_COUNT, all_plain
from zhongchuang.imports.rules import limits
from zhongchuang.organisations.models import Region
from zhongchuang.policy.errors import Refused
from zhongchuang.policy.facts import space_catalogue
from zhongchuang.policy.quantity import (
    COUNTED,
    allowed_words,
    decimal_places,
    plain_width,
    unit_of,
)
from zhongchuang.policy.quantity import read_number as number_in
from zhongchuang.policy.regions import region_code
from zhongchuang.tables.amounts import Counted
from zhongchuang.tables.cells import Choices, is_blank, read_yes_no, refuse_state
from zhongchuang.tables.days import read_day
from zhongchuang.tables.headers import heading_parts
from zhongchuang.tables.problems import CellRefused, quoted
from zhongchuang.tables.subjects import read_code
from zhongchuang.tables.words import BLANKS, cell_key, words


@dataclass(frozen=True)
class Measure:
    """As much of a fact as the reader of amounts asks for."""

    unit: str


@dataclass
class Answers:
    """As much of a fact as the reader of choices asks for."""

    choices: dict
    levels: tuple = ()


def tongue():
    return "zh" if (get_language() or "zh").startswith("zh") else "en"


def read_text(value, mark, *, longest):
    """A text as it is written; a number that stands for one keeps its digits."""
    if mark is not None and mark.kind == "date":
        raise CellRefused(
            "text_as_day",
            _("%(found)s is kept as a day. Give the cell the format Text and write it anew."),
            found=quoted(value),
        )
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        value = int(value)
    text = str(value).strip(BLANKS)
    if CONTROL.search(text):
        raise CellRefused(
            "control_signs",
            _("“%(found)s” holds control characters. Type it anew."),
            found=quoted(text),
        )
    if longest and len(text) > longest:
        raise CellRefused(
            "too_long",
            _("The text has %(length)s characters; at most %(most)s are recorded. Shorten it."),
            length=len(text),
            most=longest,
        )
    return text


def read_number(value, mark, *, counted):
    """An exact amount with two digits behind the point, or a whole number of things."""
    amount = counted.read(value, mark)
    if counted.whole:
        if amount > LARGEST_COUNT:
            raise out_of_range(value, LARGEST_COUNT)
        return int(amount)
    if amount >= (LARGEST if counted.unit == "CNY" else LARGEST_AREA):
        raise out_of_range(value, LARGEST if counted.unit == "CNY" else LARGEST_AREA)
    if type(amount) is int:
        return Decimal(amount).quantize(CENT)
    places = decimal_places(amount)
    if places is None or places > 2:
        raise CellRefused(
            "decimals",
            _("“%(found)s” has more than two digits behind the point. Round it to two."),
            found=quoted(value),
        )
    amount = Fraction(amount)
    return (Decimal(amount.numerator) / Decimal(amount.denominator)).quantize(CENT)


MINUS = "-\u2212\uff0d"
"""The signs that people write before an amount below zero."""


def read_signed(value, mark, *, counted):
    """An exact amount that may lie below zero."""
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool) and value < 0:
        return -read_number(-value, mark, counted=counted)
    if isinstance(value, str) and value.strip(BLANKS)[:1] in tuple(MINUS):
        return -read_number(value.strip(BLANKS)[1:], mark, counted=counted)
    return read_number(value, mark, counted=counted)


def read_whole(value, mark):
    """A whole number without a unit, such as a year or minutes."""
    if mark is None or mark.kind not in {"date", "percent"}:
        amount = value if isinstance(value, int | float) else plain_number(plain_width(str(value)))
        if amount is not None and not isinstance(value, bool) and 0 <= amount <= LARGEST_COUNT and int(amount) == amount:  # fmt: skip
            return int(amount)
    raise CellRefused(
        "whole",
        _("“%(found)s” is no whole number. Allowed: 0, 1, 2 …, without a unit."),
        found=quoted(value),
    )


def plain_number(text):
    """The number that a text is; None where it is none."""
    try:
        return number_in(text)
    except Refused:
        return None


def out_of_range(value, largest):
    return CellRefused(
        "out_of_range",
        _("%(found)s is more than can be recorded; amounts are below %(largest)s."),
        found=quoted(value),
        largest=f"{largest:,}",
    )


def read_answer(value, mark):
    return "yes" if read_yes_no(value, mark) else "no"


def read_items(value, mark, *, choices):
    return sorted(choices.read_many(value, mark))


FEW = 20
"""So many regions are looked up one by one; where a column names more, all are fetched."""


class Regions:
    """Regions by code, name and full name."""

    def __init__(self):
        self.found, self.asked = {}, 0

    def named(self, text):
        """The regions with this code or name."""
        if text not in self.found and self.asked <= FEW:
            self.asked += 1
            self.look_up(text)
        return self.found.get(text, [])

    def look_up(self, text):
        current = Region.objects.current()
        if self.asked <= FEW:
            self.found[text] = list(current.filter(Q(code=text) | Q(name=text) | Q(full_name=text)))
            return
        self.found = {}
        for region in current:
            for one in {region.code, region.name, region.full_name}:
                self.found.setdefault(one, []).append(region)

    def read(self, value, mark):
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        text = " ".join(str(value).strip(BLANKS).split())
        found = self.named(text) or self.named(text.upper()) or self.by_code(text)
        if len(found) > 1:
            names = ", ".join(f"{region.full_name} {region.code}" for region in found[:5])
            raise CellRefused(
                "several_regions",
                _("Several regions are called so: %(names)s. Write the region above it as well."),
                names=names,
            )
        if found[0].level in {Region.Level.NATIONAL, Region.Level.PROVINCE}:
            raise CellRefused(
                "wide_region",
                _("“%(name)s” is too wide. Name a county, a district or a development zone."),
                name=str(found[0]),
            )
        return found[0]

    def by_code(self, text):
        try:
            code = region_code(text)
        except Refused as refused:
            raise CellRefused("region", refused.message, **refused.params) from None
        if not self.named(code):
            raise CellRefused(
                "region",
                _("There is no such region. Write a name such as the full name of your county, or its code."),
            )  # fmt: skip
        return self.named(code)


def reader_of(column, times):
    """The function that reads a cell of the column."""
    if column.type == "amount":
        read = read_signed if column.signed else read_number
        return partial(read, counted=Counted(Measure(column.unit), times, tongue()))
    if column.type == "choice":
        choices = Choices(Answers(labels_of(column)), tongue())
        choices.codes = {cell_key(word): code for word, code in column.answers.items()} | choices.codes  # fmt: skip
        return choices.read_one
    if column.type == "list":
        fact = space_catalogue().facts[column.fact]
        return partial(read_items, choices=Choices(fact, tongue()))
    readers = {
        "text": partial(read_text, longest=column.longest),
        "code": lambda value, _mark: read_code(value),
        "yes_no": read_answer,
        "day": read_day,
        "number": read_whole,
    }
    return readers[column.type] if column.type in readers else Regions().read


class Label(dict):
    """The words of a choice, by language as keys and as attributes."""

    zh = property(lambda self: self["zh"])
    en = property(lambda self: self["en"])


def labels_of(column):
    return {code: Label(found) for code, found in column.choice_words.items()}


def times_of(column, heading):
    """How many units of the column one unit of the heading is; refused where the heading counts something else."""
    groups = heading_parts(heading)[1]
    if column.type != "amount" or not groups:
        return 1
    word = groups[-1]
    for prefix in words().unit_prefixes:
        word = word.removeprefix(prefix).strip()
    known = unit_of(column.unit).words
    if word in known:
        return known[word]
    if column.unit in COUNTED or word in words().kinds:
        return 1
    raise CellRefused(
        "header_unit",
        _("The header gives the unit “%(found)s”; this figure is counted in %(unit)s. Allowed: %(allowed)s."),
        found=word, unit=unit_of(column.unit).name(tongue()),
        allowed=allowed_words(column.unit, tongue()),
    )  # fmt: skip


@dataclass
class Read:
    """The values of one column, and what is wrong in it."""

    values: list
    faults: list = field(default_factory=list)


def read_column(grid, index, column):
    """The values of a column of the file; cells that are alike are read once."""
    heading = grid.headings[index]
    try:
        times = times_of(column, heading)
    except CellRefused as refused:
        return Read([None] * len(grid.rows), [Fault(-1, column.name, refused)])
    cells = grid.columns[index]
    plain = not grid.marks[index]  # a cell that shows an error is empty, with a mark
    if plain and not column.required and cells.count("") == len(cells):
        return Read([None] * len(cells))
    at_once = all_plain(column, cells, grid.marks[index], times)
    if at_once is not None:
        return Read(at_once)
    keys, found, read = *alike(cells, grid.marks[index]), reader_of(column, times)
    values, wrong = {}, {}
    for key, (cell, mark) in found.items():
        values[key], refused = read_cell(read, column, cell, mark)
        doubt = None if refused else is_doubtful(column, times, cell)
        if refused or doubt:
            wrong[key] = {"refused": refused or doubt, "warning": not refused}
    faults = [Fault(place, column.name, **wrong[key]) for place, key in enumerate(keys) if key in wrong] if wrong else []  # fmt: skip
    return Read(list(map(values.__getitem__, keys)), faults)


NUMBERS = {int, float, bool}


def alike(cells, marks):
    """Keys that are equal where cells read alike, and a cell with its mark for each of them."""
    if len(NUMBERS.intersection(map(type, cells))) < 2:
        if not marks:
            return cells, {cell: (cell, None) for cell in set(cells)}
        if len(marks) == 1 and covers(marks, cells):
            [mark] = marks
            return cells, {cell: (cell, None if cell == "" else mark) for cell in set(cells)}
    at = marks_at(marks)
    keys = list(zip(map(type, cells), cells, map(id, map(at.get, range(len(cells)))), strict=True))
    places = dict(zip(keys, range(len(keys)), strict=True))
    return keys, {key: (cells[place], at.get(place)) for key, place in places.items()}


def covers(marks, cells):
    """Whether the only mark stands at every cell that is not empty, and at no other."""
    [places] = marks.values()
    marked = set(map(cells.__getitem__, places))
    return "" not in marked and len(set(places)) + cells.count("") == len(cells)


def marks_at(marks):
    """The mark of each position; a state goes before a format."""
    found = {}
    for mark in sorted(marks, key=lambda one: one.kind in ("error", "uncomputed")):
        found.update(dict.fromkeys(marks[mark], mark))
    return found


def read_cell(read, column, cell, mark):
    """Value and refusal."""
    try:
        refuse_state(cell, mark)
        if is_blank(cell):
            return (None, missing(column)) if column.required else (None, None)
        return read(cell, mark), None
    except Refused as refused:
        return None, refused


def missing(column):
    return CellRefused(
        "missing", _("The cell is blank, but “%(label)s” is needed."), label=column.words(tongue())
    )


def is_doubtful(column, times, cell):
    """A bare number of yuan in a column of ten thousands is a warning (B-06)."""
    if column.unit != "CNY" or times < 10_000:
        return None
    number = cell if isinstance(cell, int | float) else as_number(cell)
    if number is None or number < limits()["plausible"]["wan_at_least"]:
        return None
    return CellRefused(
        "yuan_in_wan",
        _("%(found)s ten thousands of yuan are %(yuan)s yuan. If yuan are meant, write the unit behind the number or change the heading."),
        found=quoted(cell), yuan=f"{int(number) * times:,}",
    )  # fmt: skip


def as_number(cell):
    try:
        return float(cell_key(cell).replace(",", "")) if isinstance(cell, str) else None
    except ValueError:
        return None
