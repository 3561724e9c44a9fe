"""Accounts are closed and opened by the system administrator, and close by themselves when nobody uses them."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django_q.models import Schedule

from zhongchuang.organisations import actions
from zhongchuang.organisations.access import may_switch_off
from zhongchuang.organisations.models import Post, User

MAY = {
    # who, whose account: refused as
    ("ping.system_admin", "ping.clerk"): None,
    ("ping.system_admin", "bees.operator_head"): None,
    ("jia.system_admin", "ping.security_admin"): None,
    ("ping.system_admin", "ping.security_admin"): "out_of_reach",
    ("ping.system_admin", "hai.clerk"): "out_of_reach",
    ("ping.system_admin", "ping.system_admin"): "not_yours_to_close",
    ("ping.security_admin", "ping.clerk"): "not_yours_to_close",
    ("ping.approver", "ping.clerk"): "not_yours_to_close",
}


@pytest.mark.parametrize(("who", "whose"), MAY)
def test_who_may_close_whose_account(cast, who, whose):
    refusal = may_switch_off(cast[who], cast.people[whose])
    assert (refusal and refusal.code) == MAY[who, whose]


def test_an_account_with_a_post_elsewhere_is_not_closed_from_here(cast):
    Post.objects.create(
        user=cast.people["ping.clerk"], organisation=cast.organisations["lu"], role="clerk"
    )
    refusal = may_switch_off(cast["ping.system_admin"], cast.people["ping.clerk"])
    assert refusal.code == "out_of_reach"


def test_a_closed_account_is_opened_again_by_who_closed_it(client, cast):
    client.force_login(cast.people["ping.system_admin"])
    person = cast.people["ping.clerk"]
    home = f"/organisations/{cast.organisations['ping'].pk}/"
    client.post(f"/people/{person.pk}/close/")
    assert User.objects.get(pk=person.pk).is_active is False
    assert f"/people/{person.pk}/open/" in client.get(home).content.decode()
    client.post(f"/people/{person.pk}/open/")
    assert User.objects.get(pk=person.pk).is_active is True


def test_outsiders_find_no_account_to_close(client, cast):
    client.force_login(cast.people["hai.system_admin"])
    assert client.post(f"/people/{cast.people['ping.clerk'].pk}/close/").status_code == 404


def test_officials_accounts_close_after_90_days_without_use_but_never_the_last_administrator(
    cast, capsys
):
    User.objects.update(last_login=timezone.now())
    long_ago = timezone.now() - timedelta(days=91)
    unused = ["ping.clerk", "ping.system_admin", "bees.operator_head", "founder"]
    User.objects.filter(name__in=unused).update(last_login=long_ago)
    call_command("close_unused_accounts")
    closed = set(User.objects.filter(is_active=False).values_list("name", flat=True))
    assert (closed, capsys.readouterr().out) == ({"ping.clerk"}, "accounts closed: 1\n")


def test_they_are_looked_for_every_day(cast):
    job = Schedule.objects.get(func="zhongchuang.organisations.jobs.close_unused_accounts")
    User.objects.update(last_login=timezone.now())
    User.objects.filter(name="ping.clerk").update(last_login=timezone.now() - timedelta(days=91))
    import_string(job.func)()
    closed = User.objects.filter(is_active=False).values_list("name", flat=True)
    assert (job.schedule_type, list(closed)) == ("D", ["ping.clerk"])


def test_one_changes_ones_own_name_and_nothing_else(client, cast):
    client.force_login(cast.people["ping.clerk"])
    given = {"name": "New Name", "language": "en", "is_active": "", "email": "x@example.org"}
    client.post("/account/profile/", given)
    user = User.objects.get(pk=cast.people["ping.clerk"].pk)
    assert (user.name, user.language, user.is_active, user.email) == (
        "New Name", "en", True, "ping.clerk@example.org",
    )  # fmt: skip


def test_an_official_sees_who_registered_an_operator_but_not_their_address(client, cast):
    client.force_login(cast.people["ping.reviewer"])
    page = client.get(f"/organisations/{cast.organisations['bees'].pk}/").content.decode()
    assert ("bees.operator_head" in page, "@example.org" in page) == (True, False)


def test_giving_up_an_own_post_needs_nobody(client, cast):
    post = cast.post("bees.operator_clerk")
    actions.end_post(post, by=cast["bees.operator_clerk"])
    assert Post.objects.current().filter(pk=post.pk).exists() is False


def test_giving_up_a_post_is_offered_only_where_it_is_possible(cast, client):
    for who, offered in {"bees.operator_clerk": True, "zhe.system_admin": False}.items():
        client.force_login(cast.people[who])
        url = reverse("organisations:end_post", args=[cast.post(who).pk])
        text = client.get(reverse("organisations:profile")).content.decode()
        assert (who, url in text) == (who, offered)
