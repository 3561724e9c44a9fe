"""The pages of the sign-in library: the ways in, and one's own account."""

from tests.cast import PASSWORD
from tests.matrix.rows import SIGN_IN, Form, public, row

NEW = "seven owls in one barn"
LEADS_ON = "leads on, unless a code was asked for; what then changes leaves its entry (tests/organisations/test_signin.py)"
ONLY_A_CODE = "a code is sent; the change and its entry come when it is typed in (tests/organisations/test_signin.py)"
THE_SESSION_ALONE = "nothing changes: the session alone notes that the password was given again"
HAS_ONE = "leads on: everybody here has a password"
WRONG = "a wrong code; the right one leaves totp_activated (tests/organisations/test_signin.py)"
NO_SERVICE = "no outside service is configured, so there is no account to take away"
CHANGED = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
SIGNS_IN = {"login": "ping.clerk@example.org", "password": PASSWORD}
ASKED = {"email": "new@example.org", "action_add": ""}

ROWS = [
    public("account_login", otherwise=302, form=Form(by="visitor", sends=SIGNS_IN, entry="signed_in", texts=("login",))),
    public("account_logout", visitor=302, form=Form(by="ping.clerk", entry="signed_out")),
    public("account_inactive"),
    row(
        "account_reauthenticate", otherwise=200,
        form=Form(by="ping.clerk", sends={"password": PASSWORD}, no_entry=THE_SESSION_ALONE, texts=("password",)),
    ),
    row("account_email", otherwise=200, form=Form(by="ping.clerk", sends=ASKED, no_entry=ONLY_A_CODE, texts=("email",))),
    row("account_email_verification_sent", otherwise=302, form=Form(by="ping.clerk", no_entry=LEADS_ON)),
    row(
        "account_change_password", otherwise=200,
        form=Form(by="ping.clerk", sends=CHANGED, entry="password_changed", texts=("oldpassword",)),
    ),
    row("account_set_password", otherwise=302, form=Form(by="ping.clerk", no_entry=HAS_ONE)),
    public(
        "account_reset_password",
        form=Form(by="visitor", sends={"email": "ping.clerk@example.org"}, no_entry=ONLY_A_CODE, texts=("email",)),
    ),
    row("account_confirm_login_code", otherwise=302, form=Form(by="visitor", no_entry=LEADS_ON)),
    row("account_confirm_password_reset_code", otherwise=SIGN_IN, form=Form(by="visitor", no_entry=LEADS_ON)),
    row("account_complete_password_reset", otherwise=302, visitor=302, form=Form(by="visitor", no_entry=LEADS_ON)),
    public("account_password_reset_completed"),
    row("mfa_index", otherwise=200),
    row("mfa_authenticate", otherwise=302, form=Form(by="visitor", no_entry=LEADS_ON)),
    row("mfa_reauthenticate", otherwise=302, form=Form(by="ping.clerk", no_entry=LEADS_ON)),
    row(
        "mfa_activate_totp", otherwise=200,
        form=Form(by="ping.clerk", sends={"code": "000000"}, answer=200, no_entry=WRONG, texts=("code",)),
    ),
    row("mfa_deactivate_totp", otherwise=404),
    public("socialaccount_login_cancelled"),
    public("socialaccount_login_error", otherwise=401, visitor=401),
    row("socialaccount_signup", otherwise=SIGN_IN, form=Form(by="visitor", no_entry=LEADS_ON)),
    row("socialaccount_connections", otherwise=200, form=Form(by="ping.clerk", answer=200, no_entry=NO_SERVICE)),
    public("account/social/login/cancelled/", otherwise=301, visitor=301),
    public("account/social/login/error/", otherwise=301, visitor=301),
    public("account/social/signup/", otherwise=301, visitor=301),
    public("account/social/connections/", otherwise=301, visitor=301),
    row("usersessions_list", otherwise=200, form=Form(by="ping.clerk", entry="sessions_ended")),
]  # fmt: skip
