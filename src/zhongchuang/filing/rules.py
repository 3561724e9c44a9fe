"""Terms of titles that no document gives: a data file, read once."""

import tomllib
from datetime import timedelta
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent


@cache
def terms():
    return tomllib.loads((HERE / "terms.toml").read_text(encoding="utf-8"))


def renewal():
    """How long before its end a title may be applied for anew."""
    return timedelta(days=terms()["renewal"]["days"])


def reminders():
    """So many days before its end its operator is reminded, the most first."""
    return tuple(terms()["reminders"]["days"])
