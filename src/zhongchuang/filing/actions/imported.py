"""Titles and bans from before the platform are written from a file, and taken back with it."""

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from zhongchuang.audit.actions import log_all
from zhongchuang.filing.models import Ban, Title
from zhongchuang.page.refusal import Refused
from zhongchuang.spaces.actions.imported import CHANGED_SINCE, TOGETHER, parts
from zhongchuang.spaces.actions.undone import rests_on


def write_titles(plan, *, by, imported, progress):
    """Write the titles of a file, each with its entry."""
    return written(Title, "titles", "title_imported", plan.work, by, imported, progress)


def write_bans(plan, *, by, imported, progress):
    """Write the bans of a file, each with its entry."""
    return written(Ban, "bans", "ban_imported", plan.work, by, imported, progress)


def written(model, name, verb, rows, by, imported, progress):
    try:
        with transaction.atomic():
            made = model.objects.bulk_create(rows, TOGETHER)
    except IntegrityError as error:
        raise Refused(CHANGED_SINCE) from error
    progress(len(made), len(made))
    given = {"import": str(imported.key), "sha256": imported.sha256}
    log_all([(row, verb, {"given": given, "new": told(row)}) for row in made], by=by.who)
    return {name: [row.pk for row in made]}


def told(row):
    """What the log keeps of a row."""
    names = ("since", "until", "cite", "reason") if isinstance(row, Ban) else ("number", "since", "until", "state", "basis")  # fmt: skip
    return {name: getattr(row, name) for name in names}


def undo(journal, *, by, imported):
    """Take back what a file brought; refused where a title was ended by somebody since, or something rests on it."""
    given = {"import": str(imported.key), "digest": imported.digest}
    gone = []
    for model, name, verb in ((Title, "titles", "title_import_undone"), (Ban, "bans", "ban_import_undone")):  # fmt: skip
        for some in parts(journal.get(name, [])):
            rows = list(model.objects.select_for_update().filter(pk__in=some).order_by("pk"))
            if built := [str(row) for row in rows if is_built_on(row)]:
                raise Refused(rests_on(built))
            gone += [(row, verb, {"given": given}) for row in rows]
            take_back(model, some)
    log_all(gone, by=by.who)


def is_built_on(row):
    """Whether somebody ended a title since; that its last day passed is nobody's doing."""
    return isinstance(row, Title) and row.version != 1 and row.state != Title.State.EXPIRED


def take_back(model, keys):
    try:
        with transaction.atomic():
            model.objects.filter(pk__in=keys).delete()
    except ProtectedError as error:
        raise Refused(rests_on({str(one) for one in error.protected_objects})) from error
