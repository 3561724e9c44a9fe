"""Answers as tables and as decisions: one row a condition, words beside codes."""

from collections.abc import Iterator

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from zhongchuang.gap import matrix, sentences, words
from zhongchuang.gap.choice import Choice, chosen, ordered
from zhongchuang.gap.matrix import MARKED, Answer
from zhongchuang.gap.packs import find_pack
from zhongchuang.gap.sources import Source, verdicts
from zhongchuang.gap.subjects import home, name_of
from zhongchuang.gap.whatif import Trial
from zhongchuang.policy.answer import tested
from zhongchuang.policy.decision import Judgement, decide
from zhongchuang.policy.errors import Refused
from zhongchuang.policy.facts import Facts
from zhongchuang.policy.pack import Pack, RuleSet
from zhongchuang.policy.table import Table
from zhongchuang.tables.writing import OutSheet, write

MOST_ROWS = 50_000
"""Rows of conditions in one file; beyond that the sheet of conditions says so."""

Row = list[str | int]
WIDTHS = (24, 14, 16, 28, 16, 14, 14, 14, 28, 16, 16, 40)


def of_subject(name: str, facts: Facts, every: list[Answer], choice: Choice, form: str) -> bytes:
    """The verdict of every set for one subject, then every condition of the sets that are shown."""
    seen = matrix.shown(every, choice)
    detail = OutSheet(_("Conditions"), heading(), list(conditions(name, facts, seen)), WIDTHS)
    return write([detail] if form == "csv" else [summary(every, choice), detail], form)


def summary(every: list[Answer], choice: Choice) -> OutSheet:
    """One row a set: its verdict, what else is open, and what would be paid."""
    heads = [
        _("Pack"),
        _("Set"),
        _("State on %(day)s") % {"day": choice.on.isoformat()},
        _("Verdict"),
        _("Verdict code"),
        _("Conclusion"),
        _("What would be paid"),
    ]
    rows: list[Row] = [
        [
            words.say(one.pack.short),
            words.say(one.rules.title),
            sentences.standing(one.pack, choice.on)[1],
            sentences.verdict_word(one.name),
            one.name,
            words.joined((says, *rest)),
            words.joined(map(sentences.award_line, sentences.awards(one))),
        ]
        for one in every
        for says, rest in [sentences.conclusion(one)]
    ]
    return OutSheet(_("All rules"), heads, rows, (16, 24, 24, 20, 16, 40, 60))


def of_all(one: Source, choice: Choice, form: str) -> bytes:
    """The verdicts of all subjects on every set, and what keeps each from the sets that are shown."""
    table = one.table
    pairs = ordered(home(table), choice.on)
    codes = [verdicts(one, pack, rules, local=choice.local) for pack, rules in pairs]
    heads = [
        _("Space"),
        *(f"{words.say(pack.short)} {words.say(rules.title)}" for pack, rules in pairs),
    ]
    overview = [
        [name_of(table, row), *(sentences.verdict_word(MARKED[column[row]]) for column in codes)]
        for row in table.rows()
    ]
    detail = (
        list(_details(table, chosen(pairs, choice), local=choice.local)) if form == "xlsx" else []
    )
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
        paid = words.joined(map(sentences.award_line, sentences.awards(one))) if found else ""
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
        table.facts(row, pack.set(name).window),
        judgements,
        on=choice.on,
        by=_("Gap analysis"),
        at=timezone.localtime(),
    ).to_json()


def of_trial(trial: Trial, form: str) -> bytes:
    """Who gains and who drops out, by name."""
    rows: list[Row] = [
        [name_of(trial.table, row), assumed if row in trial.assumed else plain]
        for kept, plain, assumed in (
            (trial.effect.gains, _("gains"), _("gains, if registered there")),
            (trial.effect.drops, _("drops out"), _("drops out, if registered there")),
        )
        for row in kept
    ]
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
