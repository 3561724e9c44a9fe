"""Answers as tables and as decisions: one row a condition, words beside codes."""

from collections.abc import Iterator

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from zhongchuang.gap import matrix, sentences, words
from zhongchuang.gap.choice import Choice, chosen, ordered
from zhongchuang.gap.matrix import Answer
from zhongchuang.gap.sources import Source, verdicts
from zhongchuang.gap.subjects import home, name_of
from zhongchuang.gap.whatif import Trial
from zhongchuang.policy.answer import tested
from zhongchuang.policy.decision import Judgement, decide
from zhongchuang.policy.errors import Refused
from zhongchuang.policy.facts import Facts
from zhongchuang.policy.loading import find_pack
from zhongchuang.policy.pack import Pack, RuleSet
from zhongchuang.policy.table import Table
from zhongchuang.policy.verdict import NAMES
from zhongchuang.tables.writing import OutSheet, write

MOST_ROWS = 50_000
"""Rows of conditions in one file; beyond that the sheet of conditions says so."""

Row = list[str | int]
WIDTHS = (24, 14, 16, 28, 16, 14, 14, 14, 28, 16, 16, 40)


def of_subject(name: str, facts: Facts, seen: list[Answer], form: str) -> bytes:
    """Every condition of the sets seen for one subject."""
    return write(
        [OutSheet(_("Conditions"), heading(), list(conditions(name, facts, seen)), WIDTHS)], form
    )


def of_all(one: Source, choice: Choice, form: str) -> bytes:
    """The verdicts of all subjects, and what keeps each from being met."""
    table = one.table
    pairs = chosen(ordered(home(table), choice.on), choice)
    codes = [verdicts(one, pack, rules, local=choice.local) for pack, rules in pairs]
    heads = [
        _("Space"),
        *(f"{words.say(pack.short)} {words.say(rules.title)}" for pack, rules in pairs),
    ]
    overview = [
        [name_of(table, row), *(sentences.verdict_word(NAMES[column[row]]) for column in codes)]
        for row in table.rows()
    ]
    detail = list(_details(table, pairs, local=choice.local)) if form == "xlsx" else []
    sheets = [OutSheet(_("Verdicts"), heads, overview, (30,))]
    return write(
        [*sheets, OutSheet(_("Not met and unknown"), heading(), detail, WIDTHS)]
        if form == "xlsx"
        else sheets,
        form,
    )


def _details(table: Table, pairs: list[tuple[Pack, RuleSet]], *, local: bool) -> Iterator[Row]:
    """What is not met or unknown of all subjects, as far as one file holds it."""
    left = MOST_ROWS
    for row in table.rows():
        facts = table.facts(row)
        seen = [
            matrix.answer(pack, rules, facts, table.judged(row, pack.id, rules.name), local=local)
            for pack, rules in pairs
        ]
        rows = list(conditions(name_of(table, row), facts, seen, blocking=True))
        left -= len(rows)
        if left < 0:
            yield [
                _("The file ends here: it holds at most %(most)s rows. Choose fewer rules.")
                % {"most": MOST_ROWS}
            ]
            return
        yield from rows


def heading() -> list[str]:
    """The headings of a table of conditions."""
    return [
        _("Space"),
        _("Pack"),
        _("Set"),
        _("Condition"),
        _("Id"),
        _("Article"),
        _("Verdict"),
        _("Verdict code"),
        _("Needed"),
        _("Found"),
        _("Short by"),
        _("What would be paid"),
    ]


def conditions(
    name: str, facts: Facts, seen: list[Answer], *, blocking: bool = False
) -> Iterator[Row]:
    """One row a condition; only those that keep the set from being met where `blocking`."""
    for one in seen:
        found = [cell for cell in matrix.cells(one) if cell.blocks or not blocking]
        paid = (
            words.joined(
                " ".join(filter(None, (row["text"], row["amount"])))
                for row in sentences.awards(one)
            )
            if found
            else ""
        )
        for cell in found:
            yield [
                name,
                words.say(one.pack.short),
                words.say(one.rules.title),
                *_condition(cell, facts),
                paid,
            ]


def _condition(cell: matrix.Cell, facts: Facts) -> Row:
    condition, said = cell.leaf.condition, sentences.cell(cell)
    columns = tested(condition).facts()
    column = columns[0] if columns else None
    found = words.value(column, facts.values.get(column.name)) if column else ""
    short = (
        words.difference(cell.leaf.short_by, column.unit)
        if column and said.short and cell.leaf.short_by is not None
        else ""
    )
    return [
        words.say(condition.text),
        condition.id,
        said.cite,
        said.word,
        said.name,
        words.needed(condition, cell.leaf.needed),
        found,
        short,
    ]


def decision(table: Table, row: int, choice: Choice) -> str:
    """One subject's verdict on one set with its grounds, on the figures as they stand: nothing is assumed."""
    try:
        pack, name = find_pack(choice.one)
    except Refused:
        raise Http404 from None
    if pack.set(name).root is None:
        raise Http404
    judgements = {
        id_: Judgement(met, "", choice.on)
        for id_, met in table.judged(row, pack.id, name).items()
        if id_ in {one.id for one in pack.set(name).conditions()}
    }
    return decide(
        pack,
        name,
        table.facts(row),
        judgements,
        on=choice.on,
        by=_("Gap analysis"),
        at=timezone.localtime(),
    ).to_json()


def of_trial(trial: Trial, form: str) -> bytes:
    """Who gains and who drops out, by name."""
    rows: list[Row] = [[name_of(trial.table, row), _("gains")] for row in trial.effect.gains]
    rows += [[name_of(trial.table, row), _("drops out")] for row in trial.effect.drops]
    settings = [[one.label, one.was, one.text or one.was] for one in trial.knobs]
    note = [[_("A trial; it does not change the rules in force."), "", ""]]
    if form == "csv":
        return write([OutSheet(_("Effect"), [_("Space"), _("Change")], rows, (40, 16))], form)
    return write(
        [
            OutSheet(_("Effect"), [_("Space"), _("Change")], rows, (40, 16)),
            OutSheet(
                _("Thresholds"),
                [_("Condition"), _("Now"), _("Trial")],
                settings + note,
                (40, 16, 16),
            ),
        ],
        form,
    )
