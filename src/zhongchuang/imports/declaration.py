"""What an app declares of rows that people may import: their columns, who may, and who writes them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256

from django.utils import translation
from django.utils.functional import Promise

from zhongchuang.page.listed import ask
from zhongchuang.policy.quantity import unit_of
from zhongchuang.tables.headers import heading_parts

TONGUES = {"zh": "zh-hans", "en": "en"}


@dataclass(frozen=True)
class Column:
    """One column: `type` is text, code, choice, yes_no, amount, number, day, region or list.

    A `signed` amount may lie below zero; `fact` names the fact of a list, `answers` what people write for choices beside their labels.
    """

    name: str
    label: str | Promise
    type: str = "text"
    unit: str = ""
    required: bool = False
    choices: tuple = ()
    longest: int = 0
    aliases: tuple[str, ...] = ()
    about: str | Promise = ""
    fact: str = ""
    answers: dict = field(default_factory=dict)
    signed: bool = False

    def words(self, tongue):
        """Its label in a language, whatever language the page has."""
        with translation.override(TONGUES[tongue]):
            return str(self.label)

    def heading(self, tongue):
        """Its label with the unit, as it stands in templates and exports."""
        label = self.words(tongue)
        if not self.unit:
            return label
        unit = unit_of(self.unit)
        ending = f"\uff08{unit.zh}\uff09" if tongue == "zh" else f" ({unit.en})"
        return label if label.endswith(ending) else label + ending

    @cached_property
    def keys(self):
        """What it is recognised by: name, label in both languages, aliases."""
        texts = (self.name, self.words("zh"), self.words("en"), *self.aliases)
        return frozenset(heading_parts(text)[0] for text in texts)

    @cached_property
    def choice_words(self):
        """Code, and label in both languages."""
        found = {}
        for tongue, language in TONGUES.items():
            with translation.override(language):
                for code, label in self.choices:
                    found.setdefault(code, {})[tongue] = str(label)
        return found


@dataclass(frozen=True)
class Kind:
    """One kind of rows that may be imported.

    `may(acting, scope)` gives a refusal or None. `check(rows, *, by, scope, existing, on)` gives a `Plan`, `write(plan, *, by, imported,
    progress)` writes it inside the transaction of the import and returns what undoing needs, as JSON holds it; `undo(journal, *, by,
    imported)` takes it back or raises Refused. `scoped` says whether one thing is chosen first into which the rows go, and
    `scope(acting, code)` names it or gives None.
    """

    key: str
    title: str | Promise
    about: str | Promise
    columns: tuple[Column, ...]
    may: Callable
    check: Callable
    write: Callable
    undo: Callable
    scope: Callable | None = None
    as_evidence: bool = False
    dated: bool = False
    told: str | Promise = ""

    @cached_property
    def titles(self):
        """Its title in both languages, which names its sheet in our workbooks."""
        found = {}
        for tongue, language in TONGUES.items():
            with translation.override(language):
                found[tongue] = str(self.title)
        return found

    def column(self, name):
        return next(one for one in self.columns if one.name == name)

    @cached_property
    def known(self):
        """Every heading that is recognised, with the column that it means."""
        return {key: one.name for one in self.columns for key in one.keys}

    @property
    def version(self):
        """What changes when the columns do; templates bear it."""
        parts = "|".join(f"{one.name}:{one.type}:{one.unit}" for one in self.columns)
        return digest_of(parts)[:8]

    @property
    def stamp(self):
        return f"{STAMP}{self.key}:{self.version}"


STAMP = "zhongchuang:"


@dataclass
class Fault:
    """Something wrong or doubtful about a row: `column` is the name of a column, empty for the row as a whole."""

    row: int
    column: str
    refused: Exception
    warning: bool = False


@dataclass
class Plan:
    """What writing would do: `fates` says of each row new, changed, same or skipped; the rest is the app's own."""

    fates: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    work: object = None

    @property
    def counts(self):
        return {fate: self.fates.count(fate) for fate in FATES if fate in self.fates}


FATES = ("new", "changed", "waiting", "same", "skipped")


def digest_of(text):
    return sha256(text.encode()).hexdigest()


def kinds():
    """Everything that may be imported, by key, as the apps declare it."""
    return {kind.key: kind for kind in ask("importable")}


def kind_of(key):
    return kinds().get(key)


def open_kinds(acting, scope=""):
    """The kinds that this post may import, with a scope those into it, without one those without."""
    return [
        kind
        for kind in kinds().values()
        if bool(kind.scope) == bool(scope) and kind.may(acting, scope) is None
    ]
