"""What the rows of both files have in common: their words, the space and operator that they name, doubles."""

import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from zhongchuang.filing.importable.columns import (
    credit_code,
    doubled,
    no_operator,
    operators,
    otherwise,
    pack_column,
)
from zhongchuang.filing.importable.named import NamedSpaces
from zhongchuang.gap.packs import all_packs
from zhongchuang.imports.declaration import Column, Plan
from zhongchuang.past.rules import rules
from zhongchuang.procedures.access import is_for
from zhongchuang.spaces.actions.imported import parts
from zhongchuang.spaces.importable.columns import fault


@cache
def data():
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


def aliases(name, of="aliases"):
    return tuple(data()[of].get(name, data()["aliases"].get(name, ())))


def answers(choices):
    """What people write for these choices beside their labels."""
    return {word: code for code, _label in choices for word in data()["choices"].get(code, ())}


def named(packs):
    """The columns that say of whom and by what."""
    rules = replace(pack_column(packs), required=False, about=_("Where it is one that the platform knows; otherwise blank, and the programme in words."))  # fmt: skip
    return (
        Column("space", _("Space"), required=True, longest=200, aliases=aliases("space"), about=_("Name or code under which the space stands in the register today.")),
        credit_code(_("Unified social credit code of the operator")),
        Column("year", _("Year of the row"), "number", required=True, aliases=aliases("year"), about=_("The year that was evaluated, or for which was paid.")),
        rules,
    )  # fmt: skip


def closing():
    """The columns that say by which document."""
    return (
        Column("basis", _("Basis"), required=True, longest=300, aliases=aliases("basis"), about=_("The document by which it was decided, with its number.")),
        Column("day", _("Date of the document"), "day", required=True, aliases=aliases("day")),
    )  # fmt: skip


NOTE = Column("note", _("Note"), longest=1000, aliases=aliases("note"), about=_("No names of people."))  # fmt: skip


def checked(checking, rows):
    """What writing the rows would do; what is on record is never changed by a file."""
    plan = Plan(work=[])
    for place, row in enumerate(rows):
        plan.fates.append("" if row is None else checking.look(place, row, plan))
    return plan


class Checking:
    """The rows beside the spaces of the reach, the operators, and what is on record; each kind says the rest."""

    model = None
    same = ()
    """Fields that tell one row from another."""

    compared = ()
    """Fields in which the recorded row and that of the file must agree."""

    def __init__(self, rows, *, by):
        self.by, self.today, self.packs = by, timezone.localdate(), all_packs()
        self.operators, self.spaces = operators(rows), NamedSpaces(rows, by=by)
        self.seen, self.known = {}, {}
        keys = {space.pk for found in self.spaces.found.values() for space in found.values()}
        for some in parts(sorted(keys)):
            for one in self.model.objects.current().filter(space__in=some):
                self.known[self.key(one)] = one

    def key(self, record):
        return tuple(getattr(record, name) for name in ("space_id", *self.same))

    def look(self, place, row, plan):
        """The fate of one row; the record that it would make joins the plan with its place."""
        space, operator = self.spaces.of(row), self.operators.get(row["credit_code"])
        faults = [*self.of_names(place, row, space, operator), *self.of_days(place, row), *self.of_kind(place, row)]  # fmt: skip
        plan.faults += faults
        if any(not one.warning for one in faults):
            return ""
        record = self.record(row, space=space, operator=operator, department=self.by.organisation, by=self.by.user)  # fmt: skip
        first = self.seen.setdefault(self.key(record), place)
        if first != place:
            plan.faults.append(doubled(place, "space", first))
            return ""
        known = self.known.get(self.key(record))
        if known is None:
            plan.work.append((place, record))
            return "new"
        if all(told(known, name) == told(record, name) for name in self.compared):
            return "same"
        plan.faults.append(otherwise(place, "space", str(known)))
        return "skipped"

    def of_names(self, place, row, space, operator):
        if operator is None:
            yield no_operator(place, row["credit_code"])
        if space is None:
            yield self.spaces.fault(place, row)
            return
        pack = self.packs.get(row["pack"])
        if pack and not is_for(pack, space):
            yield fault(place, "pack", "elsewhere", gettext_noop("These rules are for spaces in another region."))  # fmt: skip
        if operator and operator.pk != space.operator_id:
            yield fault(
                place, "credit_code", "other_operator",
                gettext_noop("Today %(name)s runs this space; the row is recorded for the operator that it names."),
                warning=True, name=space.operator.name,
            )  # fmt: skip

    def of_days(self, place, row):
        if row["day"] > self.today:
            yield fault(place, "day", "future", gettext_noop("%(day)s lies in the future. What is decided from now on is decided on the platform."), day=row["day"].isoformat())  # fmt: skip
        if not rules()["earliest_year"] <= row["year"] <= self.today.year:
            yield fault(place, "year", "year", gettext_noop("%(year)s is no year from before today. Write it with four digits."), year=row["year"])  # fmt: skip

    def common(self, row, programme):
        """The fields that both kinds have."""
        return {
            "year": row["year"], "pack": row["pack"] or "", "programme": programme, "basis": row["basis"],
            "day": row["day"], "note": row["note"] or "",
        }  # fmt: skip


def told(record, name):
    """A value as it compares: a sealed one opened."""
    value = getattr(record, name)
    return value.plain() if hasattr(value, "plain") else value
