from datetime import UTC, datetime

import pytest
import time_machine
from django.test import RequestFactory

from zhongchuang.page.visitor import address_of

FORGED = "198.51.100.9, 203.0.113.7"


def asked(passed=""):
    headers = {"X-Forwarded-For": passed} if passed else {}
    return RequestFactory().get("/", headers=headers, REMOTE_ADDR="10.0.0.2")


def test_without_proxies_nobody_can_choose_the_address_that_limits_count(settings):
    settings.OWN_PROXIES = 0
    assert address_of(asked(FORGED)) == "10.0.0.2"


def test_behind_one_proxy_the_address_that_it_saw_counts(settings):
    settings.OWN_PROXIES = 1
    assert address_of(asked(FORGED)) == "203.0.113.7"


def test_behind_two_proxies_the_address_that_the_outer_one_saw_counts(settings):
    settings.OWN_PROXIES = 2
    assert address_of(asked(FORGED)) == "198.51.100.9"


def test_a_request_that_passed_no_proxy_is_known_by_its_peer(settings):
    settings.OWN_PROXIES = 2
    assert address_of(asked()) == "10.0.0.2"


@pytest.mark.django_db
def test_one_network_address_opens_public_lists_only_so_often_a_minute(client, settings, cast):
    settings.LISTS_A_MINUTE = 3
    with time_machine.travel(datetime(2026, 11, 25, 9, 0, 30, tzinfo=UTC), tick=False) as clock:
        answers = [client.get("/packs/") for _ in range(2)] + [client.get("/search/?q=a")]
        refused = client.get("/packs/")
        others = client.get("/packs/", REMOTE_ADDR="192.0.2.9")
        clock.shift(60)
        later = client.get("/packs/")
    assert [one.status_code for one in answers] == [200, 200, 200]
    assert (refused.status_code, refused["Retry-After"]) == (429, "60")
    assert (others.status_code, later.status_code) == (200, 200)
    client.force_login(cast.people["founder"])
    assert {client.get("/packs/").status_code for _ in range(5)} == {200}


@pytest.mark.django_db
def test_a_count_that_cannot_be_kept_turns_nobody_away(client, settings):
    settings.LISTS_A_MINUTE = 1
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    assert {client.get("/packs/").status_code for _ in range(3)} == {200}
