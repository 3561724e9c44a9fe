"""The pages on which an organisation keeps its tokens for the API."""

import itertools
from datetime import date, timedelta

from django.utils import timezone

from tests.matrix.organisations import SEES, granter, pk
from tests.matrix.rows import ABOVE, ANYONE, COUNTY, OWN, Form, at, row
from zhongchuang.organisations import actions
from zhongchuang.organisations.access import Acting

numbers = itertools.count(1)
KEEPERS = {"bees": "operator_head", "jia": "security_admin"}


def made(world, owner):
    keeper = granter(world, owner)
    token, _secret = actions.make_token(
        owner, by=Acting(keeper.user, keeper, "192.0.2.1"), name=f"door of {owner.name} {next(numbers)}",
        scopes=["read:spaces"], expires=timezone.now() + timedelta(days=9),
    )  # fmt: skip
    return token


def token(world, owner):
    return made(world, owner).pk


def kept_by(short):
    """Its keeper; the others there, and those who see the organisation, read why not."""
    own, keeper = at(ANYONE, OWN), at({KEEPERS[short]}, OWN)
    seeing = at(SEES, ABOVE) if short == "jia" else at(SEES, COUNTY, ABOVE)
    return {200: keeper, 403: (own | seeing) - keeper}


def sent(world, owner):
    last = date.today() + timedelta(days=9)  # noqa: DTZ011 -- days apart from the limits
    return {
        "name": f"door {next(numbers)}",
        "scopes": ["read:spaces"],
        "last_day": last.isoformat(),
    }


HEAD = "bees.operator_head"
ROWS = [
    *(
        row("organisations:tokens", {"pk": pk}, of=(short,), answers=kept_by(short))
        for short in KEEPERS
    ),
    row(
        "organisations:new_token", {"pk": pk}, of=("bees",), answers=kept_by("bees"),
        form=Form(by=HEAD, of="bees", sends=sent, entry="token_made", answer=200, texts=("name",)),
    ),
    row("organisations:new_token", {"pk": pk}, of=("jia",), answers=kept_by("jia")),
    *(
        row(
            "organisations:revoke_token", {"pk": pk, "token": token}, of=(short,),
            answers={200: kept_by(short)[200]}, form=form,
        )
        for short, form in (
            ("bees", Form(by=HEAD, of="bees", entry="token_revoked")), ("jia", None),
        )
    ),
]  # fmt: skip
