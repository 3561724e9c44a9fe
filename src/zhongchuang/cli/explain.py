"""`explain`: one subject against one set, as a tree with articles."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

from zhongchuang.policy.answer import check_answer, tested
from zhongchuang.policy.conditions import Judged
from zhongchuang.policy.loading import find_pack
from zhongchuang.policy.pack import Pack, RuleSet
from zhongchuang.policy.table import Table
from zhongchuang.policy.verdict import Finding
from zhongchuang.tables.judged_ids import Readers

from . import DONE, output, words
from .check import judged, require_term
from .files import judged_set, read_table, subject_row, write_whole
from .language import gettext


def explain(  # noqa: PLR0913 -- the options of the command
    reference: str,
    file: Path,
    subject: str,
    on: date,
    packs: Sequence[Path],
    *,
    save: Path | None,
    by: str,
    as_json: bool,
    strict: bool,
) -> int:
    """Print the verdict with every condition; keep it as a decision where asked."""
    pack, name = find_pack(reference, *packs)
    rules = judged_set(pack, name)
    require_term(pack, on)
    table = read_table(file, Readers(tuple(packs), pack, rules), strict=strict)
    row = subject_row(table, subject)
    finding = judged(pack, rules, table, row)
    if save is not None:
        write_whole(save, decision(pack, rules, table, row, on, by).encode())
        output.complain(gettext("The decision is in %(file)s.") % {"file": save})
    if as_json:
        output.print_json(check_answer(table.subjects[row], finding))
    else:
        output.print_tree(_root(pack, rules, table.subjects[row], finding))
    return DONE


def decision(pack: Pack, rules: RuleSet, table: Table, row: int, on: date, by: str) -> str:
    """The verdict with all its grounds as canonical JSON."""
    from zhongchuang.policy.decision import Judgement, decide  # noqa: PLC0415 -- slow import

    judgements = {
        id_: Judgement(met, by, on) for id_, met in table.judged(row, pack.id, rules.name).items()
    }
    now = datetime.now().astimezone()
    return (
        decide(pack, rules.name, table.facts(row), judgements, on=on, by=by, at=now).to_json()
        + "\n"
    )


def _root(pack: Pack, rules: RuleSet, subject: str, finding: Finding) -> output.Branch:
    text = gettext("%(verdict)s  %(subject)s, by %(set)s") % {
        "verdict": words.verdict(finding.verdict),
        "subject": subject,
        "set": words.name_of(pack, rules),
    }
    return output.Branch(text, [_branch(child, ()) for child in finding.children])


def _branch(finding: Finding, path: tuple[Finding, ...]) -> output.Branch:
    condition = finding.condition
    cite = words.article(finding, path) if not finding.children or condition.cite else ""
    head = " ".join(
        part
        for part in (words.verdict(finding.verdict), words.say_text(condition.text), cite)
        if part
    )
    details = list(_details(finding))
    text = f"{head}: {gettext('; ').join(details)}" if details else head
    remarks = [output.Branch(remark) for remark in _remarks(finding)]
    return output.Branch(
        text, remarks + [_branch(child, (*path, finding)) for child in finding.children]
    )


def _details(finding: Finding) -> Iterator[str]:
    """Needed, found, short by and missing of a leaf."""
    condition = finding.condition
    needed = words.needed(condition, finding.needed)
    if needed:
        yield gettext("needs %(needed)s") % {"needed": needed}
    columns = tested(condition).facts()
    if finding.found is not None and columns:
        yield gettext("found %(found)s") % {"found": words.value(columns[0], finding.found)}
    if finding.short_by is not None:
        yield words.gap(finding)
    if finding.missing:
        yield gettext("unknown: %(facts)s") % {
            "facts": words.listed(map(words.label, finding.missing))
        }


def _remarks(finding: Finding) -> Iterator[str]:
    """What a person looks at, and how the project reads what the document leaves open."""
    test = tested(finding.condition)
    if isinstance(test, Judged):
        yield gettext("to look at: %(what)s") % {"what": words.say_text(test.look_at)}
    note = words.say_text(finding.condition.note)
    if finding.condition.basis:
        yield gettext("the project's reading: %(note)s") % {
            "note": note or gettext("the document does not say")
        }
    elif note:
        yield note
