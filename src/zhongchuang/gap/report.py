"""The answer of one subject as a PDF. The template is ours; what users wrote reaches it as data alone."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from zhongchuang.gap import matrix, sentences, words
from zhongchuang.gap.choice import Choice
from zhongchuang.gap.matrix import Answer, Section
from zhongchuang.gap.steps import first_steps
from zhongchuang.page.typesetting import chinese_fonts, fonts, typeset
from zhongchuang.policy.facts import Facts
from zhongchuang.policy.pack import digest_of

TEMPLATE = Path(__file__).parent / "report.typ"
COLUMNS = 5
"""Sets beside each other on a sheet of A4."""

SHORT = 12
"""Signs of a digest that stand beside a name; the whole of it is on the last page."""


def pdf(facts: Facts, every: list[Answer], choice: Choice, name: str) -> bytes:
    """The printed answer: the verdict of every set, then the conditions of those that the reader sees."""
    return typeset(TEMPLATE, content(facts, every, choice, name))


def content(facts: Facts, every: list[Answer], choice: Choice, name: str) -> dict[str, Any]:
    """All that the template prints, in words."""
    now, seen = timezone.localtime(), matrix.shown(every, choice)
    return {
        "title": _("Gap analysis: %(name)s") % {"name": name},
        "heading": _("%(name)s: what is short of each place's conditions") % {"name": name},
        "site": str(settings.SITE["name"]),
        "lang": "zh" if words.chinese() else "en",
        "region": "CN" if words.chinese() else "GB",
        "fonts": fonts(),
        "warning": ""
        if chinese_fonts()
        else _("Substitute font: this machine has no Chinese font, so signs may be missing."),
        "lead": _("Day of the check: %(day)s") % {"day": date_format(choice.on)}
        + assumption(every),
        "printed": _("Printed on %(day)s") % {"day": date_format(now, "DATETIME_FORMAT")},
        "notice": _("For information only; the competent department decides."),
        "digest": digest_of([one.pack.digest(one.rules.name) for one in every])[:SHORT],
        "summary": [_head(one, choice) for one in every],
        "parts": [
            _part(facts, seen[at : at + COLUMNS], choice) for at in range(0, len(seen), COLUMNS)
        ],
        "steps": [
            dict(zip(("title", "gain"), sentences.step(step, facts), strict=True))
            for step in first_steps(seen, facts)
        ],
        "digests": [
            {"name": title(one), "digest": one.pack.digest(one.rules.name)} for one in every
        ],
        "words": {
            "rules": _("Rules"),
            "all": _("All rules"),
            "detail": _("Conditions of the rules chosen"),
            "condition": _("Condition"),
            "found": _("Your figure"),
            "conclusion": _("Conclusion"),
            "paid": _("What would be paid"),
            "page": _("Page {page} of {pages}"),
            "digest": _("Rules"),
            "project": _("project's reading"),
            "colon": _(": "),
            "steps": _("Do these first: they satisfy the most conditions"),
            "digests": _("Digest (SHA-256) of the rules applied:"),
        },
    }


def assumption(every: list[Answer]) -> str:
    """A sentence where the place of registration was assumed."""
    if not any(one.assumed for one in every):
        return ""
    return _("; ") + _("no place of registration is stated: each set's own place is assumed")


def title(one: Answer) -> str:
    """Pack and set in a few words."""
    return f"{words.say(one.pack.short)} {words.say(one.rules.title)}"


def _part(facts: Facts, seen: list[Answer], choice: Choice) -> dict[str, Any]:
    sections = matrix.sections(seen, facts, missing=choice.missing)
    return {
        "heads": [_head(one, choice) for one in seen],
        "sections": [_section(one) for one in sections],
    }


def _head(one: Answer, choice: Choice) -> dict[str, Any]:
    says, rest = sentences.conclusion(one)
    return {
        "short": words.say(one.pack.short),
        "set": words.say(one.rules.title),
        "standing": sentences.standing(one.pack, choice.on)[1],
        "digest": one.pack.digest(one.rules.name)[:SHORT],
        "verdict": {"name": one.name, "says": says, "short": one.name == "not_met"},
        "rest": words.joined(rest),
        "awards": [
            {
                "text": row["text"],
                "amount": row["amount"],
                "cite": row["cite"],
                "notes": words.joined(row["notes"]),
            }
            for row in sentences.awards(one)
        ],
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "title": section.title,
        "rows": [
            {
                "text": row.text,
                "found": (words.value(row.column, row.found) or _("unknown"))
                if row.column
                else None,
                "cells": [[_cell(cell) for cell in cells] for cells in row.cells],
            }
            for row in section.rows
        ],
    }


def _cell(one) -> dict[str, Any]:
    said = sentences.cell(one)
    return {
        "name": "not_applicable" if said.settled else said.name,
        "says": said.says,
        "lines": said.lines,
        "cite": said.cite,
        "project": said.project,
        "short": said.short,
    }
