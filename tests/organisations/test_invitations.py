"""Officials are invited; the link works once, until it expires."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from django_q.models import OrmQ

from zhongchuang.audit.models import Entry
from zhongchuang.organisations import actions
from zhongchuang.organisations.models import Invitation, Organisation, Post, User
from zhongchuang.page.refusal import Refused

NEW = {
    "name": "Zhou", "password": "a long way from Jia", "again": "a long way from Jia", "agreed": "on",
}  # fmt: skip


def last_link():
    body = OrmQ.objects.order_by("-pk").first().task["args"][1]
    return re.search(r"http://[^/]+(/invitations/\S+)", body)[1]


@pytest.fixture
def link(cast):
    """The link of an invitation to be a reviewer at Ping."""
    actions.invite(
        cast.organisations["ping"], by=cast["ping.security_admin"], email="Zhou@example.org",
        name="Zhou", role="reviewer",
    )  # fmt: skip
    return last_link()


def test_who_is_invited_chooses_a_password_and_holds_the_post(client, cast, link):
    assert client.get(link).status_code == 200
    assert client.post(link, NEW).status_code == 302
    user = User.objects.get(email="zhou@example.org")
    post = user.posts.get()
    assert (post.role, post.organisation, post.delegated_by) == (
        "reviewer", cast.organisations["ping"], cast.post("ping.security_admin"),
    )  # fmt: skip
    entry = Entry.objects.get(verb="invitation_accepted")
    assert entry.values["given"]["user"] == user.pk


def test_a_link_works_once(client, cast, link):
    client.post(link, NEW)
    again = client.post(link, NEW | {"name": "Someone else"})
    assert (again.status_code, Post.objects.filter(user__email="zhou@example.org").count()) == (
        410,
        1,
    )


def test_a_link_works_for_seven_days(client, cast, link):
    Invitation.objects.update(expires=timezone.now() + timedelta(minutes=1))
    assert client.get(link).status_code == 200
    Invitation.objects.update(expires=timezone.now())
    assert (client.get(link).status_code, client.post(link, NEW).status_code) == (410, 410)
    assert User.objects.filter(email="zhou@example.org").exists() is False


def test_a_withdrawn_link_works_no_more(client, cast, link):
    actions.withdraw(Invitation.objects.get(), by=cast["ping.security_admin"])
    assert client.post(link, NEW).status_code == 410


def test_a_new_invitation_to_the_same_post_replaces_the_old_one(client, cast, link):
    actions.invite(
        cast.organisations["ping"], by=cast["ping.security_admin"], email="zhou@example.org",
        name="Zhou", role="reviewer",
    )  # fmt: skip
    assert (client.get(link).status_code, client.get(last_link()).status_code) == (410, 200)


def test_a_made_up_link_leads_nowhere(client, cast, link):
    assert client.get(link[:-2] + "x/").status_code == 404


def test_the_database_does_not_know_the_link(cast, link):
    token = link.split("/")[2]
    assert Invitation.objects.filter(digest=token).exists() is False


def test_an_invitation_lapses_with_the_post_of_who_sent_it(client, cast, link):
    Post.objects.filter(pk=cast.post("ping.security_admin").pk).update(until=timezone.now())
    assert client.post(link, NEW).status_code == 403
    assert Invitation.objects.get().accepted is None


def test_who_has_an_account_signs_in_first_and_takes_the_post_with_it(client, cast):
    actions.invite(
        cast.organisations["ping"], by=cast["ping.security_admin"], email="hai.clerk@example.org",
        name="Hai", role="clerk",
    )  # fmt: skip
    link = last_link()
    assert client.get(link).url == f"/account/login/?next={link}"
    client.force_login(cast.people["hai.clerk"])
    client.post(link)
    assert cast.people["hai.clerk"].posts.count() == 2


def test_nobody_takes_a_post_that_was_offered_to_another(client, cast, link):
    client.force_login(cast.people["hai.clerk"])
    answer = client.post(link)
    assert (answer.status_code, cast.people["hai.clerk"].posts.count()) == (403, 1)


def test_a_post_ends_at_the_end_of_its_last_day(client, cast):
    today = timezone.localdate()
    actions.invite(
        cast.organisations["ping"], by=cast["ping.security_admin"], email="z@example.org",
        name="Z", role="clerk", until=today,
    )  # fmt: skip
    client.post(last_link(), NEW)
    until = User.objects.get(email="z@example.org").posts.get().until
    assert timezone.localtime(until).strftime("%F %T") == f"{today + timedelta(days=1)} 00:00:00"


INVITING = {
    "ping.security_admin": 200, "jia.security_admin": 200, "ping.clerk": 403, "ping.system_admin": 403,
    "hai.security_admin": 404, "lu.security_admin": 404, "bees.operator_head": 404, "founder": 404,
}  # fmt: skip


@pytest.mark.parametrize("who", INVITING)
def test_who_may_open_the_form_of_invitation(client, cast, who):
    client.force_login(cast.people[who])
    address = f"/organisations/{cast.organisations['ping'].pk}/invite/"
    assert client.get(address).status_code == INVITING[who]


def test_a_role_that_the_form_does_not_offer_is_refused(client, cast):
    client.force_login(cast.people["ping.security_admin"])
    address = f"/organisations/{cast.organisations['ping'].pk}/invite/"
    given = {"name": "Z", "email": "z@example.org", "role": "audit_admin"}
    assert client.post(address, given).context["form"].errors.keys() == {"role"}
    assert Invitation.objects.count() == 0


def test_a_password_that_the_policy_refuses_leaves_the_link_open(client, cast, link):
    answer = client.post(link, NEW | {"password": "short", "again": "short"})
    assert answer.context["form"].errors["password"] == ["密码有 5 个字符，至少需要 12 个。"]
    assert Invitation.objects.get().is_open is True


def test_the_first_administrators_are_invited_for_half_an_hour_by_the_platform(client, cast):
    tokens = actions.appoint_first(
        cast.regions["330100"], "Department of Hang", {"security_admin": "s@example.org"}
    )
    department = Organisation.objects.get(name="Department of Hang")
    invitation = Invitation.objects.get()
    assert (department.competent, department.level) == (True, "city")
    assert timedelta(minutes=29) < invitation.expires - timezone.now() <= timedelta(minutes=30)
    assert client.post(f"/invitations/{tokens['security_admin']}/", NEW).status_code == 302
    assert [post.role for post in department.posts.all()] == ["security_admin"]


def test_inviting_a_clash_of_roles_is_refused_at_once(cast):
    with pytest.raises(Refused) as refused:
        actions.invite(
            cast.organisations["ping"], by=cast["ping.security_admin"],
            email="bees.operator_head@example.org", name="B", role="reviewer",
        )  # fmt: skip
    assert refused.value.refusal.code == "roles_apart"
