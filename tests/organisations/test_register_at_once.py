"""People who enter, close and join at the same moment."""

import pytest

from tests.records.conftest import at_once  # noqa: F401 -- a fixture
from zhongchuang.organisations import actions
from zhongchuang.organisations.models import Invitation, Organisation, Post
from zhongchuang.page.refusal import Refused

pytestmark = pytest.mark.django_db(transaction=True)


def codes(results):
    return sorted(one.refusal.code if isinstance(one, Refused) else "done" for one in results)


def test_of_four_who_enter_the_same_organisation_one_does(cast, at_once):  # noqa: F811
    by, region = cast["jia.system_admin"], cast.regions["330400"]
    results = at_once(
        4, lambda _: actions.bring_in(name="Guild", kind="alliance", region=region, by=by)
    )
    assert codes(results) == ["done", "name_used", "name_used", "name_used"]


def test_of_two_competent_departments_entered_at_once_one_is_told_of_the_other(cast, at_once):  # noqa: F811
    by, region = cast["jia.system_admin"], cast.regions["330400G1"]
    results = at_once(
        2,
        lambda number: actions.bring_in(
            name=f"Zone {number}", kind="department", region=region, competent=True, by=by
        ),
    )
    assert codes(results) == ["competent_already", "done"]


def test_nobody_joins_an_organisation_that_is_being_closed(cast, at_once):  # noqa: F811
    for name, role in [("zhou", "clerk"), ("wu", "finance"), ("zheng", "reviewer")]:
        actions.invite(
            cast.organisations["ping"], by=cast["ping.security_admin"],
            email=f"{name}@example.org", name=name, role=role,
        )  # fmt: skip
    offers, by = list(Invitation.objects.all()), cast["jia.system_admin"]
    ping = Organisation.objects.get(name="Department of Ping")

    def step(number):
        if number == 1:
            return actions.close_organisation(ping, reason="merged", by=by)
        offer = offers[max(number - 1, 0)]
        return actions.accept(offer, by=None, name=offer.name, password="x" * 12)

    results = at_once(4, step)
    assert "done" in codes(results)
    assert Post.objects.current().filter(organisation=ping).exists() is False
