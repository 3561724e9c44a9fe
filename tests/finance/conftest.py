"""Residents that sit in a space, and lines of its ledgers of money."""

from datetime import date

import pytest

from zhongchuang.ledgers import actions
from zhongchuang.residents.models import Resident, Stay


@pytest.fixture
def stay():
    """`stay(space, "甲科技")` moves a firm into the space."""

    def one(space, name="甲科技", day=date(2024, 1, 15), **more):
        resident = Resident.objects.create(kind="firm", name=name)
        return Stay.objects.create(space=space, resident=resident, day=day, **more)

    return one


@pytest.fixture
def line(cast):
    """`line(Fund, space, name="种子基金", kind="own")` writes a line down, as a clerk of the operator does."""

    def one(model, space, *, day=date(2024, 3, 1), who="bees.operator_clerk", **given):
        return actions.write_down(model, space, by=cast[who], day=day, **given)

    return one
