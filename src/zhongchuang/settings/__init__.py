"""Django's settings; what an operator may change is a Variable, declared once in `variables`."""

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from zhongchuang.settings import variables
from zhongchuang.settings.reading import channels, file_store, postgresql, secret_key, sqlite
from zhongchuang.settings.signin import *  # noqa: F403 -- every setting of it
from zhongchuang.settings.signin import BEHIND_HTTPS, SIGN_IN_SITES, SOCIALACCOUNT_PROVIDERS
from zhongchuang.settings.site import *  # noqa: F403 -- every setting of it
from zhongchuang.settings.variables import VARIABLES as VARIABLES
from zhongchuang.settings.variables import Variable as Variable

DATA = Path(variables.DATA_FOLDER.read()).resolve()
DATA.mkdir(mode=0o700, parents=True, exist_ok=True)

PACK_FOLDERS = tuple(Path(one).resolve() for one in variables.PACKS.read().split(os.pathsep) if one)
for folder in PACK_FOLDERS:
    if not folder.is_dir():
        raise ImproperlyConfigured(f"{variables.PACKS.name} names {folder}, which is no folder.")

DEBUG = variables.DEBUGGING.read() == "yes"
if DEBUG and BEHIND_HTTPS:
    raise ImproperlyConfigured(
        f"{variables.DEBUGGING.name} and {variables.HTTPS.name} must not both be yes."
    )
DEMONSTRATION = variables.DEMONSTRATING.read() == "yes"
if DEMONSTRATION and BEHIND_HTTPS:
    raise ImproperlyConfigured(
        f"{variables.DEMONSTRATING.name} and {variables.HTTPS.name} must not both be yes."
    )
SECRET_KEY = secret_key(variables.SECRET.read(), DATA)
CRYPTO_SUITE = variables.CRYPTO.read()
AUDIT_KEY = secret_key(
    variables.AUDIT_SECRET.read(), DATA, variables.AUDIT_SECRET, "audit.key"
).encode()
FIELD_KEYS = variables.FIELD_SECRETS.read()
FIELD_KEY_FILE = DATA / "field.keys"
AUDIT_ANCHOR = variables.AUDIT_ANCHORS.read()
AUDIT_ANCHOR_FILE = Path(variables.AUDIT_ANCHOR_PATH.read() or DATA / "audit-anchors.log")
AUDIT_SYSLOG = variables.AUDIT_SYSLOG_ADDRESS.read()
AUDIT_ARCHIVE = DATA / "audit-archive"
AUDIT_DAYS = int(variables.AUDIT_KEPT_DAYS.read())
ALLOWED_HOSTS = [host.strip() for host in variables.HOSTS.read().split(",")]
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
    "zhongchuang.admission",
    "zhongchuang.procedures",
    "zhongchuang.papers",
    "zhongchuang.panels",
    "zhongchuang.contests",
    "zhongchuang.objections",
    "zhongchuang.visits",
    "zhongchuang.filing",
    "zhongchuang.past",
    "zhongchuang.credit",
    "zhongchuang.rulebooks",
    "zhongchuang.bookings",
    "zhongchuang.signs",
    "zhongchuang.totals",
    "zhongchuang.gap",
    "zhongchuang.portal",
    "zhongchuang.api",
    *(f"allauth.socialaccount.providers.{name}" for name in SOCIALACCOUNT_PROVIDERS),
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
    "default": postgresql(variables.DATABASE.read())
    if variables.DATABASE.read()
    else sqlite(DATA / "zhongchuang.db")
}
# Shared by all processes: it counts failed sign-ins.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
}
Q_CLUSTER = {
    "name": "zhongchuang",
    "orm": "default",
    "workers": int(variables.JOB_WORKERS.read()),
    "timeout": 600,
    "retry": 700,  # longer than the time limit, so that a running job is not started twice
    "max_attempts": 5,
    "ack_failures": True,
    "catch_up": False,
    "label": "jobs",
}

FORM_RENDERER = "zhongchuang.page.forms.Renderer"

DEFAULT_FROM_EMAIL = variables.MAIL_FROM.read()
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if variables.MAIL_HOST.read()
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = DATA / "mail"
EMAIL_HOST, EMAIL_PORT = variables.MAIL_HOST.read(), int(variables.MAIL_PORT.read())
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = variables.MAIL_USER.read(), variables.MAIL_PASSWORD.read()
EMAIL_USE_TLS = variables.MAIL_SECURITY.read() == "starttls"
EMAIL_USE_SSL = variables.MAIL_SECURITY.read() == "tls"
EMAIL_TIMEOUT = 20

LANGUAGE_CODE = variables.LANGUAGE.read()
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [Path(__file__).parents[1] / "locale"]
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
MEDIA_ROOT = DATA / "files"
STORAGES = {
    "default": file_store(variables.FILE_STORE.read(), variables.FILE_STORE_ADDRESS.read()),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_QUOTA = int(variables.FILE_QUOTA_MB.read()) * 2**20
CLAMD = variables.SCANNER.read()
TOKEN_DAYS = int(variables.TOKENS_LAST.read())
API_RATE = int(variables.API_REQUESTS.read())
LETTER_CHANNELS = channels(variables.CHANNELS.read())
LISTS_A_MINUTE = int(variables.PUBLIC_LISTS.read())
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
