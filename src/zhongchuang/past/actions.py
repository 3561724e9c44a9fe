"""Rows are written from a file and taken back with it; a row that follows puts one right."""

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from zhongchuang.audit.actions import log, log_all
from zhongchuang.imports.actions import grid_of
from zhongchuang.page.refusal import Refused, conflict, require
from zhongchuang.past.access import may_correct, may_export, may_reveal
from zhongchuang.past.models import MODELS, Evaluation, Grant
from zhongchuang.past.rules import award_id, grade_id
from zhongchuang.records.actions import change
from zhongchuang.sealed.actions import reveal
from zhongchuang.spaces.actions import exported
from zhongchuang.spaces.actions.imported import CHANGED_SINCE, TOGETHER, parts
from zhongchuang.spaces.actions.undone import rests_on

TOLD = ("year", "programme", "basis", "day")
RECORDED = conflict("recorded", _("The same stands in the register already. Put that row right instead."))  # fmt: skip


def write_evaluations(plan, *, by, imported, progress):
    """Write the evaluations of a file, each with its entry."""
    return written(Evaluation, plan.work, by, imported, progress)


def write_grants(plan, *, by, imported, progress):
    """Write the grants of a file, each with its entry."""
    return written(Grant, plan.work, by, imported, progress)


def written(model, rows, by, imported, progress):
    grid = grid_of(imported)
    for place, row in rows:
        row.evidence, row.row = imported.evidence, grid.place(0, place).row
    try:
        with transaction.atomic():
            made = model.objects.bulk_create([row for _place, row in rows], TOGETHER)
    except IntegrityError as error:
        raise Refused(CHANGED_SINCE) from error
    progress(len(made), len(made))
    given = {"import": str(imported.key), "sha256": imported.sha256}
    log_all([(one, f"past_{model.KIND}_imported", {"given": given, "new": told(one)}) for one in made], by=by.who)  # fmt: skip
    return {model.KIND: [one.pk for one in made]}


def told(record):
    """What the log keeps of a row: never what a person got."""
    names = ("amount", "recipient_kind") if isinstance(record, Grant) else ("grade", "result", "score")  # fmt: skip
    return {name: getattr(record, name) for name in (*TOLD, *names)}


def undo(journal, *, by, imported):
    """Take back what a file brought; refused where one of its rows was put right since."""
    given = {"import": str(imported.key), "digest": imported.digest}
    gone = []
    for kind, model in MODELS.items():
        for some in parts(journal.get(kind, [])):
            rows = list(model.objects.select_for_update().filter(pk__in=some).order_by("pk"))
            if built := [str(row) for row in rows if not row.is_current]:
                raise Refused(rests_on(built))
            gone += [(row, f"past_{kind}_taken_back", {"given": given}) for row in rows]
            take_back(model, some)
    log_all(gone, by=by.who)


def take_back(model, keys):
    try:
        with transaction.atomic():
            model.objects.filter(pk__in=keys).delete()
    except ProtectedError as error:
        raise Refused(rests_on({str(one) for one in error.protected_objects})) from error


@transaction.atomic
def correct(record, *, by, version, reason, **values):
    """Put a row right by one that follows it; both stay, with the reason."""
    require(may_correct(by, record))
    change(record, version=version, is_current=False)
    kept = {one.name: getattr(record, one.name) for one in record._meta.concrete_fields if one.name in KEPT}  # fmt: skip
    kept |= by_rules(record, values)
    try:
        with transaction.atomic():
            made = type(record).objects.create(**kept | values, by=by.user, replaces=record, reason=reason)  # fmt: skip
    except IntegrityError as error:
        raise Refused(RECORDED) from error
    old, new = told(record), told(made)
    changed = [name for name in new if new[name] != old[name]]
    log(
        made, "past_row_put_right", by=by.who, given={"reason": reason},
        old={name: old[name] for name in changed}, new={name: new[name] for name in changed},
    )  # fmt: skip
    return made


KEPT = {"space", "operator", "department", "pack", "personal_amount", "evidence", "row"}
"""What a row that puts another right takes over from it unless it is entered; the rest is entered anew."""


def by_rules(record, values):
    """What the words that were entered name in the rules."""
    if isinstance(record, Grant):
        return {"award": award_id(record.rules, values["programme"])}
    return {"grade_id": grade_id(record.rules, values["grade"])}


def reveal_amount(grant, *, by, field, reason):
    """Open what a person got; the log says who and why."""
    return reveal(grant, field, by=by, reason=reason, may=may_reveal)


def taken(kind, *, by, rows, given):
    """Note who took the register away."""
    require(may_export(by))
    return exported(f"past_{kind}", by=by, rows=rows, kind="xlsx", given=given)
