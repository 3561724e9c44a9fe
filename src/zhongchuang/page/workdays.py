"""Which days offices work, by the notices of the State Council; a year whose notice is not here is unknown."""

import tomllib
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

OURS = Path(__file__).with_name("workdays.toml")
SATURDAY = 5


@cache
def years():
    """The known years, those that an installation added among them."""
    files = [OURS, settings.DATA / OURS.name]
    read = [tomllib.loads(file.read_text(encoding="utf-8")) for file in files if file.exists()]
    return {year: table for tables in read for year, table in tables.items()}


def is_working(day):
    """Whether offices work that day; None where the year is unknown."""
    year = years().get(str(day.year))
    if year is None:
        return None
    return day in year["on"] or (day.weekday() < SATURDAY and day not in year["off"])


def working_days_left(due, *, today):
    """Working days after `today` up to the last day; None where a year on the way is unknown."""
    on_the_way = [is_working(today + timedelta(days=n + 1)) for n in range((due - today).days)]
    return None if None in on_the_way else sum(on_the_way)


@dataclass(frozen=True)
class Left:
    """How long there is until a last day: the words, and the look (nothing, `warn`, `late`)."""

    text: str
    look: str = ""


def left(due, *, today):
    """What stands under a last day: working days where they are known, else days."""
    days = (due - today).days
    if days < 0:
        late = ngettext("%(count)d day overdue", "%(count)d days overdue", -days)
        return Left(late % {"count": -days}, "late")
    if days == 0:
        return Left(_("due today"), "warn")
    count = working_days_left(due, today=today)
    if count is None:
        text = ngettext("%(count)d day left", "%(count)d days left", days) % {"count": days}
        return Left(text, "warn" if days == 1 else "")
    text = ngettext("%(count)d working day left", "%(count)d working days left", count)
    return Left(text % {"count": count}, "warn" if count <= 1 else "")
