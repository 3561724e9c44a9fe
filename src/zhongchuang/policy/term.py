"""Times of the law: terms in force, whole months, years, quarters, ten-day periods, working days."""

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from .errors import Refused, _


@dataclass(frozen=True, slots=True)
class Term:
    """From the first day in force to the last, both included; `until` None is open."""

    start: date
    until: date | None = None

    def __post_init__(self) -> None:
        if self.until is not None and self.until < self.start:
            raise Refused(
                _("The term ends on %(until)s, before it begins on %(start)s."),
                until=self.until,
                start=self.start,
            )

    def holds(self, day: date) -> bool:
        """Whether `day` lies in the term."""
        return self.start <= day and (self.until is None or day <= self.until)

    def state(self, day: date) -> str:
        """`in_force`, `lapsed` or `not_yet` on `day`."""
        if day < self.start:
            return "not_yet"
        return "in_force" if self.until is None or day <= self.until else "lapsed"

    def nearest(self, day: date) -> date:
        """The day of the term that lies nearest to `day`."""
        if day < self.start:
            return self.start
        return day if self.until is None else min(day, self.until)

    def overlaps(self, other: "Term") -> bool:
        """Whether any day lies in both."""
        return (self.until is None or other.start <= self.until) and (
            other.until is None or self.start <= other.until
        )

    def __str__(self) -> str:
        return f"{self.start}/{self.until or '…'}"


@dataclass(frozen=True, slots=True, order=True)
class TenDays:
    """A ten-day period: the first, second or last third of a month (一旬)."""

    year: int
    month: int
    part: int

    @classmethod
    def of(cls, day: date) -> "TenDays":
        """The period that `day` lies in; the 31st belongs to the last."""
        return cls(day.year, day.month, min((day.day - 1) // 10, 2) + 1)

    @property
    def term(self) -> Term:
        """Its first and last day."""
        last = calendar.monthrange(self.year, self.month)[1] if self.part == 3 else self.part * 10
        return Term(
            date(self.year, self.month, self.part * 10 - 9), date(self.year, self.month, last)
        )


def whole_months(start: date, day: date) -> int:
    """Whole calendar months from `start` to `day`, to the day: three months are full on the day itself.

    Where a month lacks the day (31 January plus one month), its last day completes the month.
    """
    months = (day.year - start.year) * 12 + day.month - start.month
    if day.day < min(start.day, calendar.monthrange(day.year, day.month)[1]):
        months -= 1
    return months


def day_after_months(start: date, months: int) -> date:
    """The first day on which that many whole months have passed since `start`."""
    place = start.month - 1 + months
    year, month = start.year + place // 12, place % 12 + 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


def whole_years(start: date, day: date) -> int:
    """Whole calendar years from `start` to `day`, to the day."""
    return whole_months(start, day) // 12


AGES = range(1900, 2200)
"""Years of days that anybody asks about; the calendar of the program ends elsewhere, and windows need years around."""


def calendar_year(year: int) -> Term:
    """1 January to 31 December."""
    return Term(date(year, 1, 1), date(year, 12, 31))


def quarter(year: int, number: int) -> Term:
    """The quarter 1–4 of a year."""
    last = number * 3
    return Term(date(year, last - 2, 1), date(year, last, calendar.monthrange(year, last)[1]))


def year_window(window: str, on: date) -> Term:
    """The year that a set looks at on a day: the last full calendar year, or the last twelve months."""
    if window == "calendar_year":
        return calendar_year(on.year - 1)
    before = (
        on.replace(year=on.year - 1, day=28)
        if (on.month, on.day) == (2, 29)
        else on.replace(year=on.year - 1)
    )
    return Term(before + timedelta(days=1), on)


def after_working_days(day: date, count: int, is_working: Callable[[date], bool]) -> date:
    """The `count`-th working day after `day`; the day itself is not counted."""
    while count > 0:
        day += timedelta(days=1)
        if is_working(day):
            count -= 1
    return day
