"""Days in the work on cases that no document gives: a data file, read once."""

import tomllib
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent


@cache
def terms():
    """All that the data file says."""
    return tomllib.loads((HERE / "terms.toml").read_text(encoding="utf-8"))


def taken_again():
    """So many days after it was handed in a file may be taken again when one applies anew."""
    return terms()["taken_again"]["days"]


@cache
def reminders():
    """Working days before and after the last day of a step on which those whose turn it is are reminded."""
    read = terms()["reminders"]
    return tuple(sorted(read["before"])), tuple(sorted(read["after"], reverse=True))


def soon():
    """From so many working days before its last day on a step is due soon: from its first reminder on."""
    return max(terms()["reminders"]["before"])


def longer_terms():
    """How often the term of a step may be made longer, and by how many working days at most each time."""
    read = terms()["longer"]
    return read["times"], read["days"]


@dataclass(frozen=True)
class Consistency:
    """From when on figures are said to disagree: `within` and `change` as shares, `least` in the unit of the figure, `years` before."""

    within: Fraction
    change: Fraction
    least: int
    years: int


@cache
def consistency():
    """When the parts of an application disagree with one another."""
    read = terms()["consistency"]
    return Consistency(share(read["within"]), share(read["change"]), read["least"], read["years"])


def share(text):
    """A share such as “30 %” as a fraction of one."""
    return Fraction(text.removesuffix("%").strip()) / 100


def reason_lengths():
    """How many characters the reason for granting against an open condition has at least, and at most."""
    read = terms()["despite"]
    return read["least"], read["most"]
