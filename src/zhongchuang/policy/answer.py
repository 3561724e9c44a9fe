"""Findings as plain values: the form of `--json`, of exports and of decisions. Absent keys are left out."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from .awards import Award
from .conditions import Bound, Condition, Judgements, RatioBound, When, missing_in
from .facts import Column, Facts, Value
from .pack import Pack, RuleSet
from .seats import AWARDED_BEFORE
from .verdict import MET, NAMES, NOT_MET, Finding

IN_FORCE = "in_force"


def write_value(column: Column, value: Value) -> str:
    """A value as files write it: quantities with unit, yes or no, codes, lists parted by semicolons."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    if isinstance(value, frozenset):
        return ";".join(sorted(map(str, value))) or "none"
    return str(column.quantity(value))


def tested(condition: Condition) -> Condition:
    """The test of one fact inside a leaf: of a `when` its consequent."""
    while isinstance(condition, When):
        condition = condition.then
    return condition


def write_needed(condition: Condition, needed: Value | None) -> str | None:
    """What a condition asks for: a quantity, or the codes allowed."""
    if needed is None:
        return None
    column = tested(condition).facts()[0]
    if isinstance(needed, frozenset):
        return ";".join(sorted(write_value(column, one) for one in needed))
    return write_value(column, needed)


def leaf_answer(leaf: Finding, groups: tuple[Finding, ...]) -> dict[str, Any]:
    """One leaf with the groups around it, outermost first."""
    condition = leaf.condition
    facts = tested(condition).facts()
    column = facts[0] if facts else None
    cite = condition.cite or next(
        (one.condition.cite for one in reversed(groups) if one.condition.cite), None
    )
    row: dict[str, Any] = {"id": condition.id}
    if column is not None:
        row["fact"] = column.name
    row["verdict"] = NAMES[leaf.verdict]
    if cite is not None:
        row["cite"] = str(cite)
    test = tested(condition)
    if isinstance(test, Bound | RatioBound):
        row["test"] = test.kind
    if (needed := write_needed(condition, leaf.needed)) is not None:
        row["needed"] = needed
    if leaf.found is not None and column is not None:
        row["found"] = write_value(column, leaf.found)
    if leaf.short_by is not None and column is not None:
        row["short_by"] = write_value(column, leaf.short_by)
    if leaf.missing:
        row["missing"] = list(leaf.missing)
    if groups:
        row["groups"] = [
            {"id": one.condition.id, "kind": one.condition.kind, "verdict": NAMES[one.verdict]}
            for one in groups
        ]
    return row


def conditions_answer(finding: Finding) -> list[dict[str, Any]]:
    """All leaves of a verdict, flat."""
    return [leaf_answer(leaf, groups) for leaf, groups in finding.leaves()]


def check_answer(subject: str, finding: Finding) -> dict[str, Any]:
    """One subject against one set."""
    return {
        "subject": subject,
        "verdict": NAMES[finding.verdict],
        "conditions": conditions_answer(finding),
    }


def award_answer(award: Award) -> dict[str, Any]:
    """An award: what amount, by which article, and how sure the amount is."""
    row: dict[str, Any] = {"id": award.id}
    if award.amount is not None:
        row["amount"] = str(award.amount)
    if award.up_to is not None:
        row["up_to"] = str(award.up_to)
    if award.kind != "fixed":
        row["amount_kind"] = award.kind
    if award.approximate:
        row["approximate"] = True
    if award.cite is not None:
        row["cite"] = str(award.cite)
    return row


def awards_of(
    pack: Pack, facts: Facts, judgements: Judgements | None = None
) -> list[dict[str, Any]]:
    """What the pack holds for a subject: awards given by its facts, by a grade, by a person's decision.

    A proposal pays nothing. Left out is what the facts exclude, and what is paid once and was paid. An award
    that hangs on facts not known names them in `missing`.
    """
    if not pack.pays:
        return []
    found = (
        (award, _given_by(pack, award, facts, judgements or {})) for award in pack.awards.values()
    )
    return [award_answer(award) | way for award, way in found if way is not None]


def paid(
    pack: Pack, finding: Finding, facts: Facts, judgements: Judgements
) -> list[dict[str, Any]]:
    """What a subject would be paid by a pack after its verdict on a set: nothing where that is not met."""
    return [] if finding.verdict == NOT_MET else awards_of(pack, facts, judgements)


def _given_by(
    pack: Pack, award: Award, facts: Facts, judgements: Judgements
) -> dict[str, Any] | None:
    """How a subject comes by an award; None where it does not."""
    grade = grade_of(pack, award.id)
    if grade and award.once == "ever" and facts.values.get(AWARDED_BEFORE):
        return None
    finding = award.judge(facts.values, judgements)
    if finding is None:
        return {"for": "grade", "grade": grade} if grade else {"for": "decision"}
    if finding.verdict == NOT_MET:
        return None
    missing = list(dict.fromkeys(missing_in(finding))) if finding.verdict != MET else []
    return {"for": "facts"} | ({"missing": missing} if missing else {})


def grade_of(pack: Pack, award: str) -> str:
    """The grade that gives an award; empty where none does."""
    return next(
        (
            grade.id
            for one in pack.sets.values()
            if one.scoring
            for grade in one.scoring.grades
            if grade.award == award
        ),
        "",
    )


def compare_answer(
    packs: Mapping[str, Pack],
    facts: Facts,
    judgements: Mapping[tuple[str, str], Judgements],
    on: date,
) -> dict[str, Any]:
    """One subject against the entry sets, and every other set with conditions, of all packs."""
    return {
        "subject": facts.subject,
        "packs": [
            pack_answer(pack, rules, facts, judgements.get((pack.id, rules.name), {}), on)
            for pack, rules in compared(packs)
        ],
    }


def compared(packs: Mapping[str, Pack]) -> list[tuple[Pack, RuleSet]]:
    """All sets that have conditions, in the order of the packs."""
    return [
        (pack, rules)
        for pack in packs.values()
        for rules in pack.sets.values()
        if rules.root is not None
    ]


def pack_answer(
    pack: Pack, rules: RuleSet, facts: Facts, judgements: Judgements, on: date
) -> dict[str, Any]:
    """One subject against one set, with its term and what it would be paid."""
    finding = rules.judge(facts, judgements)
    row: dict[str, Any] = {
        "pack": pack.id,
        "set": rules.name,
        "in_force": pack.state(on) == IN_FORCE,
        "term": str(pack.term),
        "verdict": NAMES[finding.verdict],
        "conditions": conditions_answer(finding),
        "awards": paid(pack, finding, facts, judgements),
    }
    if pack.state(on) != IN_FORCE:
        row["state"] = pack.state(on)
        row["judged_on"] = str(pack.term.nearest(on))
    if pack.status != "law":
        row["status"] = pack.status
    if follows := [one.id for one in pack.consequences.values() if one.follows(facts.values)]:
        row["consequences"] = follows
    return row
