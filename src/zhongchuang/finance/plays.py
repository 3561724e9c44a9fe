"""Money of the demonstration: a fund, what it invested, the accounts of the years."""

import tomllib
from datetime import date, timedelta
from pathlib import Path

from zhongchuang.finance.models import Fund, Investment, Partner, YearAccounts
from zhongchuang.ledgers.actions import write_down
from zhongchuang.residents.models import Stay

HERE = Path(__file__).parent
INVESTED = 3
TEN_THOUSAND = 10_000


def plays(space, by, dice, today):
    """The fund first, then three residents, then each full year."""
    said = tomllib.loads((HERE / "plays.toml").read_text(encoding="utf-8"))

    def write(model, **given):
        write_down(model, space, by=by, **given)

    write(Fund, day=space.opened, kind="own", at_disposal="yes", **said["fund"])
    write(Partner, day=space.opened, name=said["partner"])
    stays = Stay.objects.standing().filter(space=space, resident__kind="firm").order_by("pk")
    for stay in stays.select_related("resident")[:INVESTED]:
        write(
            Investment, day=min(stay.day + timedelta(days=90), today), resident=stay.resident, source="own",
            form="equity", amount=dice.whole(20, 100) * TEN_THOUSAND, investor=said["investor"], arrived="yes",
        )  # fmt: skip
    for year in range(max(space.opened.year, today.year - 3), today.year):
        parts = ("rent", "services", "investment", "public", "other")
        income = {f"income_{name}": dice.whole(5, 120) * TEN_THOUSAND for name in parts}
        write(
            YearAccounts, day=date(year, 12, 31), year=year, operating_cost=dice.whole(80, 300) * TEN_THOUSAND, **income
        )  # fmt: skip
    return []
