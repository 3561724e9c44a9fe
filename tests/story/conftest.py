"""How a story is told: people open pages in a browser and fill forms in."""

import pytest
from django.conf import settings
from django.test import Client

from tests.cli.conftest import run  # noqa: F401 -- a fixture
from tests.places import place_for
from zhongchuang.gap.packs import own_packs


@pytest.fixture
def as_(cast, open_page):
    """`as_("ping.reviewer", "/spaces/")` is a page that this person has opened."""

    def one(who, path, **more):
        client = Client()
        client.force_login(cast.people[who])
        return open_page(path, **{settings.SESSION_COOKIE_NAME: client.session.session_key}, **more)

    return one


@pytest.fixture
def somewhere(open_page):
    """`somewhere(pack, procedure)` is its place and a way to open pages as people of that place."""

    def one(pack, procedure):
        place = place_for(own_packs()[pack], own_packs()[pack].procedures[procedure])

        def as_(who, path, **more):
            client = Client()
            client.force_login(place.cast.people[who])
            cookie = {settings.SESSION_COOKIE_NAME: client.session.session_key}
            return open_page(path, **cookie, **more)

        return place, as_

    return one


def fill(page, **values):
    for name, value in values.items():
        field = page.locator(f"[name={name}]")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
