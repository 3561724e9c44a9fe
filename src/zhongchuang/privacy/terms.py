"""The terms of terms.toml: until when a request is answered, how long what is kept."""

import tomllib
from datetime import timedelta
from functools import cache
from pathlib import Path

from zhongchuang.policy.term import after_working_days
from zhongchuang.policy.workdays import is_working


@cache
def terms():
    return tomllib.loads((Path(__file__).parent / "terms.toml").read_text(encoding="utf-8"))


def answer_due(day):
    """The last day to answer what was asked on a day."""
    return after_working_days(day, terms()["answer"]["working_days"], is_working)


def kept(what):
    """How long something is kept; a year is counted as 366 days, so that nothing goes too early."""
    term = terms()["kept"][what]
    return timedelta(days=term.get("days", 0) + 366 * term.get("years", 0))


def told():
    """The terms as the privacy statement tells them."""
    return {
        "answer_days": terms()["answer"]["working_days"],
        "invitation_days": terms()["kept"]["invitations"]["days"],
        "objection_years": terms()["kept"]["objections"]["years"],
        "request_years": terms()["kept"]["requests"]["years"],
    }
