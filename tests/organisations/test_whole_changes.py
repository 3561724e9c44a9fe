"""Where the audit entry cannot be written, nothing else is written either, by whomever the page was made (M-03)."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection
from django.test import Client

from tests.cast import PASSWORD
from tests.organisations.test_registration import letter_code
from zhongchuang.audit.models import Entry
from zhongchuang.organisations import actions
from zhongchuang.organisations.access import Acting
from zhongchuang.organisations.models import PastPassword, RecoveryCode, User
from zhongchuang.organisations.signin import SecondFactorAdapter

EMAIL = "ping.clerk@example.org"
KEY = "JBSWY3DPEHPK3PXP"
NEW = {"password1": "quite another way", "password2": "quite another way"}
KEPT = (User, PastPassword, EmailAddress, Authenticator, UserSession, Session, RecoveryCode)
REFUSE = {
    "sqlite": [
        "CREATE TRIGGER no_entry BEFORE INSERT ON audit_entry BEGIN SELECT RAISE(ABORT, 'full'); END"
    ],
    "postgresql": [
        """
        CREATE FUNCTION no_entry() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'full'; END $$
        """,
        """
        CREATE TRIGGER no_entry BEFORE INSERT ON audit_entry
        FOR EACH ROW EXECUTE FUNCTION no_entry()
        """,
    ],
}


@pytest.fixture
def clock():
    """A moment after whatever the cast began to hold today."""
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=1), tick=False) as moving:
        yield moving


def rows():
    return {model.__name__: sorted(map(str, model.objects.values())) for model in KEPT}


def the_log_is_full():
    with connection.cursor() as cursor:
        for statement in REFUSE[connection.vendor]:
            cursor.execute(statement)


def code_now(key=KEY):
    return format_hotp_value(hotp_value(key, int(datetime.now(UTC).timestamp()) // 30))


def sign_in(client):
    return client.post("/account/login/", {"login": EMAIL, "password": PASSWORD})


def with_factor():
    secret = SecondFactorAdapter().encrypt(KEY)
    user = User.objects.get(email=EMAIL)
    return Authenticator.objects.create(user=user, type="totp", data={"secret": secret})


def prove_again(client):
    client.post("/account/reauthenticate/", {"password": PASSWORD})


# Each leads up to the last step and names it: the address, and what is sent there.


def signing_in(client):
    return "/account/login/", {"login": EMAIL, "password": PASSWORD}


def failing_to_sign_in(client):
    return "/account/login/", {"login": EMAIL, "password": "wrong"}


def signing_out(client):
    sign_in(client)
    return "/account/logout/", {}


def changing_the_password(client):
    sign_in(client)
    return "/account/password/change/", {"oldpassword": PASSWORD} | NEW


def replacing_the_password(client):
    client.post("/account/password/reset/", {"email": EMAIL})
    client.post("/account/password/reset/confirm/", {"code": letter_code()})
    return "/account/password/reset/complete/", NEW


def setting_up_the_second_factor(client):
    sign_in(client)
    prove_again(client)
    page = client.get("/account/2fa/totp/activate/").content.decode()
    return "/account/2fa/totp/activate/", {
        "code": code_now(re.search(r'class="key-text">(\w+)<', page)[1])
    }


def removing_the_second_factor(client):
    sign_in(client)
    prove_again(client)
    with_factor()
    return "/account/2fa/totp/deactivate/", {}


def using_a_recovery_code(client):
    factor = with_factor()
    codes = actions.new_recovery_codes(factor.user, by=Acting(factor.user))
    sign_in(client)
    return "/account/2fa/authenticate/", {"code": codes[0]}


def changing_the_address(client):
    sign_in(client)
    prove_again(client)
    client.post("/account/email/", {"action_add": "", "email": "new@example.org"})
    return "/account/confirm-email/", {"code": letter_code()}


def ending_other_sessions(client):
    sign_in(Client())
    sign_in(client)
    return "/account/sessions/", {}


STEPS = {
    signing_in: "signed_in",
    failing_to_sign_in: "sign_in_failed",
    signing_out: "signed_out",
    changing_the_password: "password_changed",
    replacing_the_password: "password_reset",
    setting_up_the_second_factor: "totp_activated",
    removing_the_second_factor: "totp_deactivated",
    using_a_recovery_code: "recovery_code_used",
    changing_the_address: "email_changed",
    ending_other_sessions: "sessions_ended",
}


@pytest.mark.parametrize("lead_up", STEPS, ids=lambda step: step.__name__)
def test_a_change_of_the_sign_in_and_its_entry_are_written_together(cast, clock, lead_up):
    client = Client()
    path, given = lead_up(client)
    before, count = rows(), Entry.objects.count()
    client.post(path, given)
    written = Entry.objects.order_by("number").values_list("verb", flat=True)[count:]
    assert STEPS[lead_up] in written
    if lead_up is not failing_to_sign_in:
        assert rows() != before


@pytest.mark.parametrize("lead_up", STEPS, ids=lambda step: step.__name__)
def test_nothing_changes_where_the_entry_cannot_be_written(cast, clock, lead_up):
    client = Client()
    path, given = lead_up(client)
    before = rows()
    the_log_is_full()
    with pytest.raises(DatabaseError, match="full"):
        client.post(path, given)
    assert rows() == before


def test_a_session_that_is_over_stays_where_its_end_cannot_be_written(cast, clock):
    client = Client()
    sign_in(client)
    clock.shift(timedelta(minutes=31))
    before = rows()
    the_log_is_full()
    with pytest.raises(DatabaseError, match="full"):
        client.get("/workbench/")
    assert rows() == before
