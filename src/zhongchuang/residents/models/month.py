"""What a resident achieved in a month, where a province asks monthly; the year is summed up beside its own report."""

import calendar
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhongchuang.ledgers.models import Line
from zhongchuang.residents.models.report import COUNT, MONEY
from zhongchuang.residents.models.resident import Resident

YEAR = 12


def last_day(year, month):
    """The last day of a month, by which its line is known."""
    return date(year, month, calendar.monthrange(year, month)[1])


class MonthReport(Line):
    """The figures of one resident for the month that ended on its `day`; what is blank is unknown, 0 is none."""

    ledger = "months"

    STOCKS = ("staff", "ip_valid")
    """What stands at the end of a month: that of December is that of the year."""
    FLOWS = (
        "graduates", "income", "net_profit", "exports", "rd_spending", "taxes", "invested", "ip_applied", "ip_granted",
    )  # fmt: skip
    """What comes together month by month: the year is their sum."""

    resident = models.ForeignKey(Resident, models.PROTECT, related_name="months")
    staff = models.PositiveIntegerField(_("staff at the end of the month"), **COUNT)
    graduates = models.PositiveIntegerField(_("fresh graduates taken on"), **COUNT)
    income = models.DecimalField(_("income"), **MONEY)
    net_profit = models.DecimalField(_("net profit"), **MONEY)
    exports = models.DecimalField(_("exports"), **MONEY)
    rd_spending = models.DecimalField(_("R&D spending"), **MONEY)
    taxes = models.DecimalField(_("taxes paid"), **MONEY)
    invested = models.DecimalField(_("investment received"), **MONEY)
    ip_applied = models.PositiveIntegerField(_("intellectual property applied for"), **COUNT)
    ip_granted = models.PositiveIntegerField(_("intellectual property granted"), **COUNT)
    ip_valid = models.PositiveIntegerField(_("intellectual property valid"), **COUNT)
    responsible = models.CharField(_("who answers for the figures"), max_length=100, blank=True)

    class Meta(Line.Meta):
        verbose_name = _("monthly figures")
        constraints = [
            *Line.Meta.constraints,
            models.UniqueConstraint(
                fields=["space", "resident", "day"],
                condition=Q(struck=None),
                name="a_resident_reports_a_month_once",
            ),
        ]

    def __str__(self):
        return f"{self.resident} {self.day:%Y-%m}"


# --- the year that months add up to ---------------------------------------------------------------


def agreed(lines, name):
    """What several lines say of one and the same figure; unknown where one does not know it or they differ."""
    values = {getattr(line, name) for line in lines}
    return values.pop() if len(values) == 1 else None


def at_one_space(lines, resident):
    """Lines of a resident and those merged into it, one a space and day: that of the record that counts."""
    found = {}
    for line in sorted(lines, key=lambda one: one.resident_id == resident.pk):
        found[line.space_id, line.day] = line
    return list(found.values())


def by_day(lines):
    found = defaultdict(list)
    for line in lines:
        found[line.day].append(line)
    return found


@dataclass(frozen=True)
class YearOfMonths:
    """A year of a resident by its months: `lines` the newest first, `count` months of which figures stand."""

    year: int
    lines: list

    @property
    def count(self):
        return len(by_day(self.lines))

    @property
    def whole(self):
        """Whether figures of each of its months stand."""
        return self.count == YEAR

    def of(self, name):
        """A figure of the year: the sum of what flows, of what stands that of December; a missing month leaves it unknown."""
        months = by_day(self.lines)
        if name in MonthReport.STOCKS:
            return agreed(months.get(last_day(self.year, YEAR), ()), name)
        values = [agreed(lines, name) for lines in months.values()]
        return sum(values) if self.whole and None not in values else None

    @property
    def figures(self):
        """Each figure that is known."""
        values = {name: self.of(name) for name in (*MonthReport.STOCKS, *MonthReport.FLOWS)}
        return {name: value for name, value in values.items() if value is not None}


def years_of(lines, resident):
    """The years that these monthly figures of a resident lie in, the newest first."""
    found = defaultdict(list)
    for line in sorted(at_one_space(lines, resident), key=lambda one: one.day, reverse=True):
        found[line.day.year].append(line)
    return [YearOfMonths(year, rows) for year, rows in found.items()]
