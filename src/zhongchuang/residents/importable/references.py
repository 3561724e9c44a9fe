"""Finds the residents that a row of a file means: by credit code, or by name among those who stay or stayed in the space."""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from zhongchuang.imports.declaration import Column
from zhongchuang.ledgers.importable.columns import aliases
from zhongchuang.residents.models import Resident
from zhongchuang.spaces.importable.columns import fault

BETWEEN = re.compile("[;\uff1b\u3001\n]")
"""What people write between several names."""


@dataclass
class Known:
    """The residents of a space by name, credit code and code."""

    by_name: dict = field(default_factory=lambda: defaultdict(list))
    by_code: dict = field(default_factory=dict)

    @classmethod
    def of(cls, space):
        found = cls()
        for one in Resident.objects.filter(stays__space=space).distinct().order_by("pk"):
            found.by_name[one.name].append(one)
            found.by_code[one.code] = one
            if one.credit_code:
                found.by_code[one.credit_code] = one
        return found

    def named(self, text):
        """Those that a text means: one, none, or several of one name."""
        if text in self.by_code:
            return [self.by_code[text]]
        found = self.by_name.get(text, [])
        if len({one.merged_into_id or one.pk for one in found}) == 1:
            return [next((one for one in found if not one.merged_into_id), found[0])]
        return found


class OfResident:
    """One resident: a column with its name and one with its credit code, of which one is needed."""

    def columns(self, ledger, label):
        return [
            Column(
                "resident", _("Resident"), longest=200, aliases=aliases(ledger, "resident"),
                about=_("Its name as it stands in the ledger of residents. Needed where the credit code is blank."),
            ),
            Column(
                "credit_code", Resident._meta.get_field("credit_code").verbose_name, "code",
                aliases=aliases(ledger, "credit_code"), about=_("Tells firms of one name apart; blank for teams."),
            ),
        ]  # fmt: skip

    def known(self, space):
        return Known.of(space)

    def row_of(self, line, name):
        one = getattr(line, name)
        return {name: one.name, "credit_code": one.credit_code}

    def find(self, place, name, row, known):
        """The resident, and what is wrong."""
        text = row["credit_code"] or row[name]
        if not text:
            return None, [
                fault(place, name, "missing", gettext_noop("The row names no resident. Write its name or its credit code."))
            ]  # fmt: skip
        found, wrong = one_named(place, "credit_code" if row["credit_code"] else name, text, known)
        if found and row[name] and row[name] not in {found.name, found.code}:
            wrong = [
                fault(
                    place, name, "other_name",
                    gettext_noop("The resident with this code is called %(name)s. Compare the name and the code."),
                    name=found.name,
                )
            ]  # fmt: skip
        return found, wrong


class OfResidents:
    """Any number of residents in one cell, separated by semicolons."""

    def columns(self, ledger, label):
        about = _("Names or credit codes of those who stay or stayed here, separated by semicolons; blank for people from outside.")  # fmt: skip
        return [Column("residents", label, aliases=aliases(ledger, "residents"), about=about)]

    def known(self, space):
        return Known.of(space)

    def row_of(self, line, name):
        return {name: "; ".join(map(written, getattr(line, name).all())) or None}

    def find(self, place, name, row, known):
        """The residents, None where the cell is blank, and what is wrong."""
        if not row[name]:
            return None, []
        if known.named(row[name]):
            texts = [row[name]]
        else:
            texts = [one.strip() for one in BETWEEN.split(row[name]) if one.strip()]
        found, faults = {}, []
        for text in texts:
            one, wrong = one_named(place, name, text, known)
            faults += wrong
            if one:
                found[one.pk] = one
        return list(found.values()), faults


def written(resident):
    """How a resident is named in a cell with several."""
    if BETWEEN.search(resident.name):
        return resident.credit_code or resident.code
    return resident.name


def one_named(place, column, text, known):
    """The one resident that a text means, and what is wrong where it means none or several."""
    found = known.named(text)
    if len(found) == 1:
        return found[0], []
    if not found:
        message = gettext_noop("“%(found)s” neither stays nor stayed in this space. Compare the name with the ledger of residents, or take it in first.")  # fmt: skip
        return None, [fault(place, column, "unknown_resident", message, found=text)]
    codes = ", ".join(one.credit_code or one.code for one in found)
    message = gettext_noop("Several residents are called “%(found)s”: %(codes)s. Write the code instead of the name.")  # fmt: skip
    return None, [fault(place, column, "several_residents", message, found=text, codes=codes)]
