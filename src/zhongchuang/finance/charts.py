"""Income by source over the years."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhongchuang.finance.models import YearAccounts
from zhongchuang.finance.models.lines import PARTS
from zhongchuang.ledgers.drawing import Cell, Chart, Column, stacks
from zhongchuang.spaces.words import amount

YEARS = 10
ABOUT = gettext_lazy("Income of each year by its source, in yuan, from the yearly accounts.")


def sources():
    """The sources in their order, with the look of each."""
    return [
        (name, YearAccounts._meta.get_field(name).verbose_name, f"f{number}")
        for number, name in enumerate(PARTS, 1)
    ]


def accounts_of(acting, space, on):
    """The standing accounts of the last years up to a day, the oldest first."""
    kept = YearAccounts.objects.visible_to(acting).standing().filter(space=space, year__lte=on.year)
    return sorted(kept.order_by("-year")[:YEARS], key=lambda one: one.year)


def picture(accounts):
    """A stacked bar for each year; unknown sources have no piece, and such a year is called incomplete."""
    columns = [
        Column(
            str(one.year),
            [(look, getattr(one, name), f"{label} {amount(getattr(one, name) or 0)}") for name, label, look in sources()],
            _("incomplete") if one.income is None else in_short(one.income),
        )
        for one in accounts
    ]  # fmt: skip
    return stacks(columns) if accounts else None


def in_short(yuan):
    """An amount above a bar; large ones in the thousands that a reader counts in."""
    large = 100_000
    return amount(yuan) if yuan < large else _("%(number)s × 10,000") % {"number": f"{yuan / 10_000:,.0f}"}  # fmt: skip


def charts(acting, space, on):
    """Income by source, a bar a year."""
    accounts = accounts_of(acting, space, on)
    return [
        Chart(
            "income", _("Income by source"), ABOUT,
            [_("Year of the accounts"), *(label for _name, label, _look in sources()), _("income in all")],
            [table_row(one) for one in reversed(accounts)], picture(accounts),
            _("Enter the accounts of a year; income, its shares and this picture follow."),
            reverse("ledgers:new", args=[space.code, "accounts"]),
            [(look, label) for _name, label, look in sources()],
        )
    ]  # fmt: skip


def table_row(accounts):
    url = accounts.get_absolute_url()
    amounts = [getattr(accounts, name) for name in (*PARTS, "income")]
    told = [Cell("" if one is None else amount(one), url) for one in amounts]
    return [Cell(str(accounts.year), url), *told]
