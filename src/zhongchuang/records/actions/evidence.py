"""Handing in files, scanning them, taking them back, and clearing away what nobody knows."""

import hashlib
import logging
import shutil
import tempfile
import time
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django_q.tasks import async_task

from zhongchuang.audit.actions import log
from zhongchuang.files.child import inspect_in_child, likeness_in_child
from zhongchuang.files.inspection import require_size
from zhongchuang.files.kinds import require_name
from zhongchuang.files.names import label
from zhongchuang.files.problems import FileRefused
from zhongchuang.organisations.models import Organisation
from zhongchuang.page.pinyin import words_of
from zhongchuang.page.refusal import Refusal, Refused, require
from zhongchuang.records.access import may_hand_in, may_withdraw
from zhongchuang.records.actions.requests import once
from zhongchuang.records.models import Content, Evidence
from zhongchuang.records.models.evidence import path_of, used_by
from zhongchuang.records.scanner import Unavailable, threat_in

MB = 2**20
ORPHAN_AGE = timedelta(hours=24)
BLOCK = 1 * MB
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Looked:
    """A file that was looked at and lies in the store, under the name that it will have; no row names it yet."""

    content: Content
    name: str


def hand_in(upload, *, by, request_key=None):
    """Keep a file for the organisation that acts, or for the person alone; Refused where it may not be kept.

    The file is on the disk before a row names it. The same file is stored once and recognised again; the same
    request, by its key, is one row. Looking at the file takes seconds, so it is done before the transaction.
    """
    looked = look_at(upload, by=by)
    if request_key is None:
        return put_in(looked, by=by)
    key = once(request_key, lambda: str(put_in(looked, by=by).key), by=by, purpose="hand_in")
    return Evidence.objects.get(key=key)


def look_at(upload, *, by):
    """What a form does with a file before its action begins: it takes seconds, and may refuse."""
    require(may_hand_in(by))
    return looked_through(upload)


def looked_through(upload):
    """The same for whoever sends the file: another app decides who may."""
    try:
        content = looked_at(upload)
    except FileRefused as refused:
        raise Refused(Refusal(refused.code, refused.text(gettext), status=400)) from None
    return Looked(content, label(upload.name, content.kind))


def put_in(looked, *, by):
    """Hand in a file that was looked at, in the transaction of the action that it belongs to."""
    return recorded(looked.content, looked.name, by=by)


def looked_at(upload):
    """What is known of the content, from an earlier time or by looking at it now; its bytes lie in the store."""
    require_size(upload.size)
    settings.INCOMING.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.INCOMING) as folder:
        path, digest = received(upload, Path(folder) / "given")
        content = Content.objects.filter(pk=digest).first() or stored(path, digest, upload.name)
    require_name(upload.name, content.kind)
    return content


def received(upload, path):
    """The upload as a file of its own, and the digest of its bytes."""
    digest = hashlib.sha256()
    with path.open("wb") as file:
        for chunk in upload.chunks():
            digest.update(chunk)
            file.write(chunk)
    return path, digest.hexdigest()


def stored(path, digest, name):
    """What was found in a file that is new here, with its bytes in the store; no row names them yet."""
    folder = path.parent / "found"
    folder.mkdir()
    found = inspect_in_child(path, folder, name)
    if found.content is None:
        kept, size = digest, path.stat().st_size
        with path.open("rb") as file:
            put(path_of(digest), File(file))
    else:
        kept, size = keep(found.content), len(found.content)
    return Content(
        digest=digest,
        kept_digest=kept,
        size=size,
        kind=found.kind,
        pages=found.pages,
        width=found.width,
        height=found.height,
        likeness=found.likeness,
        thumbnail_digest=keep(found.thumbnail) if found.thumbnail else "",
        scan=Content.Scan.WAITING if settings.CLAMD else Content.Scan.NOT_ASKED,
    )


def keep(data):
    digest = hashlib.sha256(data).hexdigest()
    put(path_of(digest), ContentFile(data))
    return digest


def put(path, file):
    """Store a file at its path; a store that found the same content there and made a second one keeps one."""
    name = default_storage.save(path, file)
    if name != path:
        default_storage.delete(name)


@transaction.atomic
def recorded(content, name, *, by):
    """The rows and the entry for a file that lies in the store."""
    organisation = by.organisation and Organisation.objects.select_for_update().get(
        pk=by.organisation.pk
    )
    content = known(content)
    require_room(organisation, content)
    evidence = Evidence.objects.create(
        content=content, organisation=organisation, handed_in_by=by.user, name=name,
        words=words_of(name),
    )  # fmt: skip
    given = {"name": name, "sha256": content.digest, "size": content.size, "kind": content.kind}
    log(evidence, "handed_in", by=by.who, new=given)
    return evidence


def known(content):
    """The row of a content whose bytes lie in the store, in the transaction that names it; it is scanned and looked through after that."""
    Content.objects.bulk_create([content], ignore_conflicts=True)
    content = Content.objects.get(pk=content.pk)
    if not default_storage.exists(content.path):
        raise Refused(
            Refusal(
                "swept",
                gettext("The file was cleared away while it was handed in. Hand it in again."),
                status=409,
            )
        )
    if content.scan == Content.Scan.WAITING:
        transaction.on_commit(
            partial(async_task, "zhongchuang.records.jobs.scan", content.pk), robust=True
        )
    if content.look == Content.Look.WAITING:
        transaction.on_commit(
            partial(async_task, "zhongchuang.records.jobs.look_through", content.pk), robust=True
        )
    return content


def require_room(organisation, content):
    """The organisation's share of the store is not used up; a file that it already has takes no room."""
    if organisation is None or content.evidence.filter(organisation=organisation).exists():
        return
    if used_by(organisation) + content.size > settings.FILE_QUOTA:
        sentence = gettext_lazy(
            "Your organisation has used its %(allowed)s MB for files. Take back files that are no longer needed, or ask the administrator for more."
        )
        raise Refused(
            Refusal("quota", sentence, {"allowed": settings.FILE_QUOTA // MB}, status=413)
        )


def opened(content, *, thumbnail=False):
    """The bytes of a file, compared with their digest before one of them is given out (R-16); None if they differ."""
    path, digest = (
        (content.thumbnail_path, content.thumbnail_digest)
        if thumbnail
        else (content.path, content.kept_digest)
    )
    copy = tempfile.SpooledTemporaryFile(max_size=8 * MB)  # noqa: SIM115 -- the response closes it
    found = hashlib.sha256()
    with default_storage.open(path) as file:
        while block := file.read(BLOCK):
            found.update(block)
            copy.write(block)
    if found.hexdigest() != digest:
        return None
    copy.seek(0)
    return copy


@transaction.atomic
def damaged(evidence, *, by):
    """Note in the chain that a file is no longer what was handed in."""
    logger.error("the stored file %s does not match its digest", evidence.content.path)
    log(evidence, "found_damaged", by=by, result="damaged", given={"sha256": evidence.content_id})


@transaction.atomic
def withdraw(evidence, *, by):
    """Take a file back: it is no longer offered for use. It stays where something already rests on it."""
    evidence = Evidence.objects.select_for_update(of=["self"]).get(pk=evidence.pk)
    require(may_withdraw(by, evidence))
    evidence.withdrawn = timezone.now()
    evidence.save(update_fields=["withdrawn"])
    log(evidence, "withdrawn", by=by.who, given={"sha256": evidence.content_id})
    return evidence


def scan(digest):
    """Ask the scanner about a waiting content; while it does not answer, the content goes on waiting."""
    content = Content.objects.filter(pk=digest, scan=Content.Scan.WAITING).first()
    if content is None:
        return None
    try:
        with default_storage.open(content.path) as file:
            threat = threat_in(file)
    except Unavailable as fault:
        logger.warning("the scanner did not answer: %s", fault)
        return Content.Scan.WAITING
    return scanned(content, threat)


@transaction.atomic
def scanned(content, threat):
    """Write down what the scanner found."""
    state = Content.Scan.QUARANTINED if threat else Content.Scan.PASSED
    waiting = Content.objects.filter(pk=content.pk, scan=Content.Scan.WAITING)
    if waiting.update(scan=state, threat=threat[:200], scanned=timezone.now()):
        log(content, "scanned", by=None, new={"threat": threat}, result=state)
    return state


def tell_likeness(digest):
    """Write down what a picture looks like that was handed in before this was asked; empty where it cannot be read."""
    content = Content.objects.filter(pk=digest, likeness="").exclude(thumbnail_digest="").first()
    small = content and opened(content, thumbnail=True)
    if not small:
        return ""
    with tempfile.TemporaryDirectory(dir=settings.INCOMING) as folder:
        path = Path(folder) / "small"
        path.write_bytes(small.read())
        found = likeness_in_child(path)
    Content.objects.filter(pk=digest).update(likeness=found)
    return found


def sweep_incoming():
    """Delete what a killed process left of files that it was receiving; returns how many."""
    old = time.time() - ORPHAN_AGE.total_seconds()
    left = [one for one in settings.INCOMING.glob("*") if one.stat().st_mtime < old]
    for folder in left:
        shutil.rmtree(folder, ignore_errors=True)
    return len(left)


def sweep(folder="evidence"):
    """Delete stored files that no row names a day after they were written; returns how many."""
    folders, files = default_storage.listdir(folder) if default_storage.exists(folder) else ([], [])
    swept = sum(sweep(f"{folder}/{name}") for name in folders)
    old = [name for name in files if is_old(f"{folder}/{name}")]
    return swept + (clear(folder, old) if old else 0)


def is_old(path):
    return default_storage.get_modified_time(path) < timezone.now() - ORPHAN_AGE


@transaction.atomic
def clear(folder, names):
    """Delete what is unknown while nobody can write a row that would name it."""
    hold_contents()
    kept = Content.objects.filter(kept_digest__in=names).values_list("kept_digest", flat=True)
    small = Content.objects.filter(thumbnail_digest__in=names).values_list(
        "thumbnail_digest", flat=True
    )
    unknown = [name for name in set(names) - set(kept) - set(small) if is_old(f"{folder}/{name}")]
    for name in unknown:
        default_storage.delete(f"{folder}/{name}")
    return len(unknown)


@transaction.atomic
def forget_contents(digests):
    """Delete the rows of contents that nothing names any more, of these; their bytes are swept a day later. How many."""
    hold_contents()
    unused = Content.objects.filter(pk__in=list(digests))
    for relation in Content._meta.related_objects:
        unused = unused.exclude(pk__in=relation.related_model._base_manager.values(relation.field.attname))  # fmt: skip
    return unused.delete()[0]


def hold_contents():
    """Nobody adds a content until the commit; SQLite's transaction already sees to that."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE records_content IN SHARE ROW EXCLUSIVE MODE")
