"""What an operator may change: each environment variable, declared once."""

import os
from collections.abc import Collection
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured


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
