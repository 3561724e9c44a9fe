"""The audit chain: what happened, who did it, and a digest that ties each entry to the one before.

An entry points at nothing: it keeps keys and names as they were, so that it outlives what it tells of.
"""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import cache

from cryptography.hazmat.primitives import hashes, hmac
from django.conf import settings
from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from zhongchuang.audit.verbs import word_for

GENESIS = "0" * 64
"""What the first entry has in the place of a digest before it."""

ARCHIVED = "audit.archive"
"""The subject of the entries that tell of an archive."""

DAY = "audit.day"
"""The subject of the entries that tell of the file of a day."""

COMPACT = json.JSONEncoder(separators=(",", ":"))
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
"""Characters that break a line or turn it around."""

VERBS_THAT_OCCUR = """
    WITH RECURSIVE found(verb) AS (
        SELECT min(verb) FROM audit_entry
        UNION ALL
        SELECT (SELECT min(verb) FROM audit_entry WHERE verb > found.verb) FROM found WHERE found.verb IS NOT NULL
    )
    SELECT verb FROM found WHERE verb IS NOT NULL
"""
SUITES = {"intl": hashes.SHA256, "gm": hashes.SM3}

# Covered by the digest, in this order. Never reorder: old entries are verified by it.
SEALED = (
    "number", "moment", "offset", "user", "name", "post", "role", "organisation",
    "organisation_name", "ip", "verb", "subject_type", "subject_key", "subject_label", "details",
    "result", "suite", "previous",
)  # fmt: skip


@dataclass(frozen=True)
class Who:
    """The person who acts, as text: entries hold no foreign keys."""

    user: str = ""
    name: str = ""
    post: str = ""
    role: str = ""
    organisation: str = ""
    organisation_name: str = ""
    ip: str = ""
    on_behalf: str = ""
    """Key and name of the person for whom this one stands in; kept among the details."""


@dataclass(frozen=True)
class Subject:
    """What an entry is about, where no row stands for it: a failed sign-in, an export."""

    type: str
    key: str = ""
    label: str = ""


@cache
def keyed(suite, key):
    """A digest that waits for its message."""
    return hmac.HMAC(key, SUITES[suite]())


def seal(values):
    """The digest over the values of SEALED, in their order; the last but one names the algorithm."""
    number, moment, *rest = values
    micros = (moment - EPOCH) // MICROSECOND
    digest = keyed(rest[-2], settings.AUDIT_KEY).copy()
    digest.update(COMPACT.encode([number, micros, *rest]).encode())
    return digest.finalize().hex()


def day_signature(suite):
    """A signature over the file of a day that waits for its lines; the key is that of the chain."""
    signature = keyed(suite, settings.AUDIT_KEY).copy()
    signature.update(b"the file of a day\n")
    return signature


def plain(value):
    """A recorded value as a reader sees it; what would turn or break the line stays escaped."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def named(part):
    """Recorded values by name; a value that stands alone has none."""
    return part if isinstance(part, dict) else {} if part is None else {"–": part}


class EntryQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """For who holds the right to read the audit log: all of it, or what `viewer.audited` leaves; else nothing."""
        if not viewer.has_perm("audit.view_entry"):
            return self.none()
        audited = getattr(viewer, "audited", None)
        return self.all() if audited is None else self.filter(audited)

    def told(self, *, who="", verb="", subject="", since=None, until=None):
        """Entries that match each condition given; names and labels by a part of them."""
        found = self
        if who:
            found = found.filter(
                models.Q(name__icontains=who)
                | models.Q(organisation_name__icontains=who)
                | models.Q(user=who)
                | models.Q(ip=who)
            )
        if subject:
            found = found.filter(
                models.Q(subject_label__icontains=subject)
                | models.Q(subject_key=subject)
                | models.Q(subject_type=subject)
            )
        given = {"verb": verb, "moment__gte": since, "moment__lt": until}
        return found.filter(**{name: value for name, value in given.items() if value})

    def verbs(self):
        """The verbs that occur, each found by the index with one step, however long the chain is."""
        with connection.cursor() as cursor:
            cursor.execute(VERBS_THAT_OCCUR)
            return [verb for (verb,) in cursor.fetchall()]

    def about(self, subject):
        """What happened to one row."""
        return self.filter(subject_type=subject._meta.label_lower, subject_key=str(subject.pk))


class Entry(models.Model):
    number = models.BigIntegerField(_("number"), primary_key=True)
    moment = models.DateTimeField(_("moment"))
    offset = models.SmallIntegerField(help_text="Minutes between UTC and the clock of the server.")
    user = models.CharField(max_length=64, blank=True)
    name = models.CharField(_("who"), max_length=200, blank=True)
    post = models.CharField(max_length=64, blank=True)
    role = models.CharField(_("role"), max_length=64, blank=True)
    organisation = models.CharField(max_length=64, blank=True)
    organisation_name = models.CharField(_("organisation"), max_length=200, blank=True)
    ip = models.CharField(_("IP address"), max_length=45, blank=True)
    verb = models.CharField(_("verb"), max_length=64)
    subject_type = models.CharField(max_length=64)
    subject_key = models.CharField(max_length=64, blank=True)
    subject_label = models.CharField(_("subject"), max_length=200, blank=True)
    details = models.TextField(help_text="JSON with given, old and new, where there are any.")
    result = models.CharField(_("result"), max_length=64)
    suite = models.CharField(max_length=8)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        default_permissions = ["view"]
        indexes = [
            models.Index(fields=["moment"], name="audit_when"),
            models.Index(fields=["verb", "number"], name="audit_verb"),
            models.Index(fields=["user", "number"], name="audit_who"),
            models.Index(fields=["subject_type", "subject_key", "number"], name="audit_subject"),
            models.Index(
                fields=["user", "ip"],
                condition=models.Q(verb__in=["signed_in", "password_reset"]),
                name="audit_where_signed_in",
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.verb} {self.subject_label}"

    @property
    def values(self):
        """`given`, `old` and `new` as they were written."""
        return json.loads(self.details)

    @property
    def local_moment(self):
        """The moment on the clock of the server that wrote it."""
        return self.moment.astimezone(timezone(timedelta(minutes=self.offset)))

    @property
    def word(self):
        """The verb in the reader's language."""
        return word_for(self.verb)

    @property
    def written_moment(self):
        """The moment with its offset, to the second, the same for every reader."""
        return self.local_moment.isoformat(sep=" ", timespec="seconds")

    @property
    def on_behalf(self):
        """The name of the person for whom the actor stood in, empty where they acted for themselves."""
        return plain(self.values.get("on_behalf", "").partition(" ")[2])

    @property
    def told_values(self):
        """The values as lines of text: what was given, and what changed from what to what."""
        given, old, new = (named(self.values.get(part)) for part in ("given", "old", "new"))
        lines = [f"{name}: {plain(value)}" for name, value in given.items()]
        for name in dict.fromkeys([*old, *new]):
            before = f"{plain(old[name])} → " if name in old else ""
            lines.append(f"{name}: {before}{plain(new.get(name, ''))}")
        return lines

    @property
    def expected_digest(self):
        return seal([getattr(self, field) for field in SEALED])


class Head(models.Model):
    """The one row that hands out numbers: whoever writes an entry holds it until the commit."""

    number = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default=GENESIS)
    kept_from = models.BigIntegerField(
        default=1, help_text="Entries before this number were archived; the triggers let them go."
    )

    class Meta:
        default_permissions = []
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="audit_one_head")]

    def __str__(self):
        return f"{self.number} {self.digest}"

    @classmethod
    def locked(cls):
        """The head, held by this transaction; SQLite already admits one writer alone."""
        found = cls.objects.select_for_update().filter(id=1).first()
        if found is None:
            cls.objects.bulk_create([cls(id=1)], ignore_conflicts=True)
            found = cls.objects.select_for_update().get(id=1)
        return found
