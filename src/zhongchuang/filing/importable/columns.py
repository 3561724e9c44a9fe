"""What both kinds of rows have in common: their words, the choice of rules, operators by their code, days."""

import tomllib
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from zhongchuang.gap import words
from zhongchuang.gap.packs import all_packs
from zhongchuang.imports.declaration import Column
from zhongchuang.organisations.models import Organisation
from zhongchuang.spaces.actions.imported import parts
from zhongchuang.spaces.importable.columns import fault

saying = lazy(words.say, str)


@cache
def data():
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


def aliases(name, *, of="aliases"):
    return tuple(data()[of].get(name, data()["aliases"].get(name, ())))


def answers(choices):
    """What people write for these choices beside their labels."""
    return {word: code for code, _label in choices for word in data()["choices"].get(code, ())}


def credit_code(label):
    return Column("credit_code", label, "code", required=True, aliases=aliases("credit_code"))


def pack_column(packs):
    """The rules by which a row was decided: chosen by name, or by the id that stands in their address."""
    choices = tuple((pack.id, saying(pack.title)) for pack in packs)
    return Column(
        "pack", _("By which rules"), "choice", required=True, choices=choices, aliases=aliases("pack"),
        about=_("The document by which it was decided, as the platform names it."),
    )  # fmt: skip


def granting():
    """The packs that give a title."""
    return [pack for pack in all_packs().values() if gives_of(pack)]


def gives_of(pack):
    """The titles of a pack by id; several procedures may end with the same one."""
    return {one.gives.id: one.gives for one in pack.procedures.values() if one.gives}


def operators(rows):
    """Those that the rows name, by credit code."""
    found = {}
    for some in parts(sorted({row["credit_code"] for row in rows if row})):
        held = Organisation.objects.filter(credit_code__in=some, kind=Organisation.Kind.OPERATOR)
        found |= {one.credit_code: one for one in held.select_related("region")}
    return found


def no_operator(place, code):
    return fault(
        place, "credit_code", "no_operator",
        gettext_noop("No operator with the code %(found)s is registered. Bring its spaces in first, or correct the code."),
        found=code,
    )  # fmt: skip


def day_faults(place, row, today):
    """Days in an order that can be."""
    since, last = row["since"], row["last_day"]
    if since > today:
        yield fault(place, "since", "future", gettext_noop("%(day)s lies in the future. What is decided from now on is decided on the platform."), day=since.isoformat())  # fmt: skip
    if last and last < since:
        yield fault(place, "last_day", "ends_early", gettext_noop("The last day lies before the first day."))  # fmt: skip
    yield from endless(place, last)


def endless(place, last):
    """A last day after which the calendar has none, as programs write what never ends."""
    if last == date.max:
        yield fault(place, "last_day", "endless", gettext_noop("No day comes after %(day)s. Enter an earlier one, or leave the cell blank."), day=last.isoformat())  # fmt: skip


def doubled(place, column, first):
    return fault(
        place, column, "doubled",
        gettext_noop("The same stands in entry %(entry)s of the file already. Delete one of them."),
        entry=first + 1,
    )  # fmt: skip


def otherwise(place, column, name):
    """What is on record differs; a file does not change it."""
    return fault(
        place, column, "recorded_otherwise",
        gettext_noop("“%(name)s” is recorded already, but not as this row says. A file does not change it; the row is passed over."),
        warning=True, name=name,
    )  # fmt: skip


def day_after(last):
    """The first day on which it no longer holds, of its last; None without end."""
    return last and last + timedelta(days=1)
