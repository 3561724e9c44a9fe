"""How a story is told: people open pages in a browser and fill forms in."""

import pytest
from django.conf import settings
from django.test import Client


@pytest.fixture
def as_(cast, open_page):
    """`as_("ping.reviewer", "/spaces/")` is a page that this person has opened."""

    def one(who, path, **more):
        client = Client()
        client.force_login(cast.people[who])
        return open_page(path, **{settings.SESSION_COOKIE_NAME: client.session.session_key}, **more)

    return one


def fill(page, **values):
    for name, value in values.items():
        field = page.locator(f"[name={name}]")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
