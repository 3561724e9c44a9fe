"""Monthly figures in a workbook: a row has its year and its month."""

from functools import cached_property
from types import MappingProxyType

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from zhongchuang.imports.declaration import Column
from zhongchuang.ledgers.importable.rows import Sheet
from zhongchuang.residents.importable.references import OfResident
from zhongchuang.residents.models.month import YEAR, last_day
from zhongchuang.spaces.importable.columns import fault


class MonthSheet(Sheet):
    """The figures of residents, a month each."""

    references = MappingProxyType({"resident": OfResident()})

    def __init__(self, ledger):
        super().__init__(ledger, known_by=("resident", "day"), year="year")

    @cached_property
    def columns(self):
        found = list(super().columns)
        month = Column(
            "month", _("Month (1 to 12)"), "number", required=True, aliases=self.aliases("month"),
        )  # fmt: skip
        found.insert([one.name for one in found].index("year") + 1, month)
        return tuple(found)

    def row_of(self, line):
        return super().row_of(line) | {"month": line.day.month}

    def values(self, place, row, known):
        """The day of a line is the last one of its month, which has ended."""
        values, faults = super().values(place, row, known)
        if values["day"] is None:
            return values, faults
        values["day"] = day_of(row["year"], row["month"])
        return values, faults if values["day"] else [*faults, no_month(place, row["month"])]


def day_of(year, month):
    """The last day of a month that has ended; None for any other."""
    day = last_day(year, month) if 1 <= month <= YEAR else None
    return day if day and day <= timezone.localdate() else None


def no_month(place, found):
    return fault(
        place, "month", "month",
        gettext_noop("“%(found)s” is no month of that year that has ended. Write the month as 1 to 12."), found=str(found),
    )  # fmt: skip
