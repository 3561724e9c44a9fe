"""What an import would record: the rows as they would be, their faults by cell, their fates. Nothing is written here."""

import gc
import json
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import repeat

from django.db import models
from django.utils.translation import gettext_noop as _

from zhongchuang.imports.declaration import Fault, Plan, digest_of
from zhongchuang.imports.reading import read_column, tongue
from zhongchuang.imports.rules import limits
from zhongchuang.policy.quantity import exact, unit_of, write_number
from zhongchuang.tables.headers import heading_parts
from zhongchuang.tables.passing import problem_to_json
from zhongchuang.tables.problems import CellRefused, Problem, quoted
from zhongchuang.tables.words import words

STALE_TEMPLATE = _(
    "The file was made with an older template. Its columns were assigned by their headings; look at them before you go on."
)
OTHER_TEMPLATE = _(
    "The file is a template for something else. Download the template of this page and copy the rows over."
)


@dataclass
class Checked:
    """The rows of a file as they were understood: `rows` holds those without a fault, None for the others."""

    rows: list
    faults: list[Fault]
    plan: Plan
    shown: list[dict] = field(default_factory=list)

    @property
    def errors(self):
        return [one for one in self.faults if not one.warning]

    @property
    def warnings(self):
        return [one for one in self.faults if one.warning]


def assigned(kind, grid, remembered):
    """The column that each heading means: as the organisation said before, else by its words; none twice."""
    found = [remembered.get(key_of(heading), kind.known.get(key_of(heading), "")) for heading in grid.headings]  # fmt: skip
    names = {one.name for one in kind.columns}
    seen = set()
    for place, name in enumerate(found):
        if name in seen or name not in names:
            found[place] = ""
        seen.add(name)
    return found


def key_of(heading):
    """What a heading is remembered and recognised by: without units and marks."""
    return heading_parts(heading)[0]


def lacking(kind, columns):
    """The needed columns that no heading was assigned to."""
    return [one for one in kind.columns if one.required and one.name not in columns]


@contextmanager
def uncollected():
    """The collector of cycles would walk over hundreds of thousands of new values again and again."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


@uncollected()
def check(kind, grid, columns, *, by, scope, existing, on):
    """Read all rows by the assigned columns, and ask the kind what writing them would do."""
    values, faults = read_all(kind, grid, columns)
    bad = {one.row for one in faults if not one.warning}
    blank = [None] * len(grid.rows)
    whole = {one.name: values.get(one.name, blank) for one in kind.columns} if values else {}
    rows = list(map(dict, map(zip, repeat(tuple(whole)), zip(*whole.values(), strict=True))))
    if -1 in bad:
        return Checked([None] * len(rows), faults, Plan(), rows)
    kept = [None if place in bad else row for place, row in enumerate(rows)]
    plan = kind.check(kept, by=by, scope=scope, existing=existing, on=on)
    return Checked(kept, faults + plan.faults + stamp_faults(kind, grid), plan, rows)


def read_all(kind, grid, columns):
    """The values by column, and the faults of the cells."""
    values, faults = {}, []
    for index, name in enumerate(columns):
        if name:
            read = read_column(grid, index, kind.column(name))
            values[name] = read.values
            faults += read.faults
    most = limits()["rows"]
    if len(grid.rows) > most:
        refused = CellRefused(
            "too_many_entries",
            _("The file has %(found)s entries; at most %(most)s are taken at once. Split it."),
            found=len(grid.rows), most=most,
        )  # fmt: skip
        faults.append(Fault(-1, "", refused))
    return values, faults


def stamp_faults(kind, grid):
    """What the stamp of a template says against the file."""
    if not grid.stamp or grid.stamp == kind.stamp:
        return []
    old = grid.stamp.rpartition(":")[0] == kind.stamp.rpartition(":")[0]
    refused = CellRefused("template", STALE_TEMPLATE if old else OTHER_TEMPLATE)
    return [Fault(-1, "", refused, warning=True)]


def located(faults, grid, columns):
    """Faults as problems with their place in the file, in the order of the file."""
    index = {name: place for place, name in enumerate(columns) if name}
    found = [problem(one, grid, index) for one in faults]
    return sorted(found, key=lambda one: (one.place.row, len(one.place.column), one.place.column))


def problem(fault, grid, index):
    row = None if fault.row < 0 else fault.row
    place = grid.place(index.get(fault.column, 0), row)
    if fault.column not in index:
        place = type(place)(sheet=place.sheet, row=place.row if row is not None else 0)
    code = getattr(fault.refused, "code", "row")
    return Problem(code, fault.refused.message, params_of(fault.refused), place)


def params_of(refused):
    return {
        name: quoted(value) if name == "found" else value for name, value in refused.params.items()
    }


def findings(kind, grid, columns, checked):
    """What the pages show of a check, as JSON holds it."""
    shown = limits()["shown"]
    errors = located(checked.errors, grid, columns)
    warnings = located(checked.warnings, grid, columns)
    names = [name for name in columns if name]
    first = range(min(limits()["preview"], len(grid.rows)))
    fates = checked.plan.fates or [""] * len(grid.rows)
    return {
        "rows": len(grid.rows),
        "counts": checked.plan.counts,
        "errors": [problem_to_json(one) for one in errors[:shown]],
        "errors_in_all": len(errors),
        "rows_with_errors": len({one.row for one in checked.errors}),
        "warnings": [problem_to_json(one) for one in warnings[:shown]],
        "warnings_in_all": len(warnings),
        "preview": {
            "columns": names,
            "rows": [preview_row(kind, grid, columns, checked, place, fates[place]) for place in first],
        },
    }  # fmt: skip


def preview_row(kind, grid, columns, checked, place, fate):
    """A row as it will be recorded; a cell with a fault is shown as it stands in the file."""
    faults = {}
    for one in checked.faults:
        if one.row == place:
            faults[one.column] = "warning" if one.warning and faults.get(one.column) != "error" else "error"  # fmt: skip
    cells = []
    for index, name in enumerate(columns):
        if name:
            value = checked.shown[place][name]
            text = as_shown(kind.column(name), value)
            if value is None and faults.get(name) == "error":
                text = quoted(grid.columns[index][place] or "")
            cells.append([text, faults.get(name, "")])
    return {"row": grid.rows[place], "cells": cells, "fate": fate, "fault": faults.get("", "")}


def as_shown(column, value):
    """A value in words of the reader; empty where it is unknown."""
    if value is None:
        return ""
    if column.type == "choice":
        return column.choice_words[value][tongue()]
    if column.type == "yes_no":
        return words().shown[value][tongue()]
    if column.type == "list":
        return "; ".join(value) or words().shown["empty_list"][tongue()]
    if column.type == "amount":
        return f"{write_number(exact(value))} {unit_of(column.unit).name(tongue())}"
    return str(value)


def digest_rows(rows):
    """The digest over the rows as they are recorded, which the log keeps."""
    return digest_of(json.dumps(rows, default=plain, sort_keys=True, separators=(",", ":")))


def plain(value):
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, date | Decimal):
        return str(value)
    raise TypeError(type(value).__name__)
