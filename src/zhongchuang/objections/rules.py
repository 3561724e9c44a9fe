"""Limits of objections, and what a public notice may show: data files, read once."""

import tomllib
from datetime import timedelta
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent


@cache
def terms():
    return tomllib.loads((HERE / "terms.toml").read_text(encoding="utf-8"))


@cache
def public():
    """The figures and the wording that are declared public."""
    read = tomllib.loads((HERE / "public.toml").read_text(encoding="utf-8"))
    return frozenset(read["figures"]), frozenset(read["entries"])


def least_left():
    """The working days for which a notice that was held goes on at least."""
    return terms()["hold"]["least"]


def longest():
    """Characters of the grounds."""
    return terms()["grounds"]["longest"]


def forgotten():
    """After which time what nobody confirmed is deleted."""
    return timedelta(days=terms()["unconfirmed"]["days"])


def files():
    """The limits of files: their kinds, how many of an objection, how large one and all that wait may be."""
    return terms()["files"]
