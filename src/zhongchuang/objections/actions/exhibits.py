"""Whoever objects adds files as evidence, under the private address and without an account.

They go the way of all files: looked at in a process of their own, known by their bytes and not by their name, scanned,
looked through for personal numbers. What was added to an objection that nobody confirms is deleted with it.
"""

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from zhongchuang.admission.actions.applications import TOO_MANY
from zhongchuang.audit.actions import log
from zhongchuang.objections import attempts
from zhongchuang.objections.access import not_added
from zhongchuang.objections.models import Objection
from zhongchuang.objections.rules import files
from zhongchuang.page.refusal import Refusal, require
from zhongchuang.records.actions import change, forget_contents, known, looked_through
from zhongchuang.records.models import Content

State = Objection.State
MB = 2**20
OTHER_KIND = Refusal("kind", _("Evidence is a PDF, JPG or PNG file. Print it to PDF, or take a photograph of it."), status=400)  # fmt: skip
FROM_HERE = Refusal("from_here", _("Many files were sent from here within an hour. Try again in an hour; the objection counts without files as well."), status=TOO_MANY)  # fmt: skip
FULL = Refusal("full", _("No more files are taken at the moment. Enter the code first, and add the file afterwards."), status=409)  # fmt: skip
STAYS = Refusal("stays", _("The objection was received with this file, so it stays."), status=409)
GONE = Refusal("gone", _("This objection was not confirmed in time and was deleted. Begin a new one."), status=409)  # fmt: skip


def too_large(upload):
    """Why a file is too large; None for others."""
    most = files()["largest"]
    if upload.size <= most * MB:
        return None
    given = {"size": -(-upload.size // MB), "most": most}
    return Refusal("too_large", _("The file has %(size)s MB; a file of an objection may have %(most)s MB. Save it smaller or split it."), given, status=400)  # fmt: skip


def too_many(objection):
    """Why an objection takes no more files; None for others."""
    most = files()["most"]
    if objection.exhibits.count() < most:
        return None
    return Refusal("too_many", _("An objection takes %(most)s files, and has them. Put several pictures into one PDF, or take one out."), {"most": most}, status=409)  # fmt: skip


def no_room(objection, content):
    """Why the file has to wait: what nobody confirmed may not fill the disk."""
    if objection.state != State.BEGUN:
        return None
    waiting = Content.objects.filter(exhibits__objection__state=State.BEGUN).distinct()
    held = waiting.aggregate(total=Sum("size"))["total"] or 0
    return FULL if held + content.size > files()["waiting"] * MB else None


def add_file(objection, upload, *, by, ip):
    """Add a file; the same one twice is one. Looking at it takes seconds, so it is done before the transaction."""
    require(not_added(objection) or too_many(objection))
    require(FROM_HERE if attempts.files_from(ip) else None)
    require(too_large(upload))
    looked = looked_through(upload)
    require(OTHER_KIND if looked.content.kind not in files()["kinds"] else None)
    return put(objection, looked, by=by)


@transaction.atomic
def put(objection, looked, *, by):
    """The row of a file that was looked at. After the objection was received the log tells of it, and officials see that it changed."""
    case = objection.case
    objection = Objection.objects.select_for_update().filter(pk=objection.pk).first()
    require(None if objection else GONE)
    objection.case = case
    require(not_added(objection))
    if same := objection.exhibits.filter(content=looked.content.pk).first():
        return same
    require(too_many(objection) or no_room(objection, looked.content))
    exhibit = objection.exhibits.create(content=known(looked.content), name=looked.name)
    if objection.state != State.BEGUN:
        change(objection, version=objection.version)
        log(objection, "objection_file_added", by=by, new={"files": told_of([exhibit])})
    return exhibit


@transaction.atomic
def take_out(exhibit):
    """Take a file out again; once the objection was received it stays."""
    objection = Objection.objects.select_for_update().filter(pk=exhibit.objection_id).first()
    require(None if objection else GONE)
    require(STAYS if objection.state != State.BEGUN else None)
    digest = exhibit.content_id
    exhibit.delete()
    forget_contents([digest])


def told_of(exhibits):
    """Files as the log tells of them: known by their digests. Their names may name people."""
    return [{"sha256": one.content_id, "size": one.content.size, "kind": one.content.kind} for one in exhibits]  # fmt: skip
