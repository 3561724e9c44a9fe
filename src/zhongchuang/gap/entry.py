"""One subject's facts as a person enters them, and as an address carries them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from zhongchuang.gap import words
from zhongchuang.gap.packs import all_packs
from zhongchuang.policy.answer import compared
from zhongchuang.policy.errors import Refused
from zhongchuang.policy.facts import Column, Value, derive, fact_groups, space_catalogue
from zhongchuang.policy.quantity import example, write_number
from zhongchuang.policy.table import Table
from zhongchuang.tables.agreement import shares_over_whole
from zhongchuang.tables.cells import CellReader
from zhongchuang.tables.judged_ids import asked_by

JUDGED = "judged."
NONE = "none"
LONGEST = 400


@dataclass
class Entered:
    """What was entered: the text of each field as it stands, what it means, and what is wrong with it."""

    texts: dict[str, str] = field(default_factory=dict)
    values: dict[str, Value] = field(default_factory=dict)
    judgements: dict[str, bool] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    def table(self, subject: str = "") -> Table:
        """The subject as a table of one row."""
        return Table(
            [subject],
            {name: [value] for name, value in self.values.items()},
            {name: [held] for name, held in self.judgements.items()},
        )

    @property
    def empty(self) -> bool:
        """Whether nothing at all is known."""
        return not self.values


def read(query: MultiValueDict) -> Entered:
    """Everything entered, with every fault; what stands in no field is passed over."""
    entered = Entered()
    for name, column in space_catalogue().columns.items():
        text = _text(query, column)
        if not text:
            continue
        entered.texts[name] = text
        try:
            value = CellReader(column.fact, language="zh" if words.chinese() else "en").read(
                text[:LONGEST]
            )
        except Refused as refused:
            entered.errors[name] = words.refusal(refused)
        else:
            if value is not None:
                entered.values[name] = value
    _read_judgements(query, entered)
    _check_derived(entered)
    return entered


def _text(query: MultiValueDict, column: Column) -> str:
    """The text of a field; the parts of a list are joined, and only the first of doubled values counts."""
    given = [one.strip() for one in query.getlist(column.name) if one.strip()]
    if column.fact.type != "list":
        return given[0] if given else ""
    return ";".join(one for one in given if one != NONE) or (NONE if NONE in given else "")


def _read_judgements(query: MultiValueDict, entered: Entered) -> None:
    """Judgements of an address; a plain id that several sets share says nothing of any of them."""
    given = {key.removeprefix(JUDGED): query[key] for key in query if key.startswith(JUDGED)}
    shared = asked_by(all_packs()).shared if given else {}
    for id_, said in given.items():
        if said in ("yes", "no") and id_ not in shared:
            entered.judgements[id_] = said == "yes"


def _check_derived(entered: Entered) -> None:
    """A typed share beside its inputs must agree with them."""
    catalogue = space_catalogue()
    for name, added, divisors in catalogue.formulas:
        inputs = (*added, *divisors)
        if name not in entered.values or any(one not in entered.values for one in inputs):
            continue
        try:
            derive(catalogue, {one: entered.values[one] for one in (name, *inputs)})
        except Refused as refused:
            entered.errors[name] = words.refusal(refused)
    language = "zh" if words.chinese() else "en"
    for name, refused in shares_over_whole(entered.values, catalogue, language).items():
        entered.errors.setdefault(name, words.refusal(refused))


def written(value: Value) -> str:
    """A value as an address carries it, in the unit of the catalogue; reading it gives the same value."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    if isinstance(value, frozenset):
        return ";".join(sorted(value)) or NONE
    return write_number(value)


def pairs(table: Table, row: int) -> list[tuple[str, str]]:
    """One subject's known facts and judgements for an address. Its name and code are left out."""
    found = [(name, written(value)) for name, value in table.values(row).items()]
    found += [
        (JUDGED + name, "yes" if held[row] else "no")
        for name, held in table.judgements.items()
        if held[row] is not None
    ]
    return found


@dataclass(frozen=True)
class Field:
    """A field of the form: its column, the text in it, and its fault."""

    column: Column
    text: str
    error: str
    asked: int

    @property
    def id(self) -> str:
        """The id of its control: names carry a dot, which style sheets would misread."""
        return "f-" + self.column.name.replace(".", "-")

    @property
    def type(self) -> str:
        """quantity, yes_no, choice, list or region."""
        return self.column.fact.type

    @property
    def label(self) -> str:
        """The label, with the time kind."""
        return words.label(self.column)

    @property
    def unit(self) -> str:
        """The unit beside the field."""
        return words.unit_word(self.column.unit) if self.column.unit else ""

    @property
    def definition(self) -> str:
        """What the figure means; of a derived one also what it is computed from."""
        text = words.say(self.column.fact.definition)
        formula = self.column.fact.formula
        if formula is None:
            return text
        facts = space_catalogue().facts
        names = words.joined(words.say(facts[name].label) for name in formula.inputs)
        return _("%(definition)s. Leave it blank to have it computed from %(facts)s.") % {
            "definition": text,
            "facts": names,
        }

    @property
    def hint(self) -> str:
        """How to write it, where that is not plain."""
        if self.column.unit == "CNY":
            return _("In yuan; %(example)s is understood.") % {"example": example("CNY")}
        return ""

    @property
    def options(self) -> list[tuple[str, str, bool]]:
        """Codes with their words; whether each is chosen."""
        if self.type == "yes_no":
            return [("yes", _("yes"), self.text == "yes"), ("no", _("no"), self.text == "no")]
        return [
            (code, words.say(text), self.text == code)
            for code, text in self.column.fact.choices.items()
        ]

    @property
    def parts(self) -> list[tuple[str, str, list[tuple[str, str, bool]]]]:
        """A list has a control for each kind, which chooses its level."""
        held = self.text.split(";")
        return [
            (
                code,
                words.say(text),
                [
                    (f"{code}@{level}", words.level(level), f"{code}@{level}" in held)
                    for level in self.column.fact.levels
                ],
            )
            for code, text in self.column.fact.choices.items()
        ]


@dataclass(frozen=True)
class FieldGroup:
    """The fields under one heading: those that packs ask for, most asked first, and the others."""

    key: str
    title: str
    asked: list[Field]
    others: list[Field]

    @property
    def open(self) -> bool:
        """Whether a field that is folded away holds something or is at fault."""
        return any(one.text or one.error for one in self.others)


def groups(entered: Entered) -> list[FieldGroup]:
    """All fields of the form by the headings of the catalogue."""
    fields = {key: [] for key in fact_groups()}
    counts = asked()
    for name, column in space_catalogue().columns.items():
        fields[column.fact.group].append(
            Field(
                column,
                entered.texts.get(name, ""),
                entered.errors.get(name, ""),
                counts.get(name, 0),
            )
        )
    return [
        FieldGroup(
            key,
            words.say(title),
            [one for one in _most_asked(fields[key]) if one.asked],
            [one for one in fields[key] if not one.asked],
        )
        for key, title in fact_groups().items()
    ]


def _most_asked(fields: Iterable[Field]) -> Iterator[Field]:
    return iter(sorted(fields, key=lambda one: -one.asked))


@cache
def asked() -> Mapping[str, int]:
    """How many sets ask for each fact; the inputs of a derived one count with it."""
    counts: dict[str, int] = {}
    formulas = {name: (*added, *divisors) for name, added, divisors in space_catalogue().formulas}
    for _pack, rules in compared(all_packs()):
        names = {one for name in rules.columns() for one in (name, *formulas.get(name, ()))}
        for name in names:
            counts[name] = counts.get(name, 0) + 1
    return counts
