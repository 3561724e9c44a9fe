"""Powers delegated to alliances, and colleagues who stand in for one another (ZJ-10, SH-2)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from zhongchuang.audit.models import Entry
from zhongchuang.organisations import actions
from zhongchuang.organisations.access import may_end, second_person
from zhongchuang.organisations.access.register import may_delegate
from zhongchuang.organisations.access.standins import may_name_stand_in, may_stand_in
from zhongchuang.organisations.actions.standins import term_fits
from zhongchuang.organisations.models import Delegation, Organisation, Post
from zhongchuang.page.refusal import Refused

TODAY = timezone.localdate
DAY = timedelta(days=1)


@pytest.fixture
def alliance(cast):
    """The alliance of the province, above the department that delegates to it."""
    found = Organisation.objects.create(
        name="Zhe Alliance", kind="alliance", region=cast.regions["330000"], state="confirmed"
    )
    cast.organisations["alliance"] = found
    cast.person("alliance.clerk", organisation=found, role="clerk")
    return found


MAY_DELEGATE = {
    ("ping.approver", "ping"): None,
    ("ping.reviewer", "ping"): "not_an_approver",
    ("ping.system_admin", "ping"): "not_an_approver",
    ("jia.approver", "ping"): "other_department",
    ("bees.operator_head", "bees"): "other_department",
}


def code_of(refusal):
    return refusal and refusal.code


@pytest.mark.parametrize(("who", "whose"), MAY_DELEGATE)
def test_an_approver_delegates_the_powers_of_the_own_department(cast, who, whose):
    assert code_of(may_delegate(cast[who], cast.organisations[whose])) == MAY_DELEGATE[who, whose]


def delegated(cast, **given):
    given = {"powers": ["filings"], "since": TODAY()} | given
    by = cast["ping.approver"]
    return actions.delegate(
        cast.organisations["ping"], cast.organisations["alliance"], by=by, **given
    )


def test_powers_are_delegated_and_listed_at_both_ends(client, cast, alliance):
    ping = cast.organisations["ping"]
    client.force_login(cast.people["ping.approver"])
    given = {"alliance": alliance.pk, "powers": ["surveys", "filings"], "since": TODAY(),
             "last": TODAY() + DAY, "ended_on": TODAY()}  # fmt: skip
    client.post(f"/organisations/{ping.pk}/delegate/", given)
    one = Delegation.objects.get()
    assert (one.powers, one.until, one.last_day, one.ended_on) == (
        ["filings", "surveys"], TODAY() + 2 * DAY, TODAY() + DAY, None,
    )  # fmt: skip
    here = client.get(f"/organisations/{ping.pk}/").content.decode()
    client.force_login(cast.people["alliance.clerk"])
    there = client.get(f"/organisations/{alliance.pk}/").content.decode()
    assert (f"/delegations/{one.pk}/end/" in here, "Zhe Alliance" in here) == (True, True)
    assert (f"/delegations/{one.pk}/end/" in there, "Department of Ping" in there) == (False, True)


def test_a_delegation_ended_early_gives_nothing_from_that_day_on(client, cast, alliance):
    one = delegated(cast)
    assert cast.post("alliance.clerk").reach == [cast.regions["330482"].path]
    client.force_login(cast.people["ping.approver"])
    client.post(f"/delegations/{one.pk}/end/")
    assert (cast.post("alliance.clerk").reach, Entry.objects.latest("number").verb) == (
        [], "delegation_ended",
    )  # fmt: skip
    with pytest.raises(Refused, match="已经结束"):
        actions.end_delegation(one, by=cast["ping.approver"])


def test_no_power_is_delegated_twice_for_the_same_time(cast, alliance):
    delegated(cast, until=TODAY() + 10 * DAY)
    with pytest.raises(Refused) as refused:
        delegated(cast, powers=["filings", "surveys"], since=TODAY() + 9 * DAY)
    assert refused.value.refusal.code == "delegated_already"
    assert delegated(cast, powers=["surveys"]).pk
    assert delegated(cast, since=TODAY() + 10 * DAY).pk


def test_the_alliance_of_another_province_receives_nothing(cast, alliance):
    alliance.region = cast.regions["430000"]
    alliance.save()
    with pytest.raises(Refused) as refused:
        delegated(cast)
    assert refused.value.refusal.code == "no_alliance_here"


@pytest.mark.parametrize(("since", "last", "field"), [(-1, 1, "since"), (2, 1, "last")])
def test_powers_are_not_delegated_backwards(client, cast, alliance, since, last, field):
    client.force_login(cast.people["ping.approver"])
    given = {"alliance": alliance.pk, "powers": ["filings"], "since": TODAY() + since * DAY,
             "last": TODAY() + last * DAY}  # fmt: skip
    path = f"/organisations/{cast.organisations['ping'].pk}/delegate/"
    assert list(client.post(path, given).context["form"].errors) == [field]


def test_outsiders_find_no_delegation_to_end(client, cast, alliance):
    one = delegated(cast)
    client.force_login(cast.people["hai.approver"])
    assert client.post(f"/delegations/{one.pk}/end/").status_code == 404


# --- standing in ----------------------------------------------------------------------------------


def stand_in(cast, of="ping.approver", who="ping.reviewer", *, until=None):
    given = {"until": until or TODAY() + 7 * DAY, "by": cast[of]}
    return actions.name_stand_in(cast.post(of), cast.people[who], **given)


MAY_NAME = {
    ("ping.approver", "ping.approver"): None,
    ("ping.reviewer", "ping.approver"): "not_your_post",
    ("ping.security_admin", "ping.approver"): "not_your_post",
    ("ping.security_admin", "ping.security_admin"): "not_an_official",
    ("bees.operator_head", "bees.operator_head"): "not_an_official",
}


@pytest.mark.parametrize(("who", "whose"), MAY_NAME)
def test_officials_name_a_stand_in_for_their_own_post(cast, who, whose):
    assert code_of(may_name_stand_in(cast[who], cast.post(whose))) == MAY_NAME[who, whose]


MAY_STAND_IN = {
    "ping.reviewer": None,
    "ping.clerk": None,
    "ping.approver": "held",
    "hai.clerk": "no_colleague",
    "ping.audit_admin": "no_colleague",
    "bees.operator_head": "no_colleague",
}


@pytest.mark.parametrize("who", MAY_STAND_IN)
def test_a_colleague_of_the_same_department_stands_in(cast, who):
    assert code_of(may_stand_in(cast.post("ping.approver"), cast[who].user)) == MAY_STAND_IN[who]


def test_the_form_offers_exactly_the_colleagues_who_may(client, cast):
    client.force_login(cast.people["ping.approver"])
    path = f"/posts/{cast.post('ping.approver').pk}/stand-in/"
    offered = client.get(path).context["form"].fields["colleague"].queryset
    assert {person.name for person in offered} == {"ping.clerk", "ping.finance", "ping.reviewer"}
    chosen = {"colleague": cast.people["ping.clerk"].pk, "until": TODAY() + DAY}
    assert client.post(path, chosen).status_code == 302
    there = client.get(f"/organisations/{cast.organisations['ping'].pk}/").content.decode()
    assert "代ping.approver" in there


def acting_for(cast, post):
    """The acting colleague, in the post that they stand in at."""
    acting = cast[post.user.name]
    chosen = next(one for one in acting.user.current_posts if one.pk == post.pk)
    return type(acting)(acting.user, chosen, acting.ip)


def test_who_stands_in_acts_for_the_other_and_the_log_names_both(client, cast):
    post = stand_in(cast)
    wasps = actions.register_operator(
        cast.person("wasp"), name="Wasps", code="W", region=cast.regions["330482"], by=None
    )
    client.force_login(cast.people["ping.reviewer"])
    client.post(f"/posts/{post.pk}/take/")
    client.post(f"/organisations/{wasps.pk}/confirm/")
    entry = Entry.objects.get(verb="operator_confirmed")
    approver = cast.people["ping.approver"]
    assert (entry.name, entry.role, entry.values["on_behalf"]) == (
        "ping.reviewer", "approver", f"{approver.pk} ping.approver",
    )  # fmt: skip
    client.force_login(cast.people["ping.audit_admin"])
    log = client.get("/audit/?verb=operator_confirmed").content.decode()
    assert (entry.on_behalf, "ping.reviewer<br>代ping.approver" in log) == ("ping.approver", True)


def test_nobody_decides_what_they_or_the_one_they_stand_in_for_began(cast):
    post = stand_in(cast, who="ping.clerk")
    deputy = acting_for(cast, post)
    pks = {who: cast.people[who].pk for who in ("ping.clerk", "ping.approver", "ping.finance")}
    answers = {who: code_of(second_person(deputy, earlier=[pk])) for who, pk in pks.items()}
    assert answers == {
        "ping.clerk": "same_person", "ping.approver": "same_person", "ping.finance": None,
    }  # fmt: skip


def test_standing_in_ends_with_its_last_day_and_with_the_post_itself(cast):
    post = stand_in(cast)
    assert (counts(post), post.last_day) == (True, TODAY() + 7 * DAY)
    assert Post.objects.at(post.until).filter(pk=post.pk).exists() is False
    actions.end_post(cast.post("ping.approver"), by=cast["ping.security_admin"])
    assert counts(post) is False


def counts(post):
    return Post.objects.current().filter(pk=post.pk).exists()


@pytest.mark.parametrize("who", ["ping.approver", "ping.reviewer", "ping.security_admin"])
def test_standing_in_is_ended_early_by_either_of_the_two_or_by_who_gives_posts(cast, who):
    post = stand_in(cast)
    assert may_end(cast[who], post) is None
    assert may_end(cast["ping.finance"], post).code == "not_yours_to_grant"


def test_who_stands_in_asks_nobody_to_stand_in_for_them(cast):
    post = stand_in(cast)
    refusal = may_name_stand_in(acting_for(cast, post), post)
    assert refusal.code == "stands_in_already"


@pytest.mark.parametrize(("days", "fits"), [(-1, False), (0, True), (92, True), (93, False)])
def test_a_term_begins_today_and_lasts_a_quarter_at_most(days, fits):
    assert (term_fits(TODAY() + days * DAY) is None) == fits
