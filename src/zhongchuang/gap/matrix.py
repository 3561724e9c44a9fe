"""One subject against many sets: rows of facts, columns of sets, and what to do first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from zhongchuang.gap import words
from zhongchuang.gap.choice import Choice, chosen, ordered, reference
from zhongchuang.gap.themes import theme_of
from zhongchuang.policy.answer import awards_of, tested
from zhongchuang.policy.conditions import Group, When, Within
from zhongchuang.policy.facts import Column, Facts, Value, fact_groups, space_catalogue
from zhongchuang.policy.pack import Pack, RuleSet
from zhongchuang.policy.table import Table
from zhongchuang.policy.verdict import (
    MET,
    NAMES,
    NOT_APPLICABLE,
    NOT_MET,
    OPPOSITE,
    UNKNOWN,
    Finding,
)

REGISTERED = "registered_in"
CHOOSING = ("any_of", "at_least_n_of")
JUDGED = "judged"
OPEN = (NOT_MET, UNKNOWN)
ASSUMED = "assumed"
"""The mark of what is met only because the place of registration, which is not stated, is assumed."""

MARKED = (*NAMES, ASSUMED)
ASSUMED_CODE = len(NAMES)


@dataclass(frozen=True)
class Cell:
    """One condition of one set on a row: its verdict as it counts there, with the groups around it.

    `verdict` is turned around inside `none_of`; `settled` says that the group is decided without it.
    """

    pack: Pack
    rules: RuleSet
    leaf: Finding
    groups: tuple[Finding, ...]
    verdict: int
    settled: bool
    assumed: bool

    @property
    def name(self) -> str:
        """The verdict's name; what is met by assumption has its own."""
        return ASSUMED if self.assumed and self.verdict == MET else NAMES[self.verdict]

    @property
    def blocks(self) -> bool:
        """Whether it keeps the set from being met."""
        return self.verdict in OPEN and not self.settled


@dataclass
class Row:
    """A fact, or a theme that a person judges, with the cells of each set."""

    key: str
    group: str
    text: str
    column: Column | None
    found: Value | None
    cells: list[list[Cell]]
    at_home: bool = False


@dataclass
class Section:
    """Rows under one heading of the catalogue."""

    key: str
    title: str
    rows: list[Row] = field(default_factory=list)

    @property
    def at_home(self) -> bool:
        """Whether the set that a phone shows has a row here."""
        return any(row.at_home for row in self.rows)


@dataclass(frozen=True)
class Answer:
    """One set judged: the explained verdict and what would be paid.

    `stated` is the verdict on the figures as they stand; it is `finding` where nothing is assumed.
    `facts` and `judgements` are what the verdict was found on.
    """

    pack: Pack
    rules: RuleSet
    finding: Finding
    stated: Finding
    awards: list[dict]
    facts: Facts
    judgements: Mapping[str, bool]

    @property
    def assumed(self) -> bool:
        """Whether the place of registration is assumed."""
        return self.finding is not self.stated

    @property
    def name(self) -> str:
        """The verdict's name; what is met by assumption has its own."""
        return _name(self.finding, self.stated)

    @property
    def elsewhere(self) -> bool:
        """Whether the subject is registered where the set does not reach."""
        return any(
            leaf.verdict == NOT_MET and of_place(leaf) for leaf, _groups in self.finding.leaves()
        )

    @property
    def reference(self) -> str:
        """The set's name in addresses."""
        return reference(self.pack, self.rules)

    def counts(self) -> dict[str, int]:
        """How many deciding items have each verdict; a group that offers a choice is one item."""
        counts = dict.fromkeys(MARKED, 0)
        for name in deciding(self.finding, self.stated):
            counts[name] += 1
        return counts


def answer(
    pack: Pack, rules: RuleSet, facts: Facts, judgements: Mapping[str, bool], *, local: bool
) -> Answer:
    """The verdict of one set; with `local`, a place of registration that is not stated is taken as its own."""
    stated = finding = rules.judge(facts, judgements)
    home = place(rules) if local and REGISTERED not in facts.values else ""
    if home:
        facts = Facts(facts.subject, {**facts.values, REGISTERED: home.ljust(6, "0")})
        finding = rules.judge(facts, judgements)
    awards = awards_of(pack, facts, judgements)
    return Answer(pack, rules, finding, stated, awards, facts, judgements)


def place(rules: RuleSet) -> str:
    """The region in which a set wants its subjects registered; empty where it does not say."""
    for one in rules.leaves():
        test = tested(one)
        if isinstance(test, Within) and test.column.name == REGISTERED:
            return test.region
    return ""


def answers(table: Table, row: int, choice: Choice) -> list[Answer]:
    """All sets judged for one subject, nearest first."""
    facts = table.facts(row)
    return [
        answer(
            pack,
            rules,
            table.facts(row, rules.window) if rules.window in table.within else facts,
            table.judged(row, pack.id, rules.name),
            local=choice.local,
        )
        for pack, rules in ordered(facts.values, choice.on)
    ]


def shown(all_answers: list[Answer], choice: Choice) -> list[Answer]:
    """The answers that the reader wants to see, in their order."""
    wanted = {
        reference(*pair) for pair in chosen([(one.pack, one.rules) for one in all_answers], choice)
    }
    return [one for one in all_answers if one.reference in wanted]


def deciding(finding: Finding, stated: Finding) -> Iterator[str]:
    """The verdicts that a reader counts: `all_of` is taken apart, a group that offers a choice is one."""
    without = {one.condition.id: one for one in stated.children}
    for child in finding.children:
        condition = child.condition
        group = condition.then if isinstance(condition, When) else condition
        if (
            child.children
            and isinstance(group, Group)
            and group.op == "all_of"
            and child.verdict != NOT_APPLICABLE
        ):
            yield from deciding(child, without.get(child.condition.id, child))
        else:
            yield _name(child, without.get(child.condition.id, child))


def _name(finding: Finding, stated: Finding) -> str:
    return ASSUMED if finding.verdict == MET != stated.verdict else NAMES[finding.verdict]


def of_place(leaf: Finding) -> bool:
    """Whether a condition looks at the place of registration."""
    test = tested(leaf.condition)
    return isinstance(test, Within) and test.column.name == REGISTERED


def cells(one: Answer) -> Iterator[Cell]:
    """Every leaf of a set with the verdict that counts where it stands."""
    for leaf, groups in one.finding.leaves():
        turned = sum(kind(group) == "none_of" for group in groups) % 2
        verdict = OPPOSITE[leaf.verdict] if turned else leaf.verdict
        settled = any(
            kind(group) in CHOOSING and group.verdict in (MET, NOT_APPLICABLE) for group in groups
        )
        assumed = one.assumed and of_place(leaf)
        yield Cell(one.pack, one.rules, leaf, groups, verdict, settled, assumed)


def kind(group: Finding) -> str:
    """The kind of a group; of a `when` that of its consequent."""
    condition = group.condition
    return condition.then.kind if isinstance(condition, When) else condition.kind


def sections(
    shown_answers: list[Answer], facts: Facts, *, missing: bool, home: int = 0
) -> list[Section]:
    """The rows under their headings.

    `home` is the place of the set that a phone shows; rows it says nothing about are marked.
    """
    rows: dict[str, Row] = {}
    for number, one in enumerate(shown_answers):
        for cell in cells(one):
            row = _row(rows, cell, facts, len(shown_answers))
            row.cells[number].append(cell)
            row.at_home = row.at_home or number == home
    found = [
        row
        for row in rows.values()
        if not missing or any(cell.blocks for column in row.cells for cell in column)
    ]
    return _grouped(found)


def _row(rows: dict[str, Row], cell: Cell, facts: Facts, width: int) -> Row:
    columns = tested(cell.leaf.condition).facts()
    if columns:
        key, group, text = columns[0].name, columns[0].fact.group, words.label(columns[0])
    else:
        theme = theme_of(cell.leaf.condition.id)
        key, group, text = f"{JUDGED}.{theme.key}", theme.group, words.say(theme.title)
    if key not in rows:
        rows[key] = Row(
            key,
            group,
            text,
            columns[0] if columns else None,
            facts.values.get(key),
            [[] for _one in range(width)],
        )
    return rows[key]


def _grouped(rows: list[Row]) -> list[Section]:
    """Facts in the order of the catalogue; what a person judges stands last under each heading."""
    found = {key: Section(key, words.say(text)) for key, text in fact_groups().items()}
    order = {name: place for place, name in enumerate(space_catalogue().columns)}
    for row in sorted(rows, key=lambda one: order.get(one.key, len(order))):
        found[row.group].rows.append(row)
    return [section for section in found.values() if section.rows]
