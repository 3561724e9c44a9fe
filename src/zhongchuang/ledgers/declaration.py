"""What an app declares of a ledger: its lines, its form, its columns. Each app names its ledgers in `ledgers.py`."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise

from zhongchuang.ledgers.models import Line
from zhongchuang.page.listed import ask
from zhongchuang.spaces.words import amount, shown


@dataclass(frozen=True)
class Column:
    """One column of a list: a field of the line, or what `value(line)` says of it.

    A `number` stands right, `ending` says something only of what has ended; `told` is what a cell shows, `value` what a file holds.
    """

    name: str
    label: str | Promise
    value: Callable[[Line], object] | None = None
    number: bool = False
    ending: bool = False

    def of(self, line):
        """The value as a file holds it, a choice as its word; None is unknown."""
        if self.value:
            found = self.value(line)
        elif line._meta.get_field(self.name).choices:
            found = shown(line, self.name)
        else:
            found = getattr(line, self.name)
        return None if found == "" else found

    def told(self, line):
        """The value in words; empty where it is unknown."""
        if self.value:
            found = self.value(line)
            number = isinstance(found, int | Decimal) and not isinstance(found, bool)
            return amount(found) if number else found or ""
        return shown(line, self.name)


@dataclass(frozen=True)
class Ledger:
    """One ledger of a space. `group` is one of GROUPS; `button` says what one writes down.

    `queries` are names for `select_related`, `many` for `prefetch_related`: a list costs the same for any number of lines.
    `searched` are the fields that a search looks at. `written` false: lines come from verbs of their own, not from the form. `begin` names the page on which a line begins, of the
    space, where it is not the form; `verbs(acting, line)` gives addresses and labels of what else may be done with a line.
    `sheet(ledger)` says how its lines stand in a workbook; without it they are not imported.
    `functions` says which of the eight service functions its lines belong to, each with the condition on them.
    """

    name: str
    title: str | Promise
    about: str | Promise
    button: str | Promise
    model: type[Line]
    form: type
    columns: tuple[Column, ...]
    group: str
    queries: tuple[str, ...] = ()
    many: tuple[str, ...] = ()
    searched: tuple[str, ...] = ()
    written: bool = True
    begin: str = ""
    verbs: Callable | None = None
    sheet: Callable | None = None
    functions: dict[str, Q] = field(default_factory=dict)

    def new_url(self, space):
        """Where a line is begun; empty where nobody begins one by hand."""
        if self.begin:
            return reverse(self.begin, args=[space.code])
        return reverse("ledgers:new", args=[space.code, self.name]) if self.written else ""

    def lines(self, space):
        """All lines of a space with what its columns need."""
        found = self.model.objects.filter(space=space).select_related(*self.queries)
        return found.prefetch_related(*self.many)


GROUPS = ("residents", "services", "finance", "figures")


def ledgers():
    """All ledgers by name, in the order of the apps."""
    return {ledger.name: ledger for ledger in ask("ledgers")}


def ledger_of(line):
    """The ledger that a line stands in."""
    return ledgers()[line.ledger]
