"""What a record may be about, the terms of requests, and the articles of packs on which a record rests: data files, read once."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

from django.utils.functional import lazy

from zhongchuang.gap import words
from zhongchuang.policy.facts import Text
from zhongchuang.policy.procedure import last_day

HERE = Path(__file__).parent
FALSE_MATERIAL = "false_material"
"""The matter, and the fact, of what a title is revoked for."""

saying = lazy(words.say, str)


@cache
def matters():
    return tomllib.loads((HERE / "matters.toml").read_text(encoding="utf-8"))


@cache
def terms():
    return tomllib.loads((HERE / "terms.toml").read_text(encoding="utf-8"))


def matter_name(matter):
    """In the reader's language; one that the file has no more is told by its id."""
    said = matters().get(matter)
    return words.say(Text(said["zh"], said["en"])) if said else matter


matter_told = lazy(matter_name, str)
"""The same in the language of whoever it is told to."""


def choices():
    return [(one, saying(Text(said["zh"], said["en"]))) for one, said in matters().items()]


def good_ones():
    return [one for one, said in matters().items() if said["good"]]


def facts():
    """The matter of each fact that a record makes true."""
    return {said["fact"]: one for one, said in matters().items() if "fact" in said}


def shown_until(matter, day):
    """The first day on which a record of a matter that was found on a day is shown no more; None without end."""
    years = matters()[matter].get("years")
    return years and after_years(day, years)


def after_years(day, years):
    """The same day so many years later; of 29 February the 1 March where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def answer_due(day):
    """The last day to answer what was asked on a day."""
    return last_day(day, terms()["answer"]["working_days"])


def article_for(pack, fact):
    """The consequence by which a pack answers a fact, such as false material; None where it says nothing of it."""
    found = (one for one in pack.consequences.values() if one.when is not None)
    return next((one for one in found if fact in names_of(one.when)), None)


def names_of(condition):
    return {column.name for part in condition.walk() for column in part.facts()}


def basis_of(pack, cite):
    """Document and article, as a record names what it rests on; the document in Chinese, as it is called."""
    return f"《{pack.title['zh']}》{cite or ''}"
