"""How a story is told: people open pages in a browser and fill forms in."""

from functools import partial

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
def as_person(open_page):
    """`as_person(place, "city.clerk", "/cases/")` is a page that this person of a place has opened."""

    def one(place, who, path, **more):
        client = Client()
        client.force_login(place.cast.people[who])
        cookie = {settings.SESSION_COOKIE_NAME: client.session.session_key}
        return open_page(path, **cookie, **more)

    return one


@pytest.fixture
def somewhere(as_person):
    """`somewhere(pack, procedure)` is its place and a way to open pages as people of that place."""

    def one(pack, procedure):
        place = place_for(own_packs()[pack], own_packs()[pack].procedures[procedure])
        return place, partial(as_person, place)

    return one


def fill(page, **values):
    for name, value in values.items():
        field = page.locator(f"[name={name}]")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
