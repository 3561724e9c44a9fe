"""Spaces of the cast: in preparation, in the register, and what is recorded of them."""

from datetime import date

import pytest

from zhongchuang.spaces import actions
from zhongchuang.spaces.actions.versions import Operation
from zhongchuang.spaces.models import Space

OPENED = date(2020, 3, 1)


@pytest.fixture
def add(cast):
    """`add(space, "premises", name="A", floor_area=600)` records a thing of the space, as its operator does."""

    def one(space, table, *, since=OPENED, who="bees.operator_head", **values):
        return actions.write(space, Operation(table, "add", since, values), by=cast[who])

    return one


@pytest.fixture
def prepared(cast, add):
    """`prepared()` is a space in preparation with one site; its operator is Bees Ltd of Ping county."""

    def one(name="慧谷众创空间", who="bees.operator_head", region="330482", **more):
        space = actions.register(
            by=cast[who], kind="space", opened=OPENED, name=name, region=cast.regions[region],
            address="平湖大道 1 号", **more,
        )  # fmt: skip
        add(space, "premises", who=who, name="A 座", floor_area=600, desks=80, tenure="rented")
        return space

    return one


@pytest.fixture
def registered(cast, prepared):
    """`registered()` is such a space after the county confirmed it."""

    def one(
        name="慧谷众创空间", who="bees.operator_head", region="330482", by="ping.reviewer", **more
    ):
        space = prepared(name, who=who, region=region, **more)
        actions.submit(space, by=cast[who])
        actions.confirm(Space.objects.get(pk=space.pk), by=cast[by])
        return Space.objects.get(pk=space.pk)

    return one


@pytest.fixture
def signed_in(cast, client):
    """`signed_in("ping.reviewer")` is a browser without scripts in which this person is signed in."""

    def one(who):
        client.force_login(cast.people[who])
        return client

    return one
