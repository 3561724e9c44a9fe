"""The verbs of an import: receive, assign, confirm, carry out, undo, let expire."""

import hashlib
import logging
import shutil
import uuid
import zlib
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_q.tasks import async_task

from zhongchuang.audit.actions import log
from zhongchuang.files.names import label
from zhongchuang.imports.access import may_confirm, may_go_on, may_import, may_undo
from zhongchuang.imports.checking import (
    assigned,
    check,
    digest_rows,
    findings,
    key_of,
    lacking,
    uncollected,
)
from zhongchuang.imports.declaration import STAMP, kind_of
from zhongchuang.imports.models import Import, Layout
from zhongchuang.imports.rules import limits
from zhongchuang.imports.workbooks import marked, rows_of
from zhongchuang.organisations.access import Acting
from zhongchuang.page.refusal import Refusal, Refused, require
from zhongchuang.records.actions import change, hand_in, once
from zhongchuang.records.actions.requests import last_change
from zhongchuang.tables.child import grid_in_child
from zhongchuang.tables.grid import grid_from_json, grid_to_json
from zhongchuang.tables.passing import dumped, loaded
from zhongchuang.tables.problems import Unreadable
from zhongchuang.tables.writing import XLSX, OutSheet, write

State = Import.State
logger = logging.getLogger(__name__)
RUN = "zhongchuang.imports.jobs.run"
BROKEN = _(
    "Something broke on our side, so nothing was recorded. Check the rows again and confirm anew; if it breaks again, tell us the name of the file."
)


class Unread(Refused):
    """The file cannot be read; `problems` says why, as far as they are shown."""

    def __init__(self, unreadable):
        super().__init__(Refusal("unreadable", _("The file was not taken."), status=400))
        self.problems = [one.text(gettext) for one in unreadable.problems]


# --- a file comes in ------------------------------------------------------------------------------


def receive(upload, *, by, kind, scope="", request_key=None):
    """Keep a file and what stands in it; the same request is one import. Nothing of it is recorded."""
    require(may_import(by, kind, scope))
    data = upload.read()
    try:
        grid = grid_in_child(
            data, upload.name, known=kind.known, sheets=sheets_of(kind), stamp=STAMP
        )
    except Unreadable as unreadable:
        raise Unread(unreadable) from None
    act = partial(
        received, data, label(upload.name, ending(upload.name)), grid, by=by, kind=kind, scope=scope
    )
    if request_key is None:
        return act()
    key = once(request_key, lambda: str(act().key), by=by, purpose="imports.receive")
    return Import.objects.get(key=key)


ENDINGS = ("xlsx", "xls", "csv", "json")


def ending(name):
    """The ending under which a file is offered again."""
    given = name.rpartition(".")[2].casefold()
    return given if given in ENDINGS else "txt"


def sheets_of(kind):
    """Names of the sheet that holds the rows of this kind, in a workbook of ours that holds several."""
    return {one.casefold() for one in kind.titles.values()}


@transaction.atomic
def received(data, name, grid, *, by, kind, scope):
    imported = Import.objects.create(
        kind=kind.key, scope=scope, organisation=by.organisation, post=by.post, user=by.user,
        ip=by.ip, name=name, sha256=hashlib.sha256(data).hexdigest(),
        columns=assigned(kind, grid, remembered(by.organisation, kind)),
    )  # fmt: skip
    keep(imported, "given", data)
    keep(imported, "grid", zlib.compress(dumped(grid_to_json(grid)), 1))
    given = {"kind": kind.key, "scope": scope, "name": name, "sha256": imported.sha256}
    log(imported, "import_received", by=by.who, given=given)
    return imported


def keep(imported, name, data):
    """Store a file of an import; the file is durable before the row that names it."""
    path = f"{imported.folder}/{name}"
    default_storage.delete(path)
    default_storage.save(path, ContentFile(data))


def opened(imported, name):
    """The bytes of a file of an import."""
    with default_storage.open(f"{imported.folder}/{name}") as file:
        return file.read()


def grid_of(imported):
    return grid_from_json(loaded(zlib.decompress(opened(imported, "grid"))))


def remembered(organisation, kind):
    found = Layout.objects.filter(organisation=organisation, kind=kind.key).first()
    return found.headings if found else {}


# --- its columns are assigned, its rows are checked -----------------------------------------------


def checked(imported, grid, *, by):
    """Everything that the file would record, at this moment."""
    kind = kind_of(imported.kind)
    return check(
        kind, grid, imported.columns, by=by, scope=imported.scope, existing=imported.existing,
        on=imported.on or timezone.localdate(),
    )  # fmt: skip


def assign(imported, *, by, columns, existing, on, version):
    """Say what the columns mean and what happens to what is recorded already; the rows are checked at once."""
    require(may_go_on(by, imported))
    kind, grid = kind_of(imported.kind), grid_of(imported)
    for column in lacking(kind, columns):
        raise Refused(
            Refusal("column_missing", _("No column was assigned to “%(label)s”, which is needed."), {"label": column.label}, status=409)
        )  # fmt: skip
    imported.columns, imported.existing, imported.on = columns, existing, on
    with uncollected():
        found = findings(kind, grid, columns, checked(imported, grid, by=by))
    return examined(imported, grid, found, by=by, version=version)


@transaction.atomic
def examined(imported, grid, found, *, by, version):
    """Keep what was assigned and found; rows with errors leave the import where its columns are assigned."""
    state = State.MAPPED if found["errors_in_all"] else State.CHECKED
    change(
        imported, version=version, state=state, findings=found, columns=imported.columns,
        existing=imported.existing, on=imported.on,
    )  # fmt: skip
    remember(by.organisation, imported.kind, grid, imported.columns)
    told = {"rows": found["rows"], "errors": found["errors_in_all"]}
    log(imported, "import_checked", by=by.who, new=told)
    return imported


def remember(organisation, key, grid, columns):
    """Keep what the headings mean for the next file of the organisation; one that stands twice, as its first column that means something."""
    headings = {}
    for heading, name in zip(grid.headings, columns, strict=True):
        headings[key_of(heading)] = headings.get(key_of(heading)) or name
    layout, _made = Layout.objects.get_or_create(organisation=organisation, kind=key)
    layout.headings = layout.headings | headings
    layout.save(update_fields=["headings"])


def error_file(imported, *, by, located):
    """The sheet with its faulty cells marked, all of them."""
    grid = grid_of(imported)
    found = checked(imported, grid, by=by)
    return marked(grid, located(found.faults, grid, imported.columns))


# --- confirmed and carried out --------------------------------------------------------------------


def confirm(imported, *, by, version, request_key):
    """Have the rows recorded, once however often it is asked for; a worker does it."""
    once(
        request_key, partial(confirmed, imported, by=by, version=version), by=by,
        purpose="imports.confirm",
    )  # fmt: skip
    imported.refresh_from_db()
    return imported


@transaction.atomic
def confirmed(imported, *, by, version):
    require(may_confirm(by, imported))
    change(
        imported, version=version, state=State.CONFIRMED, confirmed=timezone.now(), user=by.user,
        post=by.post, ip=by.ip,
    )  # fmt: skip
    transaction.on_commit(partial(async_task, RUN, imported.pk), robust=True)
    log(imported, "import_confirmed", by=by.who, given=imported.findings["counts"])
    return str(imported.key)


def run(pk):
    """Carry a confirmed import out: all of it or nothing. Another worker that has it already is left alone."""
    imported = claimed(pk)
    if imported is None:
        return None
    try:
        evidence = proof_of(imported)
        found = checked(imported, grid_of(imported), by=actor(imported))
        done = carried_out(imported, found, evidence)
    except Refused as refused:
        done = failed(imported, str(refused))
    except Exception:
        logger.exception("the import %s broke off", imported.key)
        done = failed(imported, gettext(BROKEN))
    finally:
        shutil.rmtree(progress_folder(imported), ignore_errors=True)
    return done and done.state


def claimed(pk):
    """The import for this worker alone; None where it is not waiting."""
    attempt = uuid.uuid4()
    waiting = Import.objects.filter(pk=pk, state=State.CONFIRMED)
    if not waiting.update(state=State.RUNNING, started=timezone.now(), attempt=attempt):
        return None
    return Import.objects.select_related("user", "post__organisation__region").get(pk=pk)


def actor(imported):
    """Who confirmed it, in their post as it is now."""
    post = next((one for one in imported.user.current_posts if one.pk == imported.post_id), None)
    return Acting(imported.user, post, imported.ip)


def proof_of(imported):
    """The file as evidence for what it records; kinds of files that are no evidence are kept as a workbook of their rows."""
    kind = kind_of(imported.kind)
    if not kind.as_evidence:
        return None
    data, name = opened(imported, "given"), imported.name
    if not data.startswith(b"PK\x03\x04"):
        grid = grid_of(imported)
        data = write([OutSheet(str(kind.title)[:31], grid.headings, rows_of(grid))], XLSX)
        name = f"{name}.xlsx"
    upload = SimpleUploadedFile(name, data)
    key = uuid.uuid5(imported.key, "evidence")
    return hand_in(upload, by=actor(imported), request_key=key)


@transaction.atomic
def carried_out(imported, found, evidence):
    """Write everything that was checked, in one transaction with its entries; the attempt must still be this one."""
    by, kind = actor(imported), kind_of(imported.kind)
    mine = Import.objects.select_for_update(of=["self"]).filter(
        pk=imported.pk, state=State.RUNNING, attempt=imported.attempt
    )
    if mine.first() is None:
        return None
    require(may_import(by, kind, imported.scope))
    require(unchanged(imported, found))
    imported.evidence, imported.digest = evidence, digest_rows(found.rows)
    journal = kind.write(found.plan, by=by, imported=imported, progress=partial(note, imported))
    imported.state, imported.finished, imported.journal = State.DONE, timezone.now(), journal
    imported.save()
    given = {"rows": len(found.rows), "digest": imported.digest, "sha256": imported.sha256}
    log(imported, "import_recorded", by=by.who, given=given | found.plan.counts)
    return imported


def unchanged(imported, found):
    """Whether writing would do what was shown when it was confirmed."""
    if found.errors or found.plan.counts != imported.findings["counts"]:
        return Refusal(
            "changed_since",
            _("What is recorded changed after the file was checked. Look at the rows again and confirm anew."),
        )  # fmt: skip
    return None


@transaction.atomic
def failed(imported, why):
    """Nothing was recorded; the page says why, and the columns may be looked at again."""
    mine = Import.objects.filter(pk=imported.pk, state=State.RUNNING, attempt=imported.attempt)
    if not mine.update(state=State.FAILED, findings=imported.findings | {"failure": why}):
        return None
    imported.state = State.FAILED
    log(imported, "import_failed", by=actor(imported).who, given={"why": why}, result="failed")
    return imported


def resume():
    """Take up again what was confirmed and is carried out by nobody: its worker was stopped. Returns how many."""
    before = timezone.now() - timedelta(minutes=limits()["running_minutes"])
    stuck = Import.objects.filter(state=State.RUNNING, started__lt=before)
    hopeless = timezone.now() - timedelta(minutes=limits()["hopeless_minutes"])
    for imported in stuck.filter(confirmed__lt=hopeless):
        failed(imported, gettext(BROKEN))
    late = Import.objects.filter(state=State.CONFIRMED, confirmed__lt=before)
    taken = [pk for pk in stuck.values_list("pk", flat=True) if freed(pk, before)]
    for pk in {*taken, *late.values_list("pk", flat=True)}:
        async_task(RUN, pk)
    return len(taken)


@transaction.atomic
def freed(pk, before):
    """Let another worker have an import that nobody is writing; one that is being written holds its row."""
    rows = Import.objects.filter(pk=pk, state=State.RUNNING, started__lt=before)
    if connection.features.has_select_for_update_skip_locked:
        rows = rows.select_for_update(skip_locked=True)
    found = rows.first()
    if found is None:
        return False
    return bool(Import.objects.filter(pk=found.pk).update(state=State.CONFIRMED, attempt=None))


# --- how far it is --------------------------------------------------------------------------------


def progress_folder(imported):
    return settings.INCOMING / f"import-{imported.key}"


def note(imported, done, total):
    """Say how far the writing is, outside the transaction, which nobody sees into."""
    folder = progress_folder(imported)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = folder / "new"
    fresh.write_text(f"{done} {total}", encoding="ascii")
    fresh.replace(folder / "done")


def progress(imported):
    """Rows written and in all; None where nothing is known."""
    try:
        done, total = (progress_folder(imported) / "done").read_text(encoding="ascii").split()
    except (OSError, ValueError):
        return None
    return int(done), int(total)


# --- undone, expired ------------------------------------------------------------------------------


@transaction.atomic
def undo(imported, *, by):
    """Take back exactly what the import wrote, where nothing was built on it since."""
    imported = Import.objects.select_for_update(of=["self"]).get(pk=imported.pk)
    require(may_undo(by, imported))
    moved = Import.objects.filter(pk=imported.pk, state=State.DONE)
    if not moved.update(state=State.UNDONE, undone=timezone.now()):
        raise Refused(last_change(imported))
    kind_of(imported.kind).undo(imported.journal, by=by, imported=imported)
    imported.refresh_from_db()
    log(imported, "import_undone", by=by.who, given={"digest": imported.digest})
    return imported


def expire():
    """Delete the files of imports whose days are over; what was not confirmed expires with them. Returns how many."""
    before = timezone.now() - timedelta(days=limits()["kept_days"])
    old = Import.objects.filter(files_gone=None, moment__lt=before)
    return sum(expired(one) for one in old.exclude(state__in=[State.CONFIRMED, State.RUNNING]))


@transaction.atomic
def expired(imported):
    state = State.EXPIRED if imported.is_in_preparation else imported.state
    findings = {**imported.findings, "preview": None, "errors": [], "warnings": []}
    rows = Import.objects.filter(pk=imported.pk, state=imported.state, files_gone=None)
    if not rows.update(state=state, files_gone=timezone.now(), findings=findings):
        return 0
    for name in ("given", "grid"):
        transaction.on_commit(partial(default_storage.delete, f"{imported.folder}/{name}"))
    log(imported, "import_expired", by=None, given={"state": state})
    return 1
