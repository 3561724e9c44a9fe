"""Tokens: who makes them, what is kept of them, when they end."""

from datetime import timedelta

import pytest
from django.utils import timezone

from zhongchuang.audit.models import Entry
from zhongchuang.organisations.access.tokens import may_keep_tokens, scopes_of
from zhongchuang.organisations.actions import make_token, revoke_token
from zhongchuang.organisations.models import Token
from zhongchuang.page.refusal import Refused

pytestmark = pytest.mark.django_db
MAKERS = {"bees": "bees.operator_head", "ping": "ping.security_admin"}


@pytest.fixture
def make(cast):
    """`make("bees")` is a token of Bees Ltd and its secret."""

    def one(short, name="figures", **more):
        given = {"scopes": ["read:spaces"], "expires": timezone.now() + timedelta(days=30)} | more
        return make_token(cast.organisations[short], by=cast[MAKERS[short]], name=name, **given)

    return one


@pytest.fixture
def browser(cast, client):
    def signed_in(who):
        client.force_login(cast.people[who])
        return client

    return signed_in


def page(cast, short, rest=""):
    return f"/organisations/{cast.organisations[short].pk}/tokens/{rest}"


def sent(**more):
    last = timezone.localdate() + timedelta(days=30)
    return {"name": "figures", "scopes": ["read:spaces"], "last_day": last.isoformat()} | more


@pytest.mark.parametrize(
    ("who", "at", "code"),
    [
        ("ping.security_admin", "ping", None),
        ("bees.operator_head", "bees", None),
        ("ping.system_admin", "ping", "not_the_keeper"),
        ("ping.approver", "ping", "not_the_keeper"),
        ("bees.operator_clerk", "bees", "not_the_keeper"),
        ("jia.security_admin", "ping", "not_yours"),
        ("bees.operator_head", "ants", "not_yours"),
        ("founder", "bees", "not_yours"),
    ],
)
def test_tokens_are_kept_by_the_security_administrator_or_the_head(cast, who, at, code):
    refusal = may_keep_tokens(cast[who], cast.organisations[at])
    assert (refusal and refusal.code) == code


def test_only_the_digest_of_a_token_is_kept_and_the_log_holds_neither(make):
    token, secret = make("bees")
    assert secret.startswith("zc_")
    assert secret not in str(Token.objects.values().get())
    entry = Entry.objects.about(token).get()
    assert (entry.verb, secret in entry.details, token.digest in entry.details) == (
        "token_made",
        False,
        False,
    )


def test_two_working_tokens_never_have_one_name(cast, make):
    first, _secret = make("bees")
    with pytest.raises(Refused) as refused:
        make("bees")
    assert refused.value.refusal.code == "name_used"
    revoke_token(first, by=cast["bees.operator_head"])
    assert make("bees")[0].name == "figures"


def test_a_revoked_token_is_not_revoked_again(cast, make):
    token, _secret = make("bees")
    revoke_token(token, by=cast["bees.operator_head"])
    token.refresh_from_db()
    with pytest.raises(Refused) as refused:
        revoke_token(token, by=cast["bees.operator_head"])
    assert (refused.value.refusal.code, Token.objects.usable().count()) == ("revoked", 0)


def test_tokens_of_departments_only_read(cast):
    assert {one.split(":")[0] for one in scopes_of(cast.organisations["ping"])} == {"read"}
    assert {one.split(":")[0] for one in scopes_of(cast.organisations["bees"])} == {"read", "write"}


def test_tokens_are_visible_to_those_who_keep_them(cast, make):
    make("bees")
    make("ping")
    seen = {
        who: [str(one.organisation) for one in Token.objects.visible_to(cast[who])]
        for who in ("bees.operator_head", "bees.operator_clerk", "ping.security_admin", "jia.security_admin", "founder")
    }  # fmt: skip
    assert seen == {
        "bees.operator_head": ["Bees Ltd"],
        "bees.operator_clerk": [],
        "ping.security_admin": ["Department of Ping"],
        "jia.security_admin": [],
        "founder": [],
    }


def test_the_secret_is_shown_once(cast, browser):
    client = browser("bees.operator_head")
    made = client.post(page(cast, "bees", "new/"), sent())
    secret = made.context["secret"]
    assert (made.status_code, secret in made.content.decode()) == (200, True)
    assert "no-store" in made.headers["Cache-Control"]
    assert secret not in client.get(page(cast, "bees")).content.decode()


@pytest.mark.parametrize(
    "wrong", [{"last_day": "2020-01-01"}, {"last_day": "2090-01-01"}, {"scopes": []}, {"name": ""}]
)
def test_a_token_has_a_name_a_scope_and_a_day_within_a_year(cast, browser, wrong):
    client = browser("bees.operator_head")
    answer = client.post(page(cast, "bees", "new/"), sent(**wrong))
    assert (list(answer.context["form"].errors), Token.objects.count()) == (list(wrong), 0)
    client.post(page(cast, "bees", "new/"), sent())
    assert Token.objects.count() == 1


def test_a_department_is_not_offered_a_writing_token(cast, browser):
    client = browser("ping.security_admin")
    answer = client.post(page(cast, "ping", "new/"), sent(scopes=["write:spaces"]))
    assert list(answer.context["form"].errors) == ["scopes"]


@pytest.mark.parametrize(
    ("who", "status"),
    [("bees.operator_head", 200), ("bees.operator_clerk", 403), ("ping.clerk", 403), ("owls.operator_head", 404)],
)  # fmt: skip
def test_outsiders_do_not_find_the_page(cast, browser, make, who, status):
    token, _secret = make("bees")
    client = browser(who)
    statuses = [client.get(page(cast, "bees", rest)).status_code for rest in ("", "new/")]
    assert statuses == [status, status]
    revoke = client.get(page(cast, "bees", f"{token.pk}/revoke/")).status_code
    assert revoke == (200 if status == 200 else 404)


def test_a_token_is_revoked_on_its_page(cast, browser, make):
    token, _secret = make("bees")
    client = browser("bees.operator_head")
    client.post(page(cast, "bees", f"{token.pk}/revoke/"))
    assert Token.objects.usable().count() == 0
    assert Entry.objects.about(token).order_by("number").last().verb == "token_revoked"


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_database_equally_often(
    cast, browser, make, count, django_assert_max_num_queries
):
    for number in range(count):
        make("bees", name=f"figures {number}")
    client = browser("bees.operator_head")
    client.get(page(cast, "bees"))
    with django_assert_max_num_queries(14):
        assert client.get(page(cast, "bees")).status_code == 200
