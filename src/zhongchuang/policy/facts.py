"""The catalogue of facts, and the facts of one subject.

A fact is a named figure or statement about a subject. Values are kept plain: an exact amount in
the unit of the catalogue, a code, True or False, a frozenset of codes. A fact that is not known is
absent; there is no empty value.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from .errors import Refused, _
from .quantity import Exact, Quantity, decimal_places, exact, unit_of

Value = Exact | str | bool | frozenset[str]

AS_OF = "asof"
SLACK = Fraction(1, 10**9)
"""A typed share may differ from its inputs by the last digit of a spreadsheet's own arithmetic."""


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in Chinese and English."""

    zh: str
    en: str

    def __getitem__(self, language: str) -> str:
        return self.zh if language.startswith("zh") else self.en


@dataclass(frozen=True, slots=True)
class Formula:
    """A derived fact: a sum of facts, or a ratio of sums. Facts are named without their time kind."""

    sum: tuple[str, ...]
    over: tuple[str, ...] = ()

    @property
    def inputs(self) -> tuple[str, ...]:
        """All facts that the formula reads."""
        return self.sum + self.over


@dataclass(frozen=True, slots=True)
class Definition:
    """One entry of the catalogue; `type` is quantity, yes_no, choice, list or region."""

    name: str
    subject: str
    label: Text
    type: str
    unit: str
    kinds: tuple[str, ...]
    group: str
    definition: Text
    records: str
    basis: str
    choices: Mapping[str, Text] = field(default_factory=dict)
    levels: tuple[str, ...] = ()
    formula: Formula | None = None
    aliases: tuple[str, ...] = ()

    def columns(self) -> Iterator[str]:
        """The names that its figures have in files: with a time kind where there are several."""
        for kind in self.kinds:
            yield self.name if kind == AS_OF or len(self.kinds) == 1 else f"{self.name}.{kind}"


@dataclass(frozen=True, slots=True)
class Column:
    """A fact at one time kind: what a column of a file, a field of a form or a condition means."""

    name: str
    kind: str
    fact: Definition

    @property
    def unit(self) -> str:
        """Its unit code; empty for facts that are no quantity."""
        return self.fact.unit

    def quantity(self, amount: Exact) -> Quantity:
        """The amount with its unit."""
        return Quantity(amount, self.fact.unit)


class Catalogue:
    """All facts of one subject kind, found by name or label."""

    def __init__(self, definitions: Iterable[Definition], kinds: Mapping[str, Text]) -> None:
        self.facts = {one.name: one for one in definitions}
        self.kinds = kinds
        self.columns: dict[str, Column] = {}
        for fact in self.facts.values():
            for kind, name in zip(fact.kinds, fact.columns(), strict=True):
                self.columns[name] = Column(name, kind, fact)
        self._aliases = dict(self.spellings())

    def spellings(self) -> Iterator[tuple[str, Column]]:
        """Every way to write a column; without a time kind it is `asof`, else `year`, else the first."""
        for fact in self.facts.values():
            plain = next((kind for kind in (AS_OF, "year") if kind in fact.kinds), fact.kinds[0])
            for kind, name in zip(fact.kinds, fact.columns(), strict=True):
                column = self.columns[name]
                yield f"{fact.name}.{kind}", column
                if kind == plain:
                    yield fact.name, column
                    yield fact.label.zh, column
                    yield fact.label.en.casefold(), column
                    yield from ((alias, column) for alias in fact.aliases)
                yield f"{fact.label.zh}({self.kinds[kind].zh})", column
                yield f"{fact.label.en} ({self.kinds[kind].en})".casefold(), column

    def find(self, text: str) -> Column | None:
        """The column that a header means, by name or label in either language; None where none does."""
        return self._aliases.get(text) or self._aliases.get(text.casefold())

    def column(self, name: str) -> Column:
        """The column with this name; refused with the nearest names."""
        column = self._aliases.get(name)
        if column is None:
            raise Refused(
                _("There is no fact “%(found)s”. Nearest: %(allowed)s."),
                found=name,
                allowed=", ".join(self.nearest(name)),
            )
        return column

    def nearest(self, text: str, language: str = "") -> list[str]:
        """Up to three facts whose name or label looks like `text`: by name, with the label where a language is given."""
        import difflib  # noqa: PLC0415 -- slow import

        near = difflib.get_close_matches(text.casefold(), self._aliases, n=20, cutoff=0.4)
        columns: dict[str, Column] = {}
        for spelling in near:
            columns.setdefault(self._aliases[spelling].fact.name, self._aliases[spelling])
        found = list(columns.values())[:3] or [next(iter(self.columns.values()))]
        if not language:
            return [one.name for one in found]
        return [f"{one.name} ({self.labelled(one, language)})" for one in found]

    def labelled(self, column: Column, language: str) -> str:
        """The label of a column, with its time kind where the fact has several."""
        label = column.fact.label[language]
        if len(column.fact.kinds) == 1 or column.kind == AS_OF:
            return label
        kind = self.kinds[column.kind]
        return f"{label}（{kind.zh}）" if language.startswith("zh") else f"{label} ({kind.en})"

    def with_parts(self, names: Iterable[str]) -> list[str]:
        """The columns, each once, with those that they are made of behind them."""
        asked = list(names)
        inputs = {name: (*added, *divisors) for name, added, divisors in self.formulas}
        return list(
            dict.fromkeys([*asked, *(part for name in asked for part in inputs.get(name, ()))])
        )

    @cached_property
    def formulas(self) -> tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]:
        """Derived columns in the order of their dependence: (name, summed columns, divisor columns)."""
        found = []
        for column in self.columns.values():
            formula = column.fact.formula
            if formula is None:
                continue
            added = tuple(self._input(name, column.kind) for name in formula.sum)
            over = tuple(self._input(name, column.kind) for name in formula.over)
            if all(added) and all(over):
                found.append((column.name, added, over))
        names = {name for name, _sum, _over in found}
        return tuple(sorted(found, key=lambda row: sum(one in names for one in (*row[1], *row[2]))))

    def _input(self, name: str, kind: str) -> str:
        """The column of an input at the time kind of the derived fact; empty where it has none."""
        fact = self.facts[name]
        if kind not in fact.kinds:
            return ""
        return list(fact.columns())[fact.kinds.index(kind)]


def derive(catalogue: Catalogue, values: Mapping[str, Value]) -> dict[str, Value]:
    """`values` and what the formulas add to them; a typed figure beside its inputs must agree."""
    known = dict(values)
    for name, added, divisors in catalogue.formulas:
        computed = computed_from(known, added, divisors)
        if computed is None:
            continue
        typed = known.get(name)
        if typed is None:
            known[name] = computed
        elif not agrees(typed, computed):  # type: ignore[arg-type]
            column = catalogue.columns[name]
            raise Refused(
                _(
                    "%(fact)s is given as %(found)s, but %(inputs)s make it %(computed)s. Correct one of them."
                ),
                fact=column.fact.label.zh,
                found=str(column.quantity(typed)),  # type: ignore[arg-type]
                inputs=", ".join(f"{one} = {known[one]}" for one in (*added, *divisors)),
                computed=str(column.quantity(computed)),
            )
    return known


def computed_from(
    known: Mapping[str, Value], added: tuple[str, ...], divisors: tuple[str, ...]
) -> Exact | None:
    """A sum, or a ratio in percent; None where an input is missing or the divisor is 0."""
    total: Exact = 0
    for name in added:
        if name not in known:
            return None
        total += known[name]  # type: ignore[operator]
    if not divisors:
        return total
    divisor: Exact = 0
    for name in divisors:
        if name not in known:
            return None
        divisor += known[name]  # type: ignore[operator]
    return exact(Fraction(total * 100) / divisor) if divisor else None


def agrees(typed: Exact, computed: Exact) -> bool:
    """Whether a typed figure is the computed one in the digits given."""
    if typed == computed:
        return True
    places = decimal_places(typed) or 0
    slack = max(Fraction(1, 2 * 10**places), SLACK)
    return -slack <= typed - computed <= slack


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one subject: column name → value, derived facts included."""

    subject: str
    values: Mapping[str, Value]

    @classmethod
    def of(
        cls, subject: str, values: Mapping[str, Value], catalogue: Catalogue | None = None
    ) -> "Facts":
        """Facts with the derived ones computed."""
        return cls(subject, derive(catalogue or space_catalogue(), values))


def is_choice(fact: Definition, code: str) -> bool:
    """Whether `code` is one that the fact allows; `kind@level` for facts with levels."""
    if not fact.choices:
        return True
    kind, at, level = code.partition("@")
    return kind in fact.choices and (not at or level in fact.levels)


def plain_value(column: Column, value: Any) -> Value:
    """A value of TOML or JSON as the fact's: a quantity as text, a number in the catalogue's unit, a code, a list."""
    kind = column.fact.type
    if kind == "quantity":
        if isinstance(value, str):
            return Quantity.parse(value).in_unit(column.unit)
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            return exact(value)
    elif kind == "yes_no" and isinstance(value, bool):
        return value
    elif (
        kind == "list"
        and isinstance(value, list)
        and all(is_choice(column.fact, one) for one in value)
    ):
        return frozenset(value)
    elif kind in ("choice", "region") and isinstance(value, str) and is_choice(column.fact, value):
        return value
    raise Refused(_("%(fact)s does not take “%(found)s”."), fact=column.name, found=value)


@cache
def space_catalogue() -> Catalogue:
    """The facts of spaces, from catalogue.toml."""
    table = tomllib.loads((Path(__file__).parent / "catalogue.toml").read_text(encoding="utf-8"))
    kinds = {code: Text(**words) for code, words in table["kinds"].items()}
    return Catalogue((_definition(name, row) for name, row in table["space"].items()), kinds)


@cache
def fact_groups() -> dict[str, Text]:
    """The headings under which forms and matrices list facts, in order."""
    table = tomllib.loads((Path(__file__).parent / "catalogue.toml").read_text(encoding="utf-8"))
    return {code: Text(**words) for code, words in table["groups"].items()}


def _definition(name: str, row: dict) -> Definition:  # type: ignore[type-arg]
    formula = row.get("formula")
    if row["type"] == "quantity":
        unit_of(row["unit"])
    return Definition(
        name=name,
        subject="space",
        label=Text(row["zh"], row["en"]),
        type=row["type"],
        unit=row.get("unit", ""),
        kinds=tuple(row["kinds"]),
        group=row["group"],
        definition=Text(row["definition"]["zh"], row["definition"]["en"]),
        records=row["records"],
        basis=row["basis"],
        choices={code: Text(**words) for code, words in row.get("choices", {}).items()},
        levels=tuple(row.get("levels", ())),
        aliases=tuple(row.get("aliases", ())),
        formula=Formula(tuple(formula["sum"]), tuple(formula.get("over", ()))) if formula else None,
    )
