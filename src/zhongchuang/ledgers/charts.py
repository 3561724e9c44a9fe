"""The eight functions as bars."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhongchuang.ledgers.drawing import Cell, Chart, across
from zhongchuang.ledgers.profile import profile

YEARS = 4
ABOUT = gettext_lazy("Standing lines of the ledgers in each of the eight functions of the Ministry's work guide, by their day; 0 says that nothing was written down.")  # fmt: skip


def years_of(space, on):
    """The years that a profile shows: the last four since the space opened."""
    first = max(on.year - YEARS + 1, min(space.opened.year, on.year))
    return list(range(first, on.year + 1))


def charts(acting, space, on):  # noqa: ARG001 -- every app is asked in the same way
    """The profile of the year of the day."""
    years = years_of(space, on)
    rows = profile(space, years)
    written = any(sum(row.counts) for row in rows)
    drawn = across([(str(row.function), row.counts[-1]) for row in rows]) if written else None
    return [
        Chart(
            "functions", _("Records by the eight functions, %(year)s") % {"year": years[-1]}, ABOUT,
            [_("Function"), *map(str, years)], [table_row(space, row) for row in rows] if written else [], drawn,
            _("Write down events, sessions and services in the ledgers; each belongs to one of the functions."),
            reverse("ledgers:ledgers", args=[space.code]),
        )
    ]  # fmt: skip


def table_row(space, row):
    url = reverse("ledgers:function", args=[space.code, row.function.name])
    return [Cell(str(row.function)), *(Cell(str(n), f"{url}?year={y}") for y, n in row.by_year)]
