"""Evaluations and grants of the demonstration from before the platform, as provinces bring them in from files."""

import tomllib
from datetime import date, timedelta
from functools import cache
from itertools import count
from pathlib import Path

from zhongchuang.filing.scenes import brought, spaces_under
from zhongchuang.imports.declaration import kind_of
from zhongchuang.past.models import MODELS
from zhongchuang.procedures.models import Case

HERE = Path(__file__).parent


@cache
def said():
    return tomllib.loads((HERE / "scenes.toml").read_text(encoding="utf-8"))


def scenes(world):
    """Each list as one file; those spaces first of which a case is in hand, so that it stands beside one."""
    for kind in MODELS:
        for one in said()[kind]:
            rows = [*rows_of(world, **one)]
            if rows:
                brought(world.acting("clerk", f"{one['under']}0000"), rows, of=f"past_{kind}", name=one["file"])  # fmt: skip
    return []


def rows_of(world, *, under, years, spaces, **told):
    """The rows of a list: each space with each year in which it ran."""
    number = count()
    for back in range(1, years + 1):
        year = world.today.year - back
        day = date(year + 1, said()["day"]["month"], said()["day"]["day"])
        for space in chosen(world, under, spaces):
            if space.opened.year <= year and day <= world.today:
                yield row_of(space, year, day, next(number), **told)


def chosen(world, under, most):
    """The spaces there, those with cases first."""
    held = set(Case.objects.values_list("space", flat=True))
    found = sorted(spaces_under(world, under), key=lambda one: one.pk not in held)
    return found[:most]


def row_of(space, year, day, place, *, programme, basis, pack="", **told):
    """One row by the names of its columns; what goes round is taken by its place."""
    row = {
        "space": space.code, "credit_code": space.operator.credit_code, "year": year, "pack": pack, "programme": programme,
        "basis": basis % {"year": day.year, "place": place % 7 + 11, "of": year}, "day": day.isoformat(),
    }  # fmt: skip
    if "grades" in told:
        return row | {"grade": told["grades"][place % len(told["grades"])], "score": told["scores"][place % len(told["scores"])], "evaluator": told["evaluator"]}  # fmt: skip
    return row | paid(place, day, **told)


def paid(place, day, *, kinds, amounts, payer, paid, names=("",), **_more):
    """To whom how much was paid and when; of a person and a firm with the name."""
    kind, name, amount, after = (one[place % len(one)] for one in (kinds, names, amounts, paid))
    label = dict(kind_of("past_grants").column("recipient_kind").choices)[kind]
    return {
        "recipient_kind": str(label), "recipient": f"{name}{place}" if kind == "person" else name, "amount": amount,
        "payer": payer, "paid": (day + timedelta(days=after)).isoformat() if after else "",
    }  # fmt: skip
