"""Which days are worked in China: from Monday to Friday, but for the arrangements of the State Council."""

import tomllib
from datetime import date, timedelta
from functools import cache
from pathlib import Path

FILES = [Path(__file__).with_name("holidays.toml")]
"""Where the arrangements stand; of a year in several files the last one counts."""


def add(file: Path) -> None:
    """Read the years of an installation's own file as well, from now on; where it does not exist, nothing is read."""
    if file not in FILES:
        FILES.append(file)
    arrangements.cache_clear()


@cache
def arrangements() -> dict[int, tuple[frozenset[date], frozenset[date]]]:
    """By year, the days off and the days worked instead."""
    found = {}
    for file in FILES:
        years = tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
        for year, given in years.items():
            found[int(year)] = (days(given["off"]), days(given["worked"]))
    return found


def days(texts: list[str]) -> frozenset[date]:
    """The days of texts such as `2026-01-01/2026-01-03`."""
    found: set[date] = set()
    for text in texts:
        first, _slash, last = text.partition("/")
        day, end = date.fromisoformat(first), date.fromisoformat(last or first)
        while day <= end:
            found.add(day)
            day += timedelta(days=1)
    return frozenset(found)


def is_known(day: date) -> bool:
    """Whether the arrangement of that year is known; otherwise a deadline is early rather than late."""
    return day.year in arrangements()


def is_working(day: date) -> bool:
    """Whether offices are open that day."""
    off, worked = arrangements().get(day.year, (frozenset(), frozenset()))
    return day in worked or (day.weekday() < 5 and day not in off)
