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
SITE_NAME = Variable("ZHONGCHUANG_SITE_NAME", "", "Name of the site; empty means a general one.")
SITE_DOMAIN = Variable("ZHONGCHUANG_SITE_DOMAIN", "", "Domain name of the site.")
SITE_CODE = Variable("ZHONGCHUANG_SITE_CODE", "", "Identification code of a government website.")
SITE_ICP = Variable("ZHONGCHUANG_SITE_ICP", "", "ICP filing number.")
SITE_POLICE = Variable("ZHONGCHUANG_SITE_POLICE", "", "Public security filing number.")
SITE_HOST = Variable("ZHONGCHUANG_SITE_HOST", "", "Department that runs the site.")
SITE_OPERATOR = Variable("ZHONGCHUANG_SITE_OPERATOR", "", "Organisation that operates the site.")
SITE_PHONE = Variable("ZHONGCHUANG_SITE_PHONE", "", "Telephone number for questions.")
SITE_HOURS = Variable("ZHONGCHUANG_SITE_HOURS", "", "Hours at which the telephone is answered.")
SITE_MISTAKES = Variable(
    "ZHONGCHUANG_SITE_MISTAKES", "", "Address of the page where mistakes of the site are reported."
)

VARIABLES = tuple(value for value in list(globals().values()) if isinstance(value, Variable))


def secret_key(given: str, folder: Path) -> str:
    """The given key, or the one kept in the folder; it is made on the first start."""
    if given:
        if len(given) < 40:
            raise ImproperlyConfigured(f"{SECRET.name} has {len(given)} characters; 40 are needed.")
        return given
    path = folder / "secret.key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(get_random_secret_key())
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
SECRET_KEY = secret_key(SECRET.read(), DATA)
ALLOWED_HOSTS = [host.strip() for host in HOSTS.read().split(",")]
ROOT_URLCONF = "zhongchuang.urls"
WSGI_APPLICATION = "zhongchuang.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "django_htmx",
    "django_q",
    "zhongchuang.page",
    "zhongchuang.gap",
    "zhongchuang.portal",
]

MIDDLEWARE = [
    "zhongchuang.page.display.display_middleware",  # first: error pages speak the reader's language
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "zhongchuang.page.shell.shell",
            ],
        },
    }
]

DATABASES = {
    "default": postgresql(DATABASE.read()) if DATABASE.read() else sqlite(DATA / "zhongchuang.db")
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

LANGUAGE_CODE = LANGUAGE.read()
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [Path(__file__).parent / "locale"]
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
MEDIA_ROOT = DATA / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
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
        "form-action": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_HTTPS else None
SECURE_SSL_REDIRECT = BEHIND_HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = BEHIND_HTTPS
CSRF_COOKIE_SECURE = BEHIND_HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "zhongchuang.page.errors.form_expired"
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
    "mistakes": SITE_MISTAKES.read(),
}
HELP_PAGE = "portal:help"
# Names of addresses with their labels; the shell of every page shows them in this order.
MAIN_LINKS = [
    ("portal:home", _("Home")),
    ("gap:start", _("Gap analysis")),
    ("portal:packs", _("Rule packs")),
    ("portal:help", _("Help")),
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
]
