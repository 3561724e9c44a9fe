"""Looking through files for personal numbers, and releasing to the public what holds some (M-09)."""

import logging
import shutil
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone

from zhongchuang.audit.actions import log
from zhongchuang.files.child import look_in_child
from zhongchuang.page.refusal import Refused, require
from zhongchuang.records.access import ASKED, may_ask_release, may_decide_release
from zhongchuang.records.models import Content, Release

logger = logging.getLogger(__name__)


def look_through(digest):
    """Look for personal numbers, and for figures, in a content that nobody has looked through; may be run twice."""
    content = Content.objects.filter(pk=digest, look=Content.Look.WAITING).first()
    if content is None:
        return None
    settings.INCOMING.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.INCOMING) as folder:
        path = Path(folder) / "kept"
        with default_storage.open(content.path) as stored, path.open("wb") as copy:
            shutil.copyfileobj(stored, copy)
        found = look_in_child(path, content.kind)
    return looked_through(content, found)


@transaction.atomic
def looked_through(content, found):
    """Write down what was found; the chain keeps how many, never which."""
    personal, said = (found["personal"], found["said"]) if found else (None, None)
    look = look_of(personal)
    waiting = Content.objects.filter(pk=content.pk, look=Content.Look.WAITING)
    if waiting.update(look=look, personal=personal, said=said):
        counts = personal["counts"] if personal else {}
        log(content, "looked_through", by=None, new=counts, result=look)
    return look


def look_of(found):
    if found is None:
        return Content.Look.UNREADABLE
    if found["counts"]:
        return Content.Look.FOUND
    return Content.Look.PICTURES if found["unread"] else Content.Look.CLEAN


@transaction.atomic
def ask_release(evidence, *, by, reason):
    """Ask that a file be published although personal numbers were found in it, or may stand in it."""
    require(may_ask_release(by, evidence))
    try:
        with transaction.atomic():
            release = Release.objects.create(evidence=evidence, asked_by=by.user, reason=reason)
    except IntegrityError:
        raise Refused(ASKED) from None
    given = {"reason": reason, "sha256": evidence.content_id, "found": evidence.content.look}
    log(evidence, "release_asked", by=by.who, given=given)
    return release


def decide(release, verb, *, by, released, refusal):
    """The second person's answer; the first of two counts."""
    release = Release.objects.select_related("evidence").get(pk=release.pk)
    require(may_decide_release(by, release))
    answer = {"released": released, "refusal": refusal}
    moved = Release.objects.open().filter(pk=release.pk)
    if not moved.update(decided_by=by.user, decided=timezone.now(), **answer):
        release.refresh_from_db()
        require(may_decide_release(by, release))
    given = {"asked_by": release.asked_by_id, "sha256": release.evidence.content_id} | answer
    log(release.evidence, verb, by=by.who, given=given)
    release.refresh_from_db()
    return release


@transaction.atomic
def confirm_release(release, *, by):
    """The second person agrees; from now on the file may be published."""
    return decide(release, "released", by=by, released=True, refusal="")


@transaction.atomic
def refuse_release(release, *, by, reason):
    """The second person does not agree, and says why."""
    return decide(release, "release_refused", by=by, released=False, refusal=reason)
