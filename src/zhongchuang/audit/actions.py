"""Writing the audit chain. Whoever changes anything calls `log` inside the same transaction."""

import hashlib
import json
import logging
import os
import re
from datetime import datetime, time, timedelta
from functools import cache, partial
from logging.handlers import SysLogHandler

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.utils import timezone

from zhongchuang.audit.models import (
    ARCHIVED,
    DAY,
    SEALED,
    UNSAFE,
    Entry,
    Head,
    Subject,
    Who,
    day_signature,
)

SECRET_NAMES = re.compile(
    r"passw|secret|token|credential|otp|recovery|session|cookie|private|signature"
    r"|id_?number|identity_?number|id_?card|bank_?(account|card)|(^|_)pin($|_)|(^|[_-])mobile($|[_-])",
    re.IGNORECASE,
)
IDENTITY = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{5}(?:19|20)\d{9}[\dXx](?![0-9A-Za-z])")
HIDDEN = "***"
logger = logging.getLogger(__name__)


def masked(text):
    """`text` without identity numbers: the first and the last character of each stay."""
    return IDENTITY.sub(lambda found: found[0][0] + "*" * 16 + found[0][-1], text)


def one_line(text, longest):
    """`text` with characters that break or turn a line written as escapes, cut to its field."""
    escaped = UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", masked(str(text)))
    return escaped[:longest]


@cache
def sealed_names(model):
    """The names of fields that are sealed by their class, in this model and in the others of its app."""
    installed = apps.get_containing_app_config(model.__module__)
    kin = {model, *(installed.get_models() if installed else ())}
    return frozenset(f.name for one in kin for f in one._meta.concrete_fields if getattr(f, "is_sealed", False))  # fmt: skip


def sealed_of(subject):
    """The names that an entry about this subject may not tell, whatever they are called."""
    try:
        return sealed_names(apps.get_model(subject.type) if isinstance(subject, Subject) else type(subject))  # fmt: skip
    except (LookupError, ValueError, AttributeError):  # a subject that is no row
        return frozenset()


def recorded(value, name="", apart=frozenset()):
    """A value as the chain keeps it: plain JSON; secrets by the name of their key, and what the subject seals, left out."""
    if SECRET_NAMES.search(name) or name in apart:
        return HIDDEN
    if isinstance(value, dict):
        return {str(key): recorded(one, str(key), apart) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset | models.QuerySet):
        return [recorded(one, name, apart) for one in value]
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, models.Model):
        return f"{value._meta.label_lower} {value.pk}: {masked(str(value))}"
    return masked(str(value))


def details(apart=frozenset(), **parts):
    """The given, old and new values as one line of JSON in ASCII; parts that are absent are left out."""
    kept = {name: recorded(part, apart=apart) for name, part in parts.items() if part is not None}
    return json.dumps(kept, sort_keys=True, separators=(",", ":"))


def subject_of(thing):
    """What the entry calls the thing: a row by its table, key and text."""
    if isinstance(thing, models.Model):
        return Subject(thing._meta.label_lower, str(thing.pk), str(thing))
    return thing


def columns_of(who, subject):
    """The texts of the entry that say who acted and on what, each fit for its column."""
    texts = {
        "user": who.user, "name": who.name, "post": who.post, "role": who.role,
        "organisation": who.organisation, "organisation_name": who.organisation_name,
        "ip": who.ip, "subject_type": subject.type, "subject_key": subject.key,
        "subject_label": subject.label,
    }  # fmt: skip
    return {
        name: one_line(text, Entry._meta.get_field(name).max_length) for name, text in texts.items()
    }


def log(subject, verb, *, by, given=None, old=None, new=None, result="done"):
    """Write the next entry of the chain; without it nothing of the transaction is written either.

    `subject` is a row or a `Subject`, `by` is the `Who` that acts, None for the platform itself. Entries of all
    transactions queue here until the commit, so call it as the last thing that an action does.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("log() belongs into the action's transaction.")
    (entry,) = log_all(
        [(subject, verb, {"given": given, "old": old, "new": new})], by=by, result=result
    )
    return entry


def log_all(told, *, by, result="done"):
    """Write an entry for each of (subject, verb, values), in this order: one queue, one head and one anchor for all.

    For what touches thousands of rows at once; else as `log`.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            "log_all() belongs into the action's transaction."
        )
    head = Head.locked()
    entries, number, digest = [], head.number, head.digest
    for subject, verb, values in told:
        entry = sealed(number + 1, digest, subject, verb, by=by, result=result, values=values)
        entries.append(entry)
        number, digest = entry.number, entry.digest
    if entries:
        Entry.objects.bulk_create(entries, batch_size=500)
        Head.objects.filter(pk=head.pk).update(number=number, digest=digest)
        if settings.AUDIT_ANCHOR == "commit":
            transaction.on_commit(partial(anchor, number, digest), robust=True)
    return entries


def sealed(number, previous, subject, verb, *, by, result, values):
    """The entry after the one with the digest `previous`."""
    who, now = by or Who(), timezone.localtime()
    entry = Entry(
        number=number,
        moment=now,
        offset=now.utcoffset() // timedelta(minutes=1),
        verb=one_line(verb, 64),
        result=one_line(result, 64),
        details=details(sealed_of(subject), **values, on_behalf=who.on_behalf or None),
        suite=settings.CRYPTO_SUITE,
        previous=previous,
        **columns_of(who, subject_of(subject)),
    )
    entry.digest = entry.expected_digest
    return entry


def anchor(number, digest):
    """Note outside the database how far the chain reached, so that a cut or an older copy shows."""
    line = f"{number} {digest} {timezone.localtime().isoformat()}"
    path = settings.AUDIT_ANCHOR_FILE
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        # The line break stands first too: a line torn by a power cut stays alone.
        os.write(descriptor, f"\n{line}\n".encode("ascii"))
    finally:
        os.close(descriptor)
    if settings.AUDIT_SYSLOG:
        tell_syslog(f"zhongchuang-audit: {line}")


def tell_syslog(line):
    """Send one line to the system's log; one that does not answer is noted in our own."""
    host, colon, port = settings.AUDIT_SYSLOG.rpartition(":")
    try:
        handler = SysLogHandler((host, int(port)) if colon else settings.AUDIT_SYSLOG)
    except OSError:
        logger.exception("The audit head could not be sent to %s.", settings.AUDIT_SYSLOG)
        return
    handler.emit(logging.makeLogRecord({"msg": line, "levelno": logging.INFO}))
    handler.close()


def anchor_head():
    """Note the head as it stands; None if nothing was written yet."""
    head = Head.objects.filter(number__gt=0).first()
    if head:
        anchor(head.number, head.digest)
    return head


LONG = 50_000
"""Entries that are verified while a reader waits."""

VERIFIED = Subject("audit.chain", label="audit chain")


@transaction.atomic
def note_verification(report, *, by):
    """Write into the chain that it was verified, up to where, and with what result."""
    found = {"entries": report.entries, "last": report.last, "faults": report.count}
    return log(VERIFIED, "verified", by=by, new=found, result="whole" if report.whole else "broken")


def is_long():
    """Whether the chain takes longer to verify than a reader waits."""
    return Head.objects.filter(number__gt=LONG).exists()


def last_verification():
    """The entry that tells of the newest verification; None if there was none."""
    return (
        Entry.objects.filter(subject_type=VERIFIED.type, verb="verified")
        .order_by("-number")
        .first()
    )


@transaction.atomic
def export(entries, *, by, name, given):
    """Lines of JSON with the entries; that they were exported, and by what search, is an entry as well."""
    last = Entry.objects.order_by("-number").values_list("number", flat=True).first() or 0
    log(Subject("audit.export", name, name), "exported", by=by, given=given)
    rows = entries.filter(number__lte=last).order_by("number").values_list(*SEALED, "digest")
    return export_lines(rows)


def export_lines(rows):
    """A line that names the fields, then one line an entry, as in an archive."""
    yield json.dumps({"fields": [*SEALED, "digest"]}).encode() + b"\n"
    for number, moment, *rest in rows.iterator(chunk_size=2000):
        yield line_of(number, moment, rest)


def line_of(number, moment, rest):
    return json.dumps([number, moment.isoformat(), *rest], separators=(",", ":")).encode() + b"\n"


@transaction.atomic
def archive(*, by):
    """Move the entries whose days are over into a file and tell so in the chain; None if there are none.

    The file is durable before the entries go, and the last digest in it stands in the entry that tells of it.
    """
    head = Head.locked()
    before = timezone.now() - timedelta(days=settings.AUDIT_DAYS)
    young = Entry.objects.filter(moment__gte=before).order_by("number").first()
    old = Entry.objects.filter(number__lt=young.number if young else head.number)
    last = old.order_by("number").last()
    if last is None:
        return None
    path, digest = write_archive(old, head.kept_from, last.number)
    Head.objects.filter(pk=head.pk).update(kept_from=last.number + 1)
    told = {"from": head.kept_from, "until": last.number, "digest": last.digest, "sha256": digest}
    entry = log(Subject(ARCHIVED, path.name, path.name), "archived", by=by, new=told)
    old.delete()
    return entry


def write_archive(entries, first, last):
    """The entries as lines of JSON behind a line that names their place; the path and its SHA-256."""
    settings.AUDIT_ARCHIVE.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = settings.AUDIT_ARCHIVE / f"audit-{first}-{last}.jsonl"
    rows = entries.order_by("number").values_list(*SEALED, "digest")
    digest = hashlib.sha256()
    with path.open("wb") as file:
        for line in archive_lines(rows, first):
            digest.update(line)
            file.write(line)
        file.flush()
        os.fsync(file.fileno())
    return path, digest.hexdigest()


@transaction.atomic
def export_day(day, *, by):
    """Write the entries up to the end of `day`, from where the last such file ended, into a signed file.

    None if it was written already, or if there is nothing to write. The file is durable before the chain tells of it.
    """
    head, name = Head.locked(), f"audit-day-{day.isoformat()}.jsonl"
    told = Entry.objects.filter(subject_type=DAY, verb="day_exported")
    if told.filter(subject_key__gte=name).exists():
        return None
    last_file = told.order_by("-number").first()
    first = max(head.kept_from, last_file.values["new"]["until"] + 1 if last_file else 1)
    midnight = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    entries = Entry.objects.filter(number__gte=first, moment__lt=midnight)
    last = entries.order_by("number").last()
    if last is None:
        return None
    digest = write_day(day, Entry.objects.filter(number__range=(first, last.number)), first, name)
    told = {"from": first, "until": last.number, "digest": last.digest, "sha256": digest}
    return log(Subject(DAY, name, name), "day_exported", by=by, new=told)


def write_day(day, entries, first, name):
    """The file of a day: what it is, one line an entry, the signature over the lines before; its SHA-256."""
    settings.AUDIT_ARCHIVE.mkdir(mode=0o700, parents=True, exist_ok=True)
    rows = entries.order_by("number").values_list(*SEALED, "digest")
    signature, digest = day_signature(settings.CRYPTO_SUITE), hashlib.sha256()
    half = settings.AUDIT_ARCHIVE / f"{name}.part"
    with half.open("wb") as file:
        for line in archive_lines(rows, first, day=day.isoformat()):
            signature.update(line)
            digest.update(line)
            file.write(line)
        end = {"suite": settings.CRYPTO_SUITE, "signature": signature.finalize().hex()}
        line = json.dumps(end).encode() + b"\n"
        digest.update(line)
        file.write(line)
        file.flush()
        os.fsync(file.fileno())
    half.replace(settings.AUDIT_ARCHIVE / name)
    return digest.hexdigest()


def archive_lines(rows, first, **more):
    """Lines of ASCII that hold all that the digests cover, so that the file is verified like the chain."""
    for number, moment, *rest in rows.iterator(chunk_size=5000):
        if number == first:
            yield (
                json.dumps(
                    more | {"from": first, "previous": rest[-2], "fields": [*SEALED, "digest"]}
                ).encode()
                + b"\n"
            )
        yield line_of(number, moment, rest)
