"""What the project says where no document does, and what packs call their grades and awards."""

import tomllib
from functools import cache
from pathlib import Path


@cache
def rules():
    return tomllib.loads((Path(__file__).parent / "past.toml").read_text(encoding="utf-8"))


def grades_of(pack):
    """The grades of all its sets, by id."""
    return {one.id: one for set_ in pack.sets.values() if set_.scoring for one in set_.scoring.grades}  # fmt: skip


def grade_id(pack, word):
    """The grade of the rules that a word names; empty for none."""
    return named(grades_of(pack).values(), word) if pack else ""


def award_id(pack, word):
    """The award of the rules that a word names; empty for none."""
    return named(pack.awards.values(), word) if pack else ""


def named(found, word):
    return next((one.id for one in found if word in {one.id, one.text["zh"], one.text["en"]}), "")
