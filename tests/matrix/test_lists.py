"""Public lists are not scraped: one network address reads them only so often (S-22)."""

import pytest

from tests.matrix.asking import address, ask
from tests.matrix.routes import ROUTES, ROWS

pytestmark = pytest.mark.django_db
LIMITED = [row for row in ROWS if row.limited]


@pytest.mark.parametrize("row", LIMITED, ids=lambda row: row.name)
def test_a_public_list_is_read_only_so_often(world, settings, row):
    settings.LISTS_A_MINUTE = 0
    owner = world.owner(row.of[0])
    url = address(row, ROUTES[row.name], row.made(world, owner))
    assert ask(world.visitor.client, url).status == 429, (
        f"{row.name} is a public list: put @limited of page.visitor on its view, below require_safe."
    )


def test_there_are_public_lists():
    assert LIMITED != []
