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
