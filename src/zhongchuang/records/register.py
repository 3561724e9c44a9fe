"""The register of facts: each app tells which figures it has, and anyone asks for them without knowing the app.

An app's `facts.py` holds `SOURCES`, each of which answers several facts of any number of subjects with one query.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from zhongchuang.policy.facts import Value, space_catalogue
from zhongchuang.policy.table import Table

WINDOW = "calendar_year"
Answers = Mapping[str, Mapping[object, Value]]
"""By fact, then by subject; what is absent is unknown."""


@dataclass(frozen=True)
class Source:
    """One table of records, and the facts that are computed from it.

    `collect(subjects, names, on, window)` answers the asked ones of `names` with one query, however many subjects
    there are; `rows(name, subject, on, window)` gives the records behind one figure and is asked separately.
    `window` says which year a figure of the year means: calendar_year or last_12_months, as `policy.term.year_window`.
    `total(subjects, names, on, window)` answers what is not the sum over the subjects, because one thing may be found
    at several of them and counts once; `subjects` is then a query set, and what is known of some of them is told.
    `official` is what departments put on record: nobody whom it is about states it otherwise.
    """

    names: tuple[str, ...]
    collect: Callable[[Sequence[object], frozenset[str], date, str], Answers]
    rows: Callable[[str, object, date, str], Iterable[object]]
    total: Callable[[object, frozenset[str], date, str], Mapping[str, Value]] | None = None
    official: bool = False


@dataclass
class Register:
    sources: dict[str, Source] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def discover(self):
        """Ask every installed app for its facts, in the order of the apps."""
        self.sources.clear()
        self.faults.clear()
        for app in apps.get_app_configs():
            if app.name.startswith("zhongchuang.") and find_spec(f"{app.name}.facts"):
                for source in import_module(f"{app.name}.facts").SOURCES:
                    self.add(source)

    def add(self, source):
        """A fact has one source and stands in the catalogue; anything else is a fault that stops the start."""
        for name in source.names:
            if name in self.sources:
                self.faults.append(f"The fact {name} has two sources.")
            elif space_catalogue().find(name) is None:
                self.faults.append(f"The fact {name} does not stand in the catalogue.")
            else:
                self.sources[name] = source

    @property
    def names(self):
        """All facts that any app can tell."""
        return tuple(self.sources)

    @property
    def official(self):
        """The facts that departments put on record."""
        return {name for name, source in self.sources.items() if source.official}

    def collect(self, subjects, names, on, window=WINDOW):
        """The facts of the subjects on a day as columns, None where one is not known.

        `subjects` are the keys that the sources know them by; a name that no app tells is a column of None.
        """
        subjects, names = list(subjects), list(dict.fromkeys(names))
        answers = {}
        for source in dict.fromkeys(self.sources[n] for n in names if n in self.sources):
            asked = frozenset(n for n in names if self.sources.get(n) is source)
            answers |= source.collect(subjects, asked, on, window)
        columns = {
            name: [answers.get(name, {}).get(subject) for subject in subjects] for name in names
        }
        return Table([str(subject) for subject in subjects], columns)

    def totals(self, subjects, names, on, window=WINDOW):
        """Figures of all subjects together that count each thing once; the rest is for the asker to add up."""
        found = {}
        for source in dict.fromkeys(self.sources[n] for n in names if n in self.sources):
            if source.total:
                asked = frozenset(n for n in names if self.sources.get(n) is source)
                found |= source.total(subjects, asked, on, window)
        return found

    def rows_behind(self, fact, subject, on, window=WINDOW, reader=None):
        """The records that a figure is made of; none for a fact that no app tells.

        What departments put on record of whoever ran the subject that day is told to a `reader` as far as they see it themselves.
        """
        source = self.sources.get(fact)
        rows = source.rows(fact, subject, on, window) if source else ()
        if source is None or not source.official or reader is None:
            return rows
        return rows.filter(pk__in=rows.model.objects.visible_to(reader).values("pk"))


REGISTER = Register()


def collect(subjects, names, on, window=WINDOW):
    """As `Register.collect`, of the installed apps."""
    return REGISTER.collect(subjects, names, on, window)


def totals(subjects, names, on, window=WINDOW):
    """As `Register.totals`, of the installed apps."""
    return REGISTER.totals(subjects, names, on, window)


def rows_behind(fact, subject, on, window=WINDOW, reader=None):
    """As `Register.rows_behind`, of the installed apps."""
    return REGISTER.rows_behind(fact, subject, on, window, reader)
