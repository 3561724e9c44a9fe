"""Signing in: the same answer to everyone who fails, growing waits, sessions that end."""

import re
import statistics
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from time import process_time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.usersessions.models import UserSession
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from tests.cast import PASSWORD
from tests.organisations.test_registration import letter_code
from zhongchuang.audit.models import Entry
from zhongchuang.organisations import actions
from zhongchuang.organisations.models import Post, RecoveryCode, User
from zhongchuang.organisations.signin import SecondFactorAdapter

# Tomorrow: posts of the cast begin when it is made, and count only from then on.
NOON = datetime.now(UTC).replace(hour=4, minute=0, second=0, microsecond=0) + timedelta(days=1)


def sign_in(client, email, password=PASSWORD, ip="192.0.2.7"):
    return client.post("/account/login/", {"login": email, "password": password}, REMOTE_ADDR=ip)


def is_in(client):
    return client.get("/workbench/").status_code == 200


def told(answer):
    return [str(error) for error in answer.context["form"].non_field_errors()]


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as moving:
        yield moving


# --- failing --------------------------------------------------------------------------------------


def test_a_wrong_password_and_an_unknown_account_get_the_same_answer(client, cast):
    known = sign_in(client, "ping.clerk@example.org", "wrong")
    unknown = sign_in(Client(), "nobody@example.org", "wrong")
    assert (known.status_code, told(known)) == (unknown.status_code, told(unknown))


def test_they_take_the_same_time(cast, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    settings.ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None}
    user = User.objects.get(email="ping.clerk@example.org")
    user.set_password(PASSWORD)
    user.save()

    emails = ["ping.clerk@example.org", "nobody@example.org"]
    times = {email: [] for email in emails}
    for _round in range(7):
        for email in emails:
            began = process_time()
            sign_in(Client(), email, "wrong")
            times[email].append(process_time() - began)
    known, unknown = (statistics.median(times[email]) for email in emails)
    assert abs(known - unknown) < 0.25 * max(known, unknown)


def attempts(count, ip="192.0.2.7", email="ping.clerk@example.org"):
    return [sign_in(Client(), email, "wrong", ip) for _ in range(count)]


HELD = "此处登录失败的尝试次数过多"


def test_after_five_failures_even_the_right_password_waits(cast, clock):
    attempts(5)
    assert told(sign_in(Client(), "ping.clerk@example.org"))[0].startswith(HELD) is True
    clock.shift(31)
    assert sign_in(Client(), "ping.clerk@example.org").status_code == 302


def test_ten_failures_hold_the_account_from_there_for_a_quarter_of_an_hour(cast, clock):
    for wait in (0, 31, 121):
        clock.shift(wait)
        attempts(5)
    clock.shift(121)
    assert told(sign_in(Client(), "ping.clerk@example.org"))[0].startswith(HELD) is True
    clock.shift(15 * 60)
    assert sign_in(Client(), "ping.clerk@example.org").status_code == 302


STRANGERS = [f"198.51.100.{number}" for number in range(50)]
UNDER_ATTACK = "有多次针对该邮箱的失败尝试"


def answers_to(email, ips, clock, rounds=20):
    """A thousand attempts within an hour, from fifty addresses in turn: how often each answer came."""
    answers = Counter()
    for _ in range(rounds):
        for ip in ips:
            clock.shift(3600 / rounds / len(ips))
            answers[told(sign_in(Client(), email, "wrong", ip))[0][:13]] += 1
    return answers


def test_of_a_thousand_attempts_from_fifty_addresses_few_are_even_looked_at(cast, clock):
    sign_in(Client(), "ping.clerk@example.org", ip="192.0.2.9")
    answers = answers_to("ping.clerk@example.org", STRANGERS, clock)
    looked_at = Entry.objects.filter(verb="sign_in_failed").count()
    assert (answers.total(), answers[UNDER_ATTACK] + looked_at, looked_at <= 24) == (
        1000, 1000, True,
    )  # fmt: skip
    assert sign_in(Client(), "ping.clerk@example.org", ip="192.0.2.9").status_code == 302


def test_an_unknown_account_is_held_with_the_same_words_and_as_often(cast, clock):
    known, unknown = (
        answers_to(email, STRANGERS[:10], clock, rounds=6)
        for email in ("ping.clerk@example.org", "nobody@example.org")
    )
    assert (known, len(known)) == (unknown, 2)


def test_the_owner_comes_in_from_a_new_address_after_replacing_the_password(cast, clock):
    answers_to("ping.clerk@example.org", STRANGERS[:10], clock, rounds=6)
    client = Client(REMOTE_ADDR="203.0.113.5")
    assert told(sign_in(client, "ping.clerk@example.org", ip="203.0.113.5"))[0].startswith(
        UNDER_ATTACK
    )
    client.post("/account/password/reset/", {"email": "ping.clerk@example.org"})
    client.post("/account/password/reset/confirm/", {"code": letter_code()})
    new = {"password1": "quite another way", "password2": "quite another way"}
    client.post("/account/password/reset/complete/", new)
    answer = sign_in(client, "ping.clerk@example.org", "quite another way", ip="203.0.113.5")
    assert answer.status_code == 302


def test_one_address_gets_twenty_tries_a_minute_over_all_accounts(cast, clock):
    answers = [
        sign_in(Client(), f"nobody{number}@example.org", "wrong").status_code
        for number in range(21)
    ]
    assert answers == [200] * 20 + [429]


def test_failures_are_recorded_without_what_was_typed(cast):
    attempts(1)
    sign_in(Client(), "my secret password", "x")
    sign_in(Client(), "nobody@example.org", "x")
    entries = Entry.objects.filter(verb="sign_in_failed").values_list("subject_label", flat=True)
    assert list(entries) == ["ping.clerk", "unknown account"]
    assert Entry.objects.filter(details__contains="secret").exists() is False


# --- sessions -------------------------------------------------------------------------------------


def test_signing_in_gives_a_session_a_new_name(client, cast):
    client.get("/account/login/")
    session = client.session
    session["before"] = 1
    session.save()
    client.cookies["session"] = session.session_key
    sign_in(client, "ping.clerk@example.org")
    assert (client.session.session_key != session.session_key, is_in(client)) == (True, True)


@pytest.mark.parametrize(
    ("who", "minutes", "stays"),
    [
        ("ping.clerk", 29, True),
        ("ping.clerk", 31, False),
        ("ping.system_admin", 31, False),
        ("bees.operator_head", 59, True),
        ("bees.operator_head", 61, False),
        ("founder", 59, True),
        ("founder", 61, False),
    ],
)
def test_an_unused_session_ends_sooner_for_staff(client, cast, clock, who, minutes, stays):
    sign_in(client, f"{who}@example.org")
    clock.shift(timedelta(minutes=minutes))
    assert is_in(client) == stays


def test_a_session_in_use_lasts_twelve_hours(client, cast, clock):
    sign_in(client, "ping.clerk@example.org")
    for _ in range(36):
        assert is_in(client)
        clock.shift(timedelta(minutes=20))
    clock.shift(timedelta(seconds=1))
    assert is_in(client) is False


def test_who_was_signed_out_reads_why_and_comes_back_to_the_same_page(client, cast, clock):
    sign_in(client, "ping.clerk@example.org")
    clock.shift(timedelta(minutes=31))
    answer = client.get("/organisations/mine/", follow=True)
    assert answer.redirect_chain == [("/account/login/?next=/organisations/mine/", 302)]
    assert "30 分钟" in answer.content.decode()


def test_closing_an_account_ends_its_sessions_at_once(client, cast):
    sign_in(client, "ping.clerk@example.org")
    actions.switch_off(cast.people["ping.clerk"], by=cast["ping.system_admin"])
    assert (is_in(client), UserSession.objects.count()) == (False, 0)
    assert sign_in(Client(), "ping.clerk@example.org").url == "/account/inactive/"


def test_a_changed_role_counts_at_the_next_request(client, cast):
    sign_in(client, "ping.reviewer@example.org")
    address = f"/organisations/{cast.organisations['bees'].pk}/"
    assert client.get(address).status_code == 200
    actions.end_post(cast.post("ping.reviewer"), by=cast["ping.security_admin"])
    assert (client.get(address).status_code, is_in(client)) == (404, True)


def test_changing_the_post_changes_the_name_of_the_session_and_what_one_sees(client, cast):
    other = Post.objects.create(
        user=cast.people["ping.clerk"], organisation=cast.organisations["hai"], role="clerk"
    )
    sign_in(client, "ping.clerk@example.org")
    before = client.session.session_key
    address = f"/organisations/{cast.organisations['kites'].pk}/"
    assert client.get(address).status_code == 404
    client.post(f"/posts/{other.pk}/take/")
    assert (client.get(address).status_code, client.session.session_key != before) == (200, True)
    assert UserSession.objects.get().session_key == client.session.session_key


def test_nobody_takes_the_post_of_another(client, cast):
    sign_in(client, "ping.clerk@example.org")
    assert client.post(f"/posts/{cast.post('hai.clerk').pk}/take/").status_code == 404


def test_one_signs_out_everywhere_else(client, cast):
    elsewhere = Client()
    sign_in(elsewhere, "ping.clerk@example.org")
    sign_in(client, "ping.clerk@example.org")
    assert client.get("/account/sessions/").content.decode().count("192.0.2.7") == 2
    client.post("/account/sessions/")
    assert (is_in(elsewhere), is_in(client)) == (False, True)


def test_a_cookie_is_worthless_after_signing_out(client, cast):
    sign_in(client, "ping.clerk@example.org")
    cookie = client.cookies["session"].value
    client.post("/account/logout/")
    client.cookies["session"] = cookie
    assert is_in(client) is False


def test_signing_in_and_out_stands_in_the_audit_chain(client, cast):
    sign_in(client, "ping.clerk@example.org")
    client.post("/account/logout/")
    found = Entry.objects.filter(subject_label="ping.clerk").values_list("verb", "ip")
    assert list(found) == [("signed_in", "192.0.2.7"), ("signed_out", "127.0.0.1")]


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", r"/\evil.example"])
def test_signing_in_never_leads_away_from_the_site(client, cast, target):
    given = {"login": "ping.clerk@example.org", "password": PASSWORD, "next": target}
    assert client.post("/account/login/", given).url == "/workbench/"


# --- passwords ------------------------------------------------------------------------------------

PASSWORDS = {
    # password: codes under asvs, codes under djbh
    "a long way from Ping": ([], ["too_plain"][:0]),
    "alongwayfromping": ([], ["too_plain"]),
    "Ab3defgh": (["too_short"], []),
    "Ab3def": (["too_short"], ["too_short"]),
    "zhongchuang2026": (["names_the_site"], ["names_the_site", "too_plain"]),
    "password1234": (["password_too_common"], ["password_too_common", "too_plain"]),
}


@pytest.mark.parametrize("policy", ["asvs", "djbh"])
@pytest.mark.parametrize("password", PASSWORDS)
def test_each_profile_refuses_what_it_says(db, settings, password, policy):
    settings.PASSWORD_POLICY = policy
    found = []
    try:
        validate_password(password, User(email="x@example.org", name="X"))
    except ValidationError as error:
        found = sorted(one.code for one in error.error_list)
    assert found == PASSWORDS[password][policy == "djbh"]


def change(client, old, new):
    given = {"oldpassword": old, "password1": new, "password2": new}
    return client.post("/account/password/change/", given)


def test_under_djbh_the_last_five_passwords_are_not_used_again(client, cast, settings, clock):
    settings.PASSWORD_POLICY = "djbh"
    sign_in(client, "ping.clerk@example.org")
    words = [PASSWORD, *(f"Ping-{number}-Jia" for number in range(6))]
    for old, new in pairwise(words):
        clock.shift(60)
        assert change(client, old, new).status_code == 302
    clock.shift(60)
    assert change(client, words[-1], words[2]).context["form"].errors.keys() == {"password1"}
    assert change(client, words[-1], words[1]).status_code == 302
    assert User.objects.get(email="ping.clerk@example.org").past_passwords.count() == 5


def test_under_djbh_a_password_older_than_90_days_is_changed_first(client, cast, settings, clock):
    settings.PASSWORD_POLICY = "djbh"
    User.objects.update(password_set=NOON - timedelta(days=91))
    sign_in(client, "ping.clerk@example.org")
    assert client.get("/workbench/").url == "/account/password/change/"
    change(client, PASSWORD, "Ping-1-Jia")
    assert is_in(client)


def test_under_asvs_no_password_grows_old(client, cast, clock):
    User.objects.update(password_set=NOON - timedelta(days=900))
    sign_in(client, "ping.clerk@example.org")
    assert is_in(client)


def test_changing_the_password_ends_the_other_sessions(client, cast):
    elsewhere = Client()
    sign_in(elsewhere, "ping.clerk@example.org")
    sign_in(client, "ping.clerk@example.org")
    change(client, PASSWORD, "another long way to Jia")
    assert (is_in(elsewhere), is_in(client)) == (False, True)
    assert Entry.objects.filter(verb="password_changed").count() == 1


# --- the second factor ----------------------------------------------------------------------------


def code_now(authenticator, moment):
    key = SecondFactorAdapter().decrypt(authenticator.data["secret"])
    return format_hotp_value(hotp_value(key, int(moment.timestamp()) // 30))


@pytest.fixture
def reviewer(cast):
    """A reviewer with an authenticator app."""
    user = cast.people["ping.reviewer"]
    secret = SecondFactorAdapter().encrypt("JBSWY3DPEHPK3PXP")
    return Authenticator.objects.create(user=user, type="totp", data={"secret": secret})


def second(client, code):
    return client.post("/account/2fa/authenticate/", {"code": code}, REMOTE_ADDR="192.0.2.7")


def test_with_a_second_factor_the_password_alone_does_not_sign_in(client, reviewer, clock):
    assert sign_in(client, "ping.reviewer@example.org").url == "/account/2fa/authenticate/"
    assert is_in(client) is False
    assert second(client, code_now(reviewer, NOON)).status_code == 302
    assert is_in(client)


def test_a_code_counts_once_as_long_as_it_could_count(client, reviewer, clock):
    code = code_now(reviewer, NOON)
    sign_in(client, "ping.reviewer@example.org")
    assert second(client, code).status_code == 302
    for wait in (1, 29, 15):
        clock.shift(wait)
        again = Client()
        sign_in(again, "ping.reviewer@example.org")
        assert second(again, code).status_code == 200


def test_a_wrong_code_is_recorded_with_the_address_it_came_from(client, reviewer, clock):
    sign_in(client, "ping.reviewer@example.org")
    second(client, "000000")
    entry = Entry.objects.get(verb="second_factor_failed")
    assert (entry.subject_label, entry.ip, entry.result) == (
        "ping.reviewer", "192.0.2.7", "refused",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("steps", "counts"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_a_code_counts_one_step_either_way(client, reviewer, clock, steps, counts):
    sign_in(client, "ping.reviewer@example.org")
    code = code_now(reviewer, NOON + timedelta(seconds=30 * steps))
    assert (second(client, code).status_code == 302) == counts


def test_a_recovery_code_counts_once_and_is_kept_as_a_digest_only(client, cast, reviewer, clock):
    codes = actions.new_recovery_codes(reviewer.user, by=cast["ping.reviewer"])
    kept = "".join(RecoveryCode.objects.values_list("digest", flat=True))
    assert [code for code in codes if code in kept or code.replace("-", "") in kept] == []
    for expected in (302, 200):
        again = Client()
        sign_in(again, "ping.reviewer@example.org")
        assert second(again, codes[0]).status_code == expected
    assert RecoveryCode.objects.filter(used=None).count() == 9


def test_replacing_the_password_does_not_go_round_the_second_factor(client, reviewer, clock):
    client.post("/account/password/reset/", {"email": "ping.reviewer@example.org"})
    client.post("/account/password/reset/confirm/", {"code": letter_code()})
    new = {"password1": "quite another way", "password2": "quite another way"}
    client.post("/account/password/reset/complete/", new)
    assert is_in(client) is False
    assert sign_in(client, "ping.reviewer@example.org", "quite another way").url == (
        "/account/2fa/authenticate/"
    )


@pytest.mark.parametrize(
    ("who", "needed"),
    [
        ("ping.reviewer", True),
        ("ping.audit_admin", True),
        ("ping.clerk", False),
        ("founder", False),
    ],
)
def test_at_protection_level_3_those_who_decide_set_it_up_first(
    client, cast, settings, who, needed
):
    settings.MLPS = "3"
    sign_in(client, f"{who}@example.org")
    answer = client.get("/workbench/")
    assert (answer.status_code == 302 and answer.url == "/account/2fa/totp/activate/") == needed


def test_setting_up_the_second_factor_shows_a_picture_and_encrypts_the_key(
    client, cast, clock, django_capture_on_commit_callbacks
):
    sign_in(client, "ping.clerk@example.org")
    assert client.get("/account/2fa/totp/activate/").url.startswith("/account/reauthenticate/")
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    page = client.get("/account/2fa/totp/activate/").content.decode()
    secret = re.search(r'class="key-text">(\w+)<', page)[1]
    picture = client.get("/account/second-factor.svg")
    assert (picture["Content-Type"], b"<svg" in picture.content) == ("image/svg+xml", True)
    code = format_hotp_value(hotp_value(secret, int(NOON.timestamp()) // 30))
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post("/account/2fa/totp/activate/", {"code": code})
    assert done.status_code == 302
    kept = str(Authenticator.objects.get(user__name="ping.clerk").data)
    assert secret not in kept
    assert Entry.objects.filter(verb="totp_activated").count() == 1


def test_signing_out_leaves_nothing_in_the_browser(client, cast):
    sign_in(client, "ping.clerk@example.org")
    assert client.get("/help/").headers["Cache-Control"] == "private, no-store"
    out = client.post("/account/logout/")
    assert out.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "no-store" in out.headers["Cache-Control"]
    assert "Clear-Site-Data" not in client.get("/help/").headers
