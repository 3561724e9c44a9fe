"""Records from before the platform are written from a file, and taken back with it."""

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from zhongchuang.audit.actions import log_all
from zhongchuang.credit.actions.entering import tell_recorded, told
from zhongchuang.credit.models import Record
from zhongchuang.imports.actions import grid_of
from zhongchuang.page.refusal import Refused
from zhongchuang.spaces.actions.imported import CHANGED_SINCE, TOGETHER, parts
from zhongchuang.spaces.actions.undone import rests_on


def write_records(plan, *, by, imported, progress):
    """Write the records of a file, each with its entry; of one in force its operator reads at once, as of one that is entered."""
    grid = grid_of(imported)
    for place, row in plan.work:
        row.evidence, row.row = imported.evidence, grid.place(0, place).row
    try:
        with transaction.atomic():
            made = Record.objects.bulk_create([row for _place, row in plan.work], TOGETHER)
    except IntegrityError as error:
        raise Refused(CHANGED_SINCE) from error
    progress(len(made), len(made))
    given = {"import": str(imported.key), "sha256": imported.sha256}
    log_all([(one, "credit_imported", {"given": given, "new": told(one)}) for one in made], by=by.who)  # fmt: skip
    for one in made:
        if one.is_in_force:
            tell_recorded(one)
    return {"credit": [one.pk for one in made]}


def undo(journal, *, by, imported):
    """Take back what a file brought; refused where one of its rows ended or was asked about since."""
    given = {"import": str(imported.key), "digest": imported.digest}
    gone = []
    for some in parts(journal.get("credit", [])):
        rows = list(Record.objects.select_for_update().filter(pk__in=some).order_by("pk"))
        if built := [str(row) for row in rows if row.version != 1]:
            raise Refused(rests_on(built))
        gone += [(row, "credit_taken_back", {"given": given}) for row in rows]
        take_back(some)
    log_all(gone, by=by.who)


def take_back(keys):
    try:
        with transaction.atomic():
            Record.objects.filter(pk__in=keys).delete()
    except ProtectedError as error:
        raise Refused(rests_on({str(one.record) for one in error.protected_objects})) from error
