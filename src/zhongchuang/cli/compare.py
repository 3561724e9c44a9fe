"""`compare`: every subject of a file against all packs at once."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from zhongchuang.policy.answer import IN_FORCE, compare_answer, compared, paid
from zhongchuang.policy.loading import all_packs
from zhongchuang.policy.pack import PROPOSAL, Pack, RuleSet
from zhongchuang.policy.table import Table
from zhongchuang.tables.judged_ids import Readers

from . import DONE, output, words
from .check import MOST_LISTED, ORDER, in_the_way
from .files import read_table
from .language import gettext
from .shortfalls import standing

MOST_DETAILED = 20
"""Of more subjects a person sees one mark a pack."""

Sets = Sequence[tuple[Pack, RuleSet]]


def compare(file: Path, on: date, packs: Sequence[Path], *, as_json: bool, strict: bool) -> int:
    """Verdicts, gaps and awards by every pack; those not in force are judged on their nearest day and say so."""
    table = read_table(file, Readers(tuple(packs)), strict=strict)
    known = all_packs(*packs)
    sets = compared(known)
    if as_json:
        output.print_answers(_answers(known, sets, table, on), len(table))
    elif len(table) <= MOST_DETAILED:
        for row in table.rows():
            _print_subject(sets, table, row, on)
    elif len(table) <= MOST_LISTED:
        _print_matrix(sets, table, on)
    else:
        _print_totals(sets, table, on)
    return DONE


def _answers(
    known: Mapping[str, Pack], sets: Sets, table: Table, on: date
) -> Iterator[dict[str, Any]]:
    for row in output.followed(table.rows(), len(table), gettext("Comparing")):
        judgements = {
            (pack.id, rules.name): table.judged(row, pack.id, rules.name) for pack, rules in sets
        }
        yield compare_answer(known, table.facts(row), judgements, on)


def _print_subject(sets: Sets, table: Table, row: int, on: date) -> None:
    """One subject: a line for each set."""
    facts, lines = table.facts(row), []
    for pack, rules in sets:
        judgements = table.judged(row, pack.id, rules.name)
        finding = rules.judge(facts, judgements)
        awards = "\n".join(_award(pack, one) for one in paid(pack, finding, facts, judgements))
        lines.append(
            [
                words.name_of(pack, rules),
                _state(pack, on),
                words.verdict(finding.verdict),
                in_the_way(standing(finding)),
                awards,
            ]
        )
    output.say(output.safe(table.subjects[row]))
    output.print_table(
        [
            gettext("Rules"),
            gettext("Term"),
            gettext("Verdict"),
            gettext("What stands in the way"),
            gettext("Could be paid"),
        ],
        lines,
    )
    output.say()


def _state(pack: Pack, on: date) -> str:
    if pack.status == PROPOSAL:
        return gettext("Proposal")
    state = words.state(pack.state(on))
    return state if pack.state(on) == IN_FORCE else f"{state} {pack.term.nearest(on)}"


def _award(pack: Pack, answer: Mapping[str, Any]) -> str:
    """An award, and the grade that it needs."""
    text = words.award(pack.awards[answer["id"]])
    if answer["for"] == "grade":
        return gettext("%(award)s (if graded %(grade)s)") % {
            "award": text,
            "grade": _grade(pack, answer["grade"]),
        }
    return text


def _grade(pack: Pack, id_: str) -> str:
    grades = (
        grade for rules in pack.sets.values() if rules.scoring for grade in rules.scoring.grades
    )
    return next((words.say_text(grade.text) for grade in grades if grade.id == id_), id_)


def _print_matrix(sets: Sets, table: Table, on: date) -> None:
    """One line a subject, one mark a set; the heads stand below, because they are long."""
    from zhongchuang.policy.whatif import verdicts  # noqa: PLC0415 -- slow import

    columns = [verdicts(rules, table, pack.id) for pack, rules in sets]
    rows = [
        [table.subjects[row], *(words.MARKS[column[row]] for column in columns)]
        for row in table.rows()
    ]
    output.print_table(
        [gettext("Subject"), *(str(number) for number in range(1, len(sets) + 1))], rows
    )
    output.say()
    _print_sums(sets, columns, on)


def _print_totals(sets: Sets, table: Table, on: date) -> None:
    from zhongchuang.policy.whatif import verdicts  # noqa: PLC0415 -- slow import

    numbered = output.followed(sets, len(table), gettext("Comparing"))
    _print_sums(sets, [verdicts(rules, table, pack.id) for pack, rules in numbered], on)
    output.say(gettext("Each subject by itself: --json"))


def _print_sums(sets: Sets, columns: Sequence[Sequence[int]], on: date) -> None:
    """How many subjects have which verdict by each set."""
    rows = [
        [
            str(number),
            words.name_of(pack, rules),
            _state(pack, on),
            *(f"{list(column).count(code):,}" for code in ORDER),
        ]
        for number, ((pack, rules), column) in enumerate(zip(sets, columns, strict=True), 1)
    ]
    output.print_table(
        ["", gettext("Rules"), gettext("Term"), *map(words.verdict, ORDER)],
        rows,
        right=(0, 3, 4, 5, 6, 7),
    )
