"""A small register, and programs and people who ask the API about it."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.middleware.csrf import _get_new_csrf_string
from django.test import Client
from django.utils import timezone

from tests.files.conftest import pdf
from zhongchuang.organisations.access.tokens import scopes_of
from zhongchuang.organisations.actions import make_token
from zhongchuang.records.actions import hand_in
from zhongchuang.spaces import actions
from zhongchuang.spaces.actions.versions import Operation
from zhongchuang.spaces.models import Space

OPENED, CHANGED = date(2020, 3, 1), date(2026, 9, 1)


class Asker:
    """Somebody who asks: a program with a token, a person with a cookie, or nobody."""

    def __init__(self, headers=None):
        self.headers = headers or {}
        self.client = Client(enforce_csrf_checks=True)

    def get(self, path, **headers):
        return self.client.get(f"/api/{path}", headers=self.headers | headers)

    def post(self, path, data=None, **headers):
        kind = (
            {}
            if isinstance(data, dict) and "file" in data
            else {"content_type": "application/json"}
        )
        return self.client.post(f"/api/{path}", data or {}, headers=self.headers | headers, **kind)


def program(cast, short, *scopes, days=30, **headers):
    """A program of an organisation, with a token for all scopes unless some are named."""
    organisation = cast.organisations[short]
    maker = "security_admin" if organisation.is_department else "operator_head"
    _token, secret = make_token(
        organisation, by=cast[f"{short}.{maker}"], name=f"program {organisation.tokens.count()}",
        scopes=list(scopes or scopes_of(organisation)), expires=timezone.now() + timedelta(days=days),
    )  # fmt: skip
    return Asker({"Authorization": f"Bearer {secret}"} | headers)


def person(cast, name, *, form_token=True):
    """A person who is signed in; with the token of a form unless it is left out."""
    browser = Client()
    browser.force_login(cast.people[name])
    token = _get_new_csrf_string()
    cookies = f"session={browser.cookies['session'].value}; csrftoken={token}"
    return Asker({"Cookie": cookies} | ({"X-CSRFToken": token} if form_token else {}))


def register(
    cast, name="慧谷众创空间", *, who="bees.operator_head", region="330482", by="ping.reviewer"
):
    """A space that the county confirmed, with one site of 600 square metres."""
    space = actions.register(
        by=cast[who], kind="space", opened=OPENED, name=name, region=cast.regions[region],
        address="平湖大道 1 号",
    )  # fmt: skip
    site = {"name": "A 座", "floor_area": 600, "desks": 80, "tenure": "rented"}
    actions.write(space, Operation("premises", "add", OPENED, site), by=cast[who])
    actions.submit(space, by=cast[who])
    if by:
        actions.confirm(Space.objects.get(pk=space.pk), by=cast[by])
    return Space.objects.get(pk=space.pk)


def lease(cast, who="bees.operator_clerk", name="lease.pdf"):
    return hand_in(SimpleUploadedFile(name, pdf()), by=cast[who])


@pytest.fixture
def space(cast):
    return register(cast)


@pytest.fixture
def bees(cast):
    return program(cast, "bees")


@pytest.fixture
def nobody():
    return Asker()
