"""Accounts, passwords, sessions, the second factor, and sign-in by other services."""

from zhongchuang.settings import variables

BEHIND_HTTPS = variables.HTTPS.read() == "yes"
OWN_PROXIES = int(variables.PROXIES.read())
AUTH_USER_MODEL = "organisations.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
DEPLOYMENT = variables.DEPLOYMENT_KIND.read()
MLPS = variables.PROTECTION_LEVEL.read()
PASSWORD_POLICY = variables.PASSWORDS.read() or ("djbh" if DEPLOYMENT == "gov" else "asvs")
PASSWORD_PROFILES = {
    "asvs": {"length": 12, "kinds": 0, "remembered": 0, "days": 0},
    "djbh": {"length": 8, "kinds": 3, "remembered": 5, "days": 90},
}
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "zhongchuang.organisations.passwords.PasswordProfile"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "name"]},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "organisations:workbench"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_NAME = "__Host-session" if BEHIND_HTTPS else "session"
SESSION_COOKIE_SECURE = BEHIND_HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"

ACCOUNT_ADAPTER = "zhongchuang.organisations.signin.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_RATE_LIMITS = {
    "login": "20/m/ip",
    # Per account and address: five failures, then ever longer waits; ten in 15 minutes hold for the rest of them.
    "login_failed": "5/30s/key,7/2m/key,10/15m/key",
}
ACCOUNT_FORMS = {
    "login": "zhongchuang.organisations.forms.SignInForm",
    "change_password": "zhongchuang.organisations.forms.ChangePasswordForm",
    "reset_password": "zhongchuang.organisations.forms.ForgottenPasswordForm",
    "reset_password_from_key": "zhongchuang.organisations.forms.NewPasswordForm",
    "confirm_email_verification_code": "zhongchuang.organisations.forms.MailCodeForm",
    "confirm_password_reset_code": "zhongchuang.organisations.forms.ResetCodeForm",
    "reauthenticate": "zhongchuang.organisations.forms.PasswordAgainForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = OWN_PROXIES
MFA_ADAPTER = "zhongchuang.organisations.signin.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp"]  # recovery codes are ours: theirs can be read back
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "zhongchuang.organisations.signin.SecondFactorForm",
    "reauthenticate": "zhongchuang.organisations.signin.SecondFactorAgainForm",
    "activate_totp": "zhongchuang.organisations.forms.NewAuthenticatorForm",
}
KEYED_PATHS = {
    "/gap/u/": "gap:start",
    "/invitations/": "portal:home",
    "/apply/follow/": "portal:home",
    "/apply/figures/": "portal:home",
    "/events/": "portal:home",
    "/objections/": "procedures:notices",
}
"""Addresses that are keys, each with the page above it."""
FREE_PATHS = ("/account/", "/api/", "/display/", "/session/", "/static/")
"""Where a person may go who must first change the password or set up a second factor."""

SOCIALACCOUNT_ADAPTER = "zhongchuang.organisations.signin.ExternalAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
EXTERNAL = {
    "dingtalk": (
        variables.DINGTALK_CLIENT,
        variables.DINGTALK_SECRET,
        "https://login.dingtalk.com",
    ),
    "feishu": (variables.FEISHU_CLIENT, variables.FEISHU_SECRET, "https://open.feishu.cn"),
    "weixin": (variables.WEIXIN_CLIENT, variables.WEIXIN_SECRET, "https://open.weixin.qq.com"),
}
"""Services for sign-in: name, client, secret, and the site that the browser is sent to."""

SOCIALACCOUNT_PROVIDERS = {
    name: {"APPS": [{"client_id": client.read(), "secret": secret.read()}]}
    for name, (client, secret, _site) in EXTERNAL.items()
    if client.read()
}
SIGN_IN_SITES = [EXTERNAL[name][2] for name in SOCIALACCOUNT_PROVIDERS]
if variables.OIDC_ISSUER.read():
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "APPS": [
            {
                "provider_id": "oidc",
                "name": variables.OIDC_NAME.read(),
                "client_id": variables.OIDC_CLIENT.read(),
                "secret": variables.OIDC_SECRET.read(),
                "settings": {"server_url": variables.OIDC_ISSUER.read()},
            }
        ],
        "OAUTH_PKCE_ENABLED": True,
    }
    SIGN_IN_SITES.append(variables.OIDC_ISSUER.read().split("/.well-known")[0])
