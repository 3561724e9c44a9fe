"""Which days are worked in China: from Monday to Friday, but for the arrangements of the State Council."""

import tomllib
from datetime import date, timedelta
from functools import cache
from pathlib import Path


@cache
def arrangements() -> dict[int, tuple[frozenset[date], frozenset[date]]]:
    """By year, the days off and the days worked instead."""
    path = Path(__file__).parent / "holidays.toml"
    years = tomllib.loads(path.read_text(encoding="utf-8"))
    return {int(year): (days(given["off"]), days(given["worked"])) for year, given in years.items()}


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
