"""The pages of the sign-in library: the ways in, and one's own account."""

from tests.matrix.rows import SIGN_IN, public, row

ROWS = [
    public("account_login", otherwise=302),
    public("account_logout", visitor=302),
    public("account_inactive"),
    row("account_reauthenticate", otherwise=200),
    row("account_email", otherwise=200),
    row("account_email_verification_sent", otherwise=302),
    row("account_change_password", otherwise=200),
    row("account_set_password", otherwise=302),
    public("account_reset_password"),
    row("account_confirm_login_code", otherwise=302),
    row("account_confirm_password_reset_code", otherwise=SIGN_IN),
    row("account_complete_password_reset", otherwise=302, visitor=302),
    public("account_password_reset_completed"),
    row("mfa_index", otherwise=200),
    row("mfa_authenticate", otherwise=302),
    row("mfa_reauthenticate", otherwise=302),
    row("mfa_activate_totp", otherwise=200),
    row("mfa_deactivate_totp", otherwise=404),
    public("socialaccount_login_cancelled"),
    public("socialaccount_login_error", otherwise=401, visitor=401),
    row("socialaccount_signup", otherwise=SIGN_IN),
    row("socialaccount_connections", otherwise=200),
    public("account/social/login/cancelled/", otherwise=301, visitor=301),
    public("account/social/login/error/", otherwise=301, visitor=301),
    public("account/social/signup/", otherwise=301, visitor=301),
    public("account/social/connections/", otherwise=301, visitor=301),
    row("usersessions_list", otherwise=200),
]
