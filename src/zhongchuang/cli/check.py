"""`check`: every subject of a file against one set."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from zhongchuang.policy.answer import IN_FORCE, check_answer
from zhongchuang.policy.errors import _
from zhongchuang.policy.loading import find_pack
from zhongchuang.policy.pack import Pack, RuleSet
from zhongchuang.policy.table import Table
from zhongchuang.policy.verdict import (
    FOR_JUDGEMENT,
    MET,
    NAMES,
    NOT_APPLICABLE,
    NOT_MET,
    UNKNOWN,
    Finding,
)
from zhongchuang.tables.judged_ids import Readers

from . import DONE, output, words
from .files import judged_set, read_table
from .language import gettext
from .shortfalls import Standing, standing

MOST_LISTED = 1000
"""Of more subjects a person sees the totals; `--json` gives each of them."""

MOST_SHORTFALLS = 3
ORDER = (MET, NOT_MET, UNKNOWN, FOR_JUDGEMENT, NOT_APPLICABLE)


def check(
    reference: str, file: Path, on: date, packs: Sequence[Path], *, as_json: bool, strict: bool
) -> int:
    """Judge every subject and say what is missing."""
    pack, name = find_pack(reference, *packs)
    rules = judged_set(pack, name)
    require_term(pack, on)
    table = read_table(file, Readers(tuple(packs), pack, rules), strict=strict)
    if as_json:
        rows = output.followed(table.rows(), len(table), gettext("Judging"))
        output.print_answers(
            (check_answer(table.subjects[row], judged(pack, rules, table, row)) for row in rows),
            len(table),
        )
    elif len(table) <= MOST_LISTED:
        _print_subjects(pack, rules, table)
    else:
        _print_totals(pack, rules, table)
    return DONE


def require_term(pack: Pack, on: date) -> None:
    """Decline to judge by a pack on a day on which it is not in force."""
    if pack.state(on) != IN_FORCE:
        raise words.Declined(
            _(
                "%(pack)s is not in force on %(day)s; its term is %(term)s. Choose a day in it with --on %(near)s."
            ),
            pack=pack.id,
            day=on,
            term=str(pack.term),
            near=pack.term.nearest(on),
        )


def judged(pack: Pack, rules: RuleSet, table: Table, row: int) -> Finding:
    """The explained verdict on one subject of a table."""
    return rules.judge(table.facts(row), table.judged(row, pack.id, rules.name))


def _print_subjects(pack: Pack, rules: RuleSet, table: Table) -> None:
    rows, counts = [], dict.fromkeys(range(len(NAMES)), 0)
    for row in table.rows():
        finding = judged(pack, rules, table, row)
        counts[finding.verdict] += 1
        found = standing(finding)
        rows.append(
            [
                table.subjects[row],
                words.verdict(finding.verdict),
                str(found.met),
                str(len(found.short)),
                str(len(found.unknown)),
                str(len(found.to_judge)),
                in_the_way(found),
            ]
        )
    output.print_table(
        [
            gettext("Subject"),
            gettext("Verdict"),
            gettext("Met"),
            gettext("Not met"),
            gettext("Unknown"),
            gettext("To judge"),
            gettext("What stands in the way"),
        ],
        rows,
        right=(2, 3, 4, 5),
    )
    output.say()
    output.say(_heading(pack, rules, table))
    output.say(_counted(counts))


def in_the_way(found: Standing) -> str:
    """The first shortfalls with their amounts and articles; without any what is unknown, or to judge."""
    lines = [shortfall(leaf, path) for leaf, path in found.short]
    if not lines:
        names = dict.fromkeys(
            words.label(name) for leaf, _path in found.unknown for name in leaf.missing
        )
        lines = [gettext("unknown: %(facts)s") % {"facts": words.some(names)}] if names else []
    if not lines:
        lines = [
            gettext("to judge: %(what)s") % {"what": words.say_text(leaf.condition.text)}
            for leaf, _path in found.to_judge
        ]
    more = len(lines) - MOST_SHORTFALLS
    if more > 0:
        lines[MOST_SHORTFALLS:] = [gettext("and %(count)s more.") % {"count": more}]
    return "\n".join(lines)


def shortfall(leaf: Finding, path: Sequence[Finding]) -> str:
    """One shortfall: what, by how much, by which article."""
    parts = [words.say_text(leaf.condition.text), words.gap(leaf), words.article(leaf, path)]
    return " ".join(part for part in parts if part)


def _print_totals(pack: Pack, rules: RuleSet, table: Table) -> None:
    from zhongchuang.policy.columns import judge_columns  # noqa: PLC0415 -- slow import

    verdicts = judge_columns(rules, table, pack.id)
    rows = []
    for leaf in rules.leaves():
        codes = verdicts.by_id[leaf.id].tolist()
        rows.append([words.say_text(leaf.text), *(f"{codes.count(code):,}" for code in ORDER)])
    output.print_table([gettext("Condition"), *map(words.verdict, ORDER)], rows, right=range(1, 6))
    output.say()
    output.say(_heading(pack, rules, table))
    output.say(_counted({code: verdicts.count(code) for code in ORDER}))
    output.say(gettext("Each subject by itself: --json"))


def _heading(pack: Pack, rules: RuleSet, table: Table) -> str:
    return gettext("%(set)s: %(count)s subjects.") % {
        "set": words.name_of(pack, rules),
        "count": f"{len(table):,}",
    }


def _counted(counts: dict[int, int]) -> str:
    return "  ".join(
        f"{words.verdict(code)} {counts[code]:,}" for code in ORDER if counts.get(code)
    )
