"""What a post sees over the tree: own, sibling, parent, child and the other province."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from zhongchuang.organisations.access import has_power, reach
from zhongchuang.organisations.actions import delegate
from zhongchuang.organisations.models import Organisation, Post, User

SEEN = {
    "zhe.clerk": {"zhe", "jia", "ping", "hai", "bees", "ants", "kites"},
    "jia.reviewer": {"jia", "ping", "hai", "bees", "ants", "kites"},
    "ping.approver": {"ping", "bees", "ants"},
    "hai.clerk": {"hai", "kites"},
    "lu.clerk": {"lu", "owls"},
    "ping.security_admin": {"ping", "bees", "ants"},
    "ping.audit_admin": {"ping"},
    "bees.operator_head": {"bees"},
    "bees.operator_clerk": {"bees"},
    "founder": set(),
}


def seen_by(viewer, cast):
    visible = set(Organisation.objects.visible_to(viewer))
    return {short for short, one in cast.organisations.items() if one in visible}


@pytest.mark.parametrize("who", SEEN)
def test_a_post_sees_its_own_subtree_and_nothing_beside_or_above(cast, who):
    assert seen_by(cast[who], cast) == SEEN[who]


def test_a_user_is_seen_as_their_posts_are(cast):
    assert seen_by(cast.people["jia.clerk"], cast) == SEEN["jia.reviewer"]


def test_visitors_see_no_organisation_no_person_no_post(cast):
    visitor = AnonymousUser()
    models = (Organisation, User, Post)
    assert [list(model.objects.visible_to(visitor)) for model in models] == [[], [], []]


def test_a_person_acts_in_one_post_at_a_time(cast):
    user = cast.people["ping.clerk"]
    Post.objects.create(user=user, organisation=cast.organisations["lu"], role="clerk")
    assert seen_by(cast["ping.clerk"], cast) == {"ping", "bees", "ants"}


def test_reach_is_the_subtree_of_the_region(cast):
    codes = set(reach(cast.post("jia.clerk")).values_list("code", flat=True))
    assert codes == {"330400", "330482", "330481", "330400G1"}


def test_a_post_that_has_ended_reaches_nothing_at_the_next_request(cast):
    Post.objects.filter(pk=cast.post("ping.clerk").pk).update(until=timezone.now())
    assert seen_by(cast["ping.clerk"], cast) == set()


def test_a_closed_account_reaches_nothing(cast):
    User.objects.filter(pk=cast.people["ping.clerk"].pk).update(is_active=False)
    assert seen_by(cast["ping.clerk"], cast) == set()


@pytest.fixture
def alliance(cast):
    alliance = Organisation.objects.create(
        name="Alliance", kind="alliance", region=cast.regions["330400"], state="confirmed"
    )
    cast.organisations["alliance"] = alliance
    cast.person("alliance.clerk", organisation=alliance, role="clerk")
    return alliance


def test_an_alliance_sees_only_what_is_delegated_and_only_in_its_term(cast, alliance):
    today = timezone.localdate()
    assert seen_by(cast["alliance.clerk"], cast) == {"alliance"}
    delegate(
        cast.organisations["ping"], alliance, powers=["filings"],
        since=today, until=today + timedelta(days=1), by=cast["ping.approver"],
    )  # fmt: skip
    assert seen_by(cast["alliance.clerk"], cast) == {"alliance", "ping", "bees", "ants"}
    alliance.powers_held.update(since=date(2020, 1, 1), until=today)
    assert seen_by(cast["alliance.clerk"], cast) == {"alliance"}


def test_a_power_counts_for_its_region_its_kind_and_its_days(cast, alliance):
    first = date(2026, 1, 1)
    delegate(
        cast.organisations["ping"], alliance, powers=["filings"], since=first,
        until=date(2027, 1, 1), by=cast["ping.approver"],
    )  # fmt: skip
    post, ping, hai = cast.post("alliance.clerk"), *(cast.regions[c] for c in ("330482", "330481"))
    asked = [
        ("filings", ping, first),
        ("surveys", ping, first),
        ("filings", hai, first),
        ("filings", ping, date(2027, 1, 1)),
    ]
    answers = [has_power(post, power, region, on=on) for power, region, on in asked]
    assert answers == [True, False, False, False]
