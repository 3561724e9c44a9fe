"""Django's settings; what an operator may change is a Variable, declared once."""

import os
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Variable:
    """An environment variable: empty means its default, and a value not allowed stops the start."""

    name: str
    default: str
    help: str
    allowed: Collection[str] | range | None = None

    def read(self) -> str:
        value = os.environ.get(self.name) or self.default
        if self.allowed is not None and value not in map(str, self.allowed):
            raise ImproperlyConfigured(f"{self.name} is {value!r}; allowed: {self.allowed_text}.")
        return value

    @property
    def allowed_text(self) -> str:
        if isinstance(self.allowed, range):
            return f"{self.allowed.start} to {self.allowed.stop - 1}"
        return ", ".join(self.allowed or ())


YES_NO = ("yes", "no")

DATA_FOLDER = Variable(
    "ZHONGCHUANG_DATA", "var", "Folder for the database file, uploads and the secret key."
)
DATABASE = Variable(
    "DATABASE_URL", "", "postgres://user:password@host/name; empty means SQLite in the data folder."
)
HOSTS = Variable(
    "ZHONGCHUANG_HOSTS",
    "localhost,127.0.0.1,[::1]",
    "Host names the site answers to, separated by commas.",
)
HTTPS = Variable(
    "ZHONGCHUANG_HTTPS",
    "no",
    "Whether the site stands behind a proxy that speaks HTTPS and sets X-Forwarded-Proto.",
    YES_NO,
)
PROXIES = Variable(
    "ZHONGCHUANG_PROXIES",
    "0",
    "How many proxies of your own stand in front; so many addresses at the end of X-Forwarded-For are believed.",
    range(6),
)
DEBUGGING = Variable(
    "ZHONGCHUANG_DEBUG", "no", "Shows details of errors to everyone; for developers only.", YES_NO
)
DEMONSTRATING = Variable(
    "ZHONGCHUANG_DEMONSTRATION",
    "no",
    "Whether an empty database may be filled with invented organisations, people and spaces; dev.py run sets it.",
    YES_NO,
)
PACKS = Variable(
    "ZHONGCHUANG_PACKS",
    "",
    "Folders with packs of your own, separated as in PATH; a pack takes the place of one with the same id.",
)
SECRET = Variable(
    "ZHONGCHUANG_SECRET_KEY",
    "",
    "At least 40 characters, the same on every machine; empty means a key made in the data folder.",
)
LANGUAGE = Variable(
    "ZHONGCHUANG_LANGUAGE", "zh-hans", "Language of a first visit.", ("zh-hans", "en")
)
JOB_WORKERS = Variable(
    "ZHONGCHUANG_JOB_WORKERS", "1", "Processes of the background worker.", range(1, 65)
)
CRYPTO = Variable(
    "ZHONGCHUANG_CRYPTO_SUITE",
    "intl",
    "Algorithms of the audit chain and of encrypted fields: intl is HMAC-SHA-256 and AES-256-GCM, gm is HMAC-SM3 and SM4-GCM. What is written keeps its own; rotate_keys writes fields anew.",
    ("intl", "gm"),
)
AUDIT_SECRET = Variable(
    "ZHONGCHUANG_AUDIT_KEY",
    "",
    "Key of the audit chain: at least 40 characters, the same on every machine, never changed; empty means one made in the data folder.",
)
FIELD_SECRETS = Variable(
    "ZHONGCHUANG_FIELD_KEYS",
    "",
    "Keys of encrypted fields as number:secret, separated by commas, each of at least 40 characters, the same on every machine; the highest number writes, all read. Empty means the file field.keys in the data folder, made there.",
)
AUDIT_ANCHORS = Variable(
    "ZHONGCHUANG_AUDIT_ANCHOR",
    "commit",
    "When the head of the audit chain is noted outside the database: at each commit, or hourly by a job.",
    ("commit", "hourly"),
)
AUDIT_ANCHOR_PATH = Variable(
    "ZHONGCHUANG_AUDIT_ANCHOR_FILE",
    "",
    "Append-only file of the noted heads, best on another disk; empty means audit-anchors.log in the data folder.",
)
AUDIT_SYSLOG_ADDRESS = Variable(
    "ZHONGCHUANG_AUDIT_SYSLOG",
    "",
    "Where noted heads are sent as well: host:port over UDP, or a socket such as /dev/log; empty means nowhere.",
)
AUDIT_KEPT_DAYS = Variable(
    "ZHONGCHUANG_AUDIT_DAYS",
    "365",
    "Days for which audit entries stay in the database before they may be archived.",
    range(183, 36_501),
)
DEPLOYMENT_KIND = Variable(
    "ZHONGCHUANG_DEPLOYMENT",
    "general",
    "Who runs the site; gov chooses stricter defaults.",
    ("general", "gov"),
)
PASSWORDS = Variable(
    "ZHONGCHUANG_PASSWORD_POLICY",
    "",
    "asvs: 12 characters, no further rules. djbh: 8 characters of 3 kinds, changed every 90 days, the last 5 not used again. Empty: djbh for gov, asvs otherwise.",
    ("", "asvs", "djbh"),
)
PROTECTION_LEVEL = Variable(
    "ZHONGCHUANG_MLPS",
    "2",
    "Level of protection; at 3 reviewers, approvers and administrators need a second factor.",
    ("2", "3"),
)
SITE_URL = Variable(
    "ZHONGCHUANG_SITE_URL", "http://localhost:8000", "Address of the site as it stands in letters."
)
MAIL_HOST = Variable(
    "ZHONGCHUANG_MAIL_HOST",
    "",
    "Mail server; empty means letters are written to mail/ in the data folder.",
)
MAIL_PORT = Variable("ZHONGCHUANG_MAIL_PORT", "587", "Port of the mail server.", range(1, 65_536))
MAIL_USER = Variable("ZHONGCHUANG_MAIL_USER", "", "User of the mail server.")
MAIL_PASSWORD = Variable("ZHONGCHUANG_MAIL_PASSWORD", "", "Password of the mail server.")
MAIL_SECURITY = Variable(
    "ZHONGCHUANG_MAIL_SECURITY",
    "starttls",
    "How the mail server is spoken to.",
    ("starttls", "tls", "none"),
)
MAIL_FROM = Variable("ZHONGCHUANG_MAIL_FROM", "noreply@localhost", "Sender of letters.")
OIDC_ISSUER = Variable(
    "ZHONGCHUANG_OIDC_ISSUER",
    "",
    "Issuer of an OpenID Connect service, such as a unified government sign-in; empty means none.",
)
OIDC_NAME = Variable("ZHONGCHUANG_OIDC_NAME", "OpenID Connect", "What its button says.")
OIDC_CLIENT = Variable("ZHONGCHUANG_OIDC_CLIENT", "", "Client id there.")
OIDC_SECRET = Variable("ZHONGCHUANG_OIDC_SECRET", "", "Client secret there.")
DINGTALK_CLIENT = Variable(
    "ZHONGCHUANG_DINGTALK_CLIENT", "", "App key at DingTalk; empty means none."
)
DINGTALK_SECRET = Variable("ZHONGCHUANG_DINGTALK_SECRET", "", "App secret at DingTalk.")
FEISHU_CLIENT = Variable("ZHONGCHUANG_FEISHU_CLIENT", "", "App id at Feishu; empty means none.")
FEISHU_SECRET = Variable("ZHONGCHUANG_FEISHU_SECRET", "", "App secret at Feishu.")
WEIXIN_CLIENT = Variable("ZHONGCHUANG_WEIXIN_CLIENT", "", "App id at Weixin; empty means none.")
WEIXIN_SECRET = Variable("ZHONGCHUANG_WEIXIN_SECRET", "", "App secret at Weixin.")
FILE_STORE = Variable(
    "ZHONGCHUANG_FILE_STORE",
    "",
    "Where files are kept: s3://bucket, with the keys in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; empty means files/ in the data folder.",
)
FILE_STORE_ADDRESS = Variable(
    "ZHONGCHUANG_FILE_STORE_ADDRESS", "", "Address of an S3 service other than Amazon's."
)
FILE_QUOTA_MB = Variable(
    "ZHONGCHUANG_FILE_QUOTA",
    "2048",
    "MB of files that one organisation may hand in.",
    range(50, 1_000_001),
)
SCANNER = Variable(
    "ZHONGCHUANG_CLAMD",
    "",
    "Where clamd scans files: host:port or the path of its socket; empty means files are not scanned.",
)
CHANNELS = Variable(
    "ZHONGCHUANG_LETTER_CHANNELS",
    "mail=zhongchuang.records.providers.by_mail",
    "Ways that letters leave the platform: name=dotted.path of a function, separated by commas.",
)
PUBLIC_LISTS = Variable(
    "ZHONGCHUANG_PUBLIC_LISTS",
    "60",
    "How many pages of public lists one network address opens in a minute without signing in.",
    range(1, 100_001),
)
TOKENS_LAST = Variable(
    "ZHONGCHUANG_TOKEN_DAYS",
    "365",
    "Days that a token for the API lasts at most.",
    range(1, 367),
)
API_REQUESTS = Variable(
    "ZHONGCHUANG_API_RATE",
    "120",
    "Requests a minute that the API answers to one token, one person or one network address.",
    range(10, 100_001),
)
SITE_NAME = Variable("ZHONGCHUANG_SITE_NAME", "", "Name of the site; empty means a general one.")
SITE_DOMAIN = Variable("ZHONGCHUANG_SITE_DOMAIN", "", "Domain name of the site.")
SITE_CODE = Variable("ZHONGCHUANG_SITE_CODE", "", "Identification code of a government website.")
SITE_ICP = Variable("ZHONGCHUANG_SITE_ICP", "", "ICP filing number.")
SITE_POLICE = Variable("ZHONGCHUANG_SITE_POLICE", "", "Public security filing number.")
SITE_HOST = Variable("ZHONGCHUANG_SITE_HOST", "", "Department that runs the site.")
SITE_OPERATOR = Variable("ZHONGCHUANG_SITE_OPERATOR", "", "Organisation that operates the site.")
SITE_PHONE = Variable("ZHONGCHUANG_SITE_PHONE", "", "Telephone number for questions.")
SITE_HOURS = Variable("ZHONGCHUANG_SITE_HOURS", "", "Hours at which the telephone is answered.")
SITE_MARK = Variable(
    "ZHONGCHUANG_SITE_MARK",
    "",
    "Address of the site's entry in the register of party and government websites.",
)
SITE_MISTAKES = Variable(
    "ZHONGCHUANG_SITE_MISTAKES", "", "Address of the page where mistakes of the site are reported."
)

VARIABLES = tuple(value for value in list(globals().values()) if isinstance(value, Variable))


def secret_key(
    given: str, folder: Path, variable: Variable = SECRET, file: str = "secret.key"
) -> str:
    """The given key, or the one kept in the folder; it is made on the first start."""
    if given:
        if len(given) < 40:
            raise ImproperlyConfigured(
                f"{variable.name} has {len(given)} characters; 40 are needed."
            )
        return given
    path = folder / file
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    with os.fdopen(descriptor, "w", encoding="ascii") as key:
        key.write(get_random_secret_key())
    return path.read_text(encoding="ascii")


def sqlite(path: Path) -> dict:
    """A commit that was answered survives a power cut; a writer waits instead of failing.

    What is deleted is overwritten, so that deleted figures do not stay in the file.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "timeout": 10,
            "transaction_mode": "IMMEDIATE",
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                "PRAGMA secure_delete=ON;"
            ),
        },
    }


def postgresql(url: str) -> dict:
    database = dj_database_url.parse(url)
    if database["ENGINE"] != "django.db.backends.postgresql":
        raise ImproperlyConfigured(f"{DATABASE.name} must begin with postgres:// or postgresql://.")
    return database | {"OPTIONS": database.get("OPTIONS", {}) | {"pool": True}}


def file_store(given: str, address: str) -> dict:
    """The store of uploaded files: the local folder, or a bucket that any number of machines share."""
    if not given:
        return {"BACKEND": "zhongchuang.records.storage.DurableFiles"}
    if not given.startswith("s3://"):
        raise ImproperlyConfigured(f"{FILE_STORE.name} must begin with s3://.")
    options = {"bucket_name": given.removeprefix("s3://"), "endpoint_url": address or None}
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": options | {"default_acl": "private", "file_overwrite": True},
    }


def channels(given: str) -> dict:
    """Channels of letters by name."""
    pairs = [pair.partition("=") for pair in given.split(",")]
    if not all(name.strip() and path.strip() for name, _equals, path in pairs):
        raise ImproperlyConfigured(f"{CHANNELS.name} is a list of name=dotted.path.")
    return {name.strip(): path.strip() for name, _equals, path in pairs}


DATA = Path(DATA_FOLDER.read()).resolve()
DATA.mkdir(mode=0o700, parents=True, exist_ok=True)

PACK_FOLDERS = tuple(Path(one).resolve() for one in PACKS.read().split(os.pathsep) if one)
for folder in PACK_FOLDERS:
    if not folder.is_dir():
        raise ImproperlyConfigured(f"{PACKS.name} names {folder}, which is no folder.")

BEHIND_HTTPS = HTTPS.read() == "yes"
OWN_PROXIES = int(PROXIES.read())
DEBUG = DEBUGGING.read() == "yes"
if DEBUG and BEHIND_HTTPS:
    raise ImproperlyConfigured(f"{DEBUGGING.name} and {HTTPS.name} must not both be yes.")
DEMONSTRATION = DEMONSTRATING.read() == "yes"
if DEMONSTRATION and BEHIND_HTTPS:
    raise ImproperlyConfigured(f"{DEMONSTRATING.name} and {HTTPS.name} must not both be yes.")
SECRET_KEY = secret_key(SECRET.read(), DATA)
CRYPTO_SUITE = CRYPTO.read()
AUDIT_KEY = secret_key(AUDIT_SECRET.read(), DATA, AUDIT_SECRET, "audit.key").encode()
FIELD_KEYS = FIELD_SECRETS.read()
FIELD_KEY_FILE = DATA / "field.keys"
AUDIT_ANCHOR = AUDIT_ANCHORS.read()
AUDIT_ANCHOR_FILE = Path(AUDIT_ANCHOR_PATH.read() or DATA / "audit-anchors.log")
AUDIT_SYSLOG = AUDIT_SYSLOG_ADDRESS.read()
AUDIT_ARCHIVE = DATA / "audit-archive"
AUDIT_DAYS = int(AUDIT_KEPT_DAYS.read())
ALLOWED_HOSTS = [host.strip() for host in HOSTS.read().split(",")]
ROOT_URLCONF = "zhongchuang.urls"
WSGI_APPLICATION = "zhongchuang.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "zhongchuang.organisations",  # first: its pages stand before those of the sign-in library
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "django_htmx",
    "django_q",
    "zhongchuang.page",
    "zhongchuang.audit",
    "zhongchuang.sealed",
    "zhongchuang.records",
    "zhongchuang.privacy",
    "zhongchuang.imports",
    "zhongchuang.spaces",
    "zhongchuang.ledgers",
    "zhongchuang.residents",
    "zhongchuang.services",
    "zhongchuang.finance",
    "zhongchuang.signs",
    "zhongchuang.gap",
    "zhongchuang.portal",
    "zhongchuang.api",
]

MIDDLEWARE = [
    "zhongchuang.page.display.display_middleware",  # first: error pages speak the reader's language
    "zhongchuang.page.errors.keyed_pages_are_private",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "zhongchuang.page.errors.closed_for_work",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "zhongchuang.records.views.drafts.keep_posted",  # around the next: what it ends may have brought a form
    "zhongchuang.organisations.signin.session_rules",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "zhongchuang.page.errors.refusals_in_words",
    "zhongchuang.page.errors.addresses_are_text",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "zhongchuang.page.shell.shell",
                "zhongchuang.organisations.shell.shell",
            ],
        },
    }
]

DATABASES = {
    "default": postgresql(DATABASE.read()) if DATABASE.read() else sqlite(DATA / "zhongchuang.db")
}
# Shared by all processes: it counts failed sign-ins.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
}
Q_CLUSTER = {
    "name": "zhongchuang",
    "orm": "default",
    "workers": int(JOB_WORKERS.read()),
    "timeout": 600,
    "retry": 700,  # longer than the time limit, so that a running job is not started twice
    "max_attempts": 5,
    "ack_failures": True,
    "catch_up": False,
    "label": "jobs",
}

FORM_RENDERER = "zhongchuang.page.forms.Renderer"

AUTH_USER_MODEL = "organisations.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
DEPLOYMENT = DEPLOYMENT_KIND.read()
MLPS = PROTECTION_LEVEL.read()
PASSWORD_POLICY = PASSWORDS.read() or ("djbh" if DEPLOYMENT == "gov" else "asvs")
PASSWORD_PROFILES = {
    "asvs": {"length": 12, "kinds": 0, "remembered": 0, "days": 0},
    "djbh": {"length": 8, "kinds": 3, "remembered": 5, "days": 90},
}
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "zhongchuang.organisations.signin.PasswordProfile"},
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
KEYED_PATHS = {"/gap/u/": "gap:start", "/invitations/": "portal:home"}
"""Addresses that are keys, each with the page above it."""
FREE_PATHS = ("/account/", "/api/", "/display/", "/session/", "/static/")
"""Where a person may go who must first change the password or set up a second factor."""

SOCIALACCOUNT_ADAPTER = "zhongchuang.organisations.signin.ExternalAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
EXTERNAL = {
    "dingtalk": (DINGTALK_CLIENT, DINGTALK_SECRET, "https://login.dingtalk.com"),
    "feishu": (FEISHU_CLIENT, FEISHU_SECRET, "https://open.feishu.cn"),
    "weixin": (WEIXIN_CLIENT, WEIXIN_SECRET, "https://open.weixin.qq.com"),
}
"""Services for sign-in: name, client, secret, and the site that the browser is sent to."""

SOCIALACCOUNT_PROVIDERS = {
    name: {"APPS": [{"client_id": client.read(), "secret": secret.read()}]}
    for name, (client, secret, _site) in EXTERNAL.items()
    if client.read()
}
SIGN_IN_SITES = [EXTERNAL[name][2] for name in SOCIALACCOUNT_PROVIDERS]
if OIDC_ISSUER.read():
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "APPS": [
            {
                "provider_id": "oidc",
                "name": OIDC_NAME.read(),
                "client_id": OIDC_CLIENT.read(),
                "secret": OIDC_SECRET.read(),
                "settings": {"server_url": OIDC_ISSUER.read()},
            }
        ],
        "OAUTH_PKCE_ENABLED": True,
    }
    SIGN_IN_SITES.append(OIDC_ISSUER.read().split("/.well-known")[0])
INSTALLED_APPS += [f"allauth.socialaccount.providers.{name}" for name in SOCIALACCOUNT_PROVIDERS]

DEFAULT_FROM_EMAIL = MAIL_FROM.read()
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if MAIL_HOST.read()
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = DATA / "mail"
EMAIL_HOST, EMAIL_PORT = MAIL_HOST.read(), int(MAIL_PORT.read())
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL_USER.read(), MAIL_PASSWORD.read()
EMAIL_USE_TLS = MAIL_SECURITY.read() == "starttls"
EMAIL_USE_SSL = MAIL_SECURITY.read() == "tls"
EMAIL_TIMEOUT = 20

LANGUAGE_CODE = LANGUAGE.read()
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [Path(__file__).parent / "locale"]
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
MEDIA_ROOT = DATA / "files"
STORAGES = {
    "default": file_store(FILE_STORE.read(), FILE_STORE_ADDRESS.read()),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_QUOTA = int(FILE_QUOTA_MB.read()) * 2**20
CLAMD = SCANNER.read()
TOKEN_DAYS = int(TOKENS_LAST.read())
API_RATE = int(API_REQUESTS.read())
LETTER_CHANNELS = channels(CHANNELS.read())
LISTS_A_MINUTE = int(PUBLIC_LISTS.read())
MAINTENANCE = DATA / "maintenance"
INCOMING = DATA / "incoming"
LETTER_FOLDER = DATA / "letters"
FILE_UPLOAD_HANDLERS = [
    "zhongchuang.gap.receiving.BoundedHandler",  # first: refuses what is too large before it is kept
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF, *SIGN_IN_SITES],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_HTTPS else None
SECURE_SSL_REDIRECT = BEHIND_HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = BEHIND_HTTPS
# Entering the lists of browser makers is the operator's decision.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
CSRF_COOKIE_SECURE = BEHIND_HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "zhongchuang.records.views.drafts.form_expired"
DISPLAY_COOKIE_SECURE = BEHIND_HTTPS

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        # These two log full addresses, and an address can be the key to an upload.
        # page.errors logs each incident with the name of its route instead.
        "django.request": {"level": "CRITICAL"},
        "django.security": {"level": "CRITICAL"},
        "django-q": {"level": "WARNING"},
    },
}

SITE = {
    "name": SITE_NAME.read() or _("Innovation space service platform"),
    "domain": SITE_DOMAIN.read(),
    "code": SITE_CODE.read(),
    "icp": SITE_ICP.read(),
    "police": SITE_POLICE.read(),
    "host": SITE_HOST.read(),
    "operator": SITE_OPERATOR.read(),
    "phone": SITE_PHONE.read(),
    "hours": SITE_HOURS.read(),
    "mark": SITE_MARK.read(),
    "mistakes": SITE_MISTAKES.read(),
}
SITE_ADDRESS = SITE_URL.read().rstrip("/")
# Templates that stand at the right of the head of every page.
HEAD_PARTS = ["organisations/me.html"]
# Templates that stand at the end of every page.
END_PARTS = ["organisations/session.html"]
HELP_PAGE = "portal:help"
# Names of addresses with their labels; the shell of every page shows them in this order.
MAIN_LINKS = [
    ("portal:home", _("Home")),
    ("gap:start", _("Gap analysis")),
    ("portal:packs", _("Rule packs")),
    ("portal:help", _("Help")),
]
# The same for people who have signed in, before the others.
WORK_LINKS = [
    ("organisations:workbench", _("Workbench")),
    ("spaces:register", _("Register")),
    ("organisations:own", _("My organisation")),
]
# The cards under the search field: address, picture, what one wants, what one gets.
TASK_LINKS = [
    (
        "gap:start",
        "list-check",
        _("Gap analysis"),
        _("What a space meets in every document, and what is short"),
    ),
    (
        "portal:packs",
        "scale",
        _("Rule packs"),
        _("Conditions, awards and terms of each document"),
    ),
]
FOOT_LINKS = [
    ("portal:sitemap", _("Site map")),
    ("portal:accessibility", _("Accessibility statement")),
    ("portal:privacy", _("Privacy statement")),
    ("portal:help", _("Help")),
    ("api:docs", _("API")),
]
