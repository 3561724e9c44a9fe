"""What stands behind a figure: its records as a list that is narrowed, paged and taken away, and where a missing one is entered."""

from dataclasses import dataclass
from functools import cached_property

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zhongchuang.ledgers.access import may_write
from zhongchuang.ledgers.declaration import ledgers
from zhongchuang.ledgers.exports import cell
from zhongchuang.ledgers.models import Line
from zhongchuang.policy.facts import derive, space_catalogue
from zhongchuang.policy.quantity import unit_of
from zhongchuang.records.register import collect, rows_behind
from zhongchuang.sealed.fields import EncryptedText
from zhongchuang.spaces.access import may_edit
from zhongchuang.spaces.models import TABLES, Space
from zhongchuang.spaces.words import HIDDEN, amount, shown
from zhongchuang.tables.writing import OutSheet, write


@dataclass(frozen=True)
class Shape:
    """How the records of a table are listed: its day, the fields that a search looks at, its columns."""

    model: type[models.Model]

    @cached_property
    def ledger(self):
        """The ledger of lines; None of a table of the register."""
        return ledgers()[self.model.ledger] if issubclass(self.model, Line) else None

    @property
    def day(self):
        if self.ledger:
            return "day"
        return "opened" if self.model is Space else getattr(self.model, "DAY", "valid_from")

    @property
    def searched(self):
        if self.ledger:
            return self.ledger.searched
        return [one.name for one in self.fields if is_words(one)]

    @cached_property
    def fields(self):
        """The fields that are told of a row of the register."""
        if self.model is Space:
            return [Space._meta.get_field(name) for name in ("kind", "opened", "closed_on")]
        return [one for one in self.model.entered() if one.name not in HIDDEN]

    def prepared(self, rows):
        """The rows with what their columns need."""
        if self.ledger:
            rows = rows.select_related(*self.ledger.queries)
            return rows.prefetch_related(*self.ledger.many)
        names = [one.name for one in self.fields if one.is_relation]
        return rows.select_related(*names) if names else rows

    def header(self):
        if self.ledger:
            return [_("Day"), *(str(one.label) for one in self.ledger.columns)]
        return [_("Record"), _("Since"), *(str(one.verbose_name) for one in self.fields)]

    def cells(self, row):
        """A row as a file holds it."""
        if self.ledger:
            return [row.day, *(cell(one.of(row)) for one in self.ledger.columns)]
        told = [shown(row, one.name) or None for one in self.fields]
        return [str(row), getattr(row, self.day), *told]

    def pairs(self, row):
        """Labels and values of a row in words; what is unknown, or is its heading already, is left out."""
        if self.ledger:
            found = [(one.label, one.told(row)) for one in self.ledger.columns]
        else:
            found = [(one.verbose_name, shown(row, one.name)) for one in self.fields]
        return [(label, value) for label, value in found if value not in {"", str(row)}]

    def place(self, row):
        """Where a row is shown: a line on its own page, a dated row on that of the space."""
        if hasattr(row, "get_absolute_url"):
            return row.get_absolute_url()
        return f"{row.space.get_absolute_url()}#{self.table}"

    @property
    def table(self):
        """The name of a table of the register in addresses."""
        return next((name for name, model in TABLES.items() if model is self.model), "")


def is_words(column):
    plain = isinstance(column, models.CharField | models.TextField) and not column.choices
    return plain and not isinstance(column, EncryptedText)


@dataclass(frozen=True)
class Figure:
    """A figure of a space on a day, by the name of its fact, as a reader sees it."""

    space: Space
    fact: str
    on: object
    reader: object

    @property
    def column(self):
        return space_catalogue().columns[self.fact]

    @cached_property
    def rows(self):
        """The records that it is made of, as a query; None where no app tells it."""
        found = rows_behind(self.fact, self.space.pk, self.on, reader=self.reader)
        return found if isinstance(found, models.QuerySet) else None

    @cached_property
    def shape(self):
        return Shape(self.rows.model) if self.rows is not None else None

    @cached_property
    def value(self):
        """What is known of it, computed from its parts where it is; None is unknown."""
        names = [self.fact, *(one.fact for one in self.parts())]
        columns = collect([self.space.pk], names, self.on).columns
        known = {name: column[0] for name, column in columns.items() if column[0] is not None}
        return derive(space_catalogue(), known).get(self.fact)

    @property
    def told(self):
        """The figure in words; empty where it is unknown or no number."""
        return number_told(self.column, self.value)

    def parts(self):
        """Of a figure that is computed from others, those others."""
        if self.rows is not None:
            return []
        made = next((one for one in space_catalogue().formulas if one[0] == self.fact), None)
        names = dict.fromkeys((*made[1], *made[2])) if made else ()
        return [Figure(self.space, name, self.on, self.reader) for name in names]

    def get_absolute_url(self):
        """Its records; of an unknown one where it is entered."""
        page = "ledgers:behind" if self.value is not None or self.parts() else "ledgers:enter"
        return address(page, self.space, self.fact, self.on)


def label_of(column):
    """What a fact is called, with its time kind where it has several."""
    return space_catalogue().labelled(column, get_language() or "zh")


def number_told(column, value):
    if value is None or isinstance(value, bool | str | frozenset):
        return ""
    if column.unit == "%":
        return f"{amount(round(float(value), 2))}%"
    return f"{amount(round(float(value), 2))} {unit_of(column.unit).name(get_language() or 'zh')}"


def address(page, space, fact, on):
    """Where the records of a figure are shown, or where a missing figure is entered."""
    return f"{reverse(page, args=[space.code, fact])}?on={on.isoformat()}"


# --- narrowed and taken away ----------------------------------------------------------------------


def years_of(figure):
    """The years in which its records begin, the newest first."""
    return sorted({day.year for day in figure.rows.order_by().dates(figure.shape.day, "year")}, reverse=True)  # fmt: skip


def narrowed(figure, form):
    """The records that the form leaves, with what their columns need."""
    rows, given = figure.rows, form.cleaned_data if form.is_valid() else {}
    if given.get("year"):
        rows = rows.filter(**{f"{figure.shape.day}__year": given["year"]})
    for word in given.get("q", "").split():
        held = Q(pk__in=[])
        for name in figure.shape.searched:
            held |= Q(**{f"{name}__icontains": word})
        rows = rows.filter(held)
    return figure.shape.prepared(rows)


def behind_file(figure, rows, kind, title):
    """The records in a file of the kind, the newest first."""
    ordered = rows.order_by(f"-{figure.shape.day}", "-pk")
    cells = (figure.shape.cells(row) for row in ordered.iterator(1000))
    return write([OutSheet(title[:31], figure.shape.header(), cells)], kind)


# --- entered --------------------------------------------------------------------------------------


def place_of_entry(figure, acting):
    """Where a figure that is missing is entered, or stated where others write its records; empty where this reader enters nothing."""
    space, shape = figure.space, figure.shape
    if shape is None or not (shape.ledger or shape.table or shape.model is Space):
        stated = next((one for one in ledgers().values() if one.group == "figures"), None)
        may = stated and may_write(acting, space) is None
        return f"{stated.new_url(space)}?fact={figure.fact}" if may else ""
    if shape.ledger:
        return shape.ledger.new_url(space) if may_write(acting, space) is None else ""
    if may_edit(acting, space) is not None:
        return ""
    if shape.model is Space or shape.table == "particulars":
        return f"{space.get_absolute_url()}#particulars"
    return reverse("spaces:add_row", args=[space.code, shape.table])
