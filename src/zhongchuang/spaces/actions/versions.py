"""Writing dated rows: new ones, new versions, corrections, ends. Nothing is overwritten that held once."""

import uuid
from dataclasses import dataclass, field, replace
from datetime import date
from http import HTTPStatus

from django.db import IntegrityError, models, transaction
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from zhongchuang.audit.actions import log
from zhongchuang.page.refusal import Refusal, Refused, require
from zhongchuang.records.actions.requests import Stale, last_change
from zhongchuang.records.models import Evidence
from zhongchuang.sealed.actions import sealed_fields
from zhongchuang.sealed.fields import matching
from zhongchuang.sealed.values import Sealed
from zhongchuang.spaces.access import may_edit
from zhongchuang.spaces.actions.listing import LINE, refresh
from zhongchuang.spaces.models import TABLES, Change, Proof, Space
from zhongchuang.spaces.rules import major_of

GONE = Refusal(
    "not_on_that_day",
    _(
        "It does not hold on %(day)s, so nothing can be changed from that day on. Choose a day on which it holds."
    ),
    status=HTTPStatus.CONFLICT,
)
WAITING = Refusal(
    "change_waiting",
    _(
        "Another change of the same thing waits for a decision. Withdraw it first, or wait for the answer."
    ),
    status=HTTPStatus.CONFLICT,
)
NEVER_HELD = Refusal(
    "never_held",
    _(
        "It began on this very day, so it would never have held. Correct it instead, or choose a later day."
    ),
    status=HTTPStatus.CONFLICT,
)
ONLY_ONE = Refusal(
    "only_one",
    _("There is one already. Change that one instead of adding another."),
    status=HTTPStatus.CONFLICT,
)
LABEL_USED = Refusal(
    "label_used",
    _("Desks of this site bear these labels already: %(labels)s. Choose labels that are free."),
    status=HTTPStatus.CONFLICT,
)
LISTED_ALREADY = Refusal(
    "listed_already",
    _(
        "%(name)s has this identity number and is listed as staff of this space already. Change that entry, or correct the number."
    ),
    status=HTTPStatus.CONFLICT,
)
Verb = Change.Verb


@dataclass(frozen=True)
class Operation:
    """What is to be written: into which table, what kind of writing, on which thing, from which day, which values.

    `rows` names several things alike at once: what each has beside the values, or the series of each.
    """

    table: str
    verb: str
    on: date
    values: dict = field(default_factory=dict)
    series: uuid.UUID | None = None
    rows: tuple = ()

    @property
    def model(self):
        return TABLES[self.table]

    def parts(self):
        """The operations on single things that this one stands for: itself, unless it names several."""
        if not self.rows:
            return [self]
        return [
            replace(self, values=self.values | row, series=row.get("series"), rows=())
            for row in self.rows
        ]

    @property
    def word(self):
        """What the log calls it."""
        return f"{self.table.replace('-', '_')}_{self.verb}"

    def current(self, space):
        """The version that holds on the day, or None for what is new; refused where none holds."""
        if self.verb == Verb.ADD:
            return None
        row = self.model.objects.filter(space=space).of(self.series).on(self.on).first()
        if row is None:
            raise Refused(Refusal(GONE.code, GONE.sentence, {"day": self.on}, GONE.status))
        return row

    def changed(self, row):
        """The names of the fields whose value would differ."""
        return {name for name, value in self.values.items() if getattr(row, name) != value}


def packed(model, values):
    """Values as JSON holds them: rows by key, amounts and days as text, sealed ones as their tokens."""
    closed = {one.name: one.sealed for one in sealed_fields([model])}
    return {
        name: packed_one(closed[name](value) if name in closed else value)
        for name, value in values.items()
    }


def packed_one(value):
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, Sealed):
        return value.as_token()
    if value is None or isinstance(value, bool | int | str | list | dict):
        return value
    return str(value)


def unpacked(model, values):
    """The values as the table takes them."""
    found = {}
    for name, value in values.items():
        column = model._meta.get_field(name)
        if column.is_relation:
            found[name] = column.related_model._base_manager.get(pk=value)
        elif isinstance(column, models.DateField):
            found[name] = value and parse_date(value)
        else:
            found[name] = value if value is None else column.to_python(value)
    return found


def old_values(row):
    if row is None:
        return {}
    return packed(type(row), {one.name: getattr(row, one.name) for one in row.entered()})


def articles(space, operation):
    """What the operation touches that is major, with the article that says so; empty where it takes effect at once."""
    if space.state != Space.State.CONFIRMED:
        return {}
    fields = major_of(space).get(operation.table, {})
    if operation.verb in {Verb.ADD, Verb.END}:
        return dict(fields)
    row = operation.current(space)
    return {name: fields[name] for name in fields if name in operation.changed(row)}


@transaction.atomic
def write(space, operation, *, by, reason="", evidence=(), version=None):
    """Carry out an operation, or keep it as a change that waits where the department decides.

    Returns the row written (of several things the rows), or the `Change`. `version` is that of the row as its
    reader saw it.
    """
    space = (
        Space.objects.select_for_update(of=["self"])
        .select_related("operator", "region")
        .get(pk=space.pk)
    )
    require(may_edit(by, space))
    row = None if operation.rows else operation.current(space)
    if row is not None and version is not None and row.version != version:
        raise Stale(last_change(row, version, row.version))
    if articles(space, operation):
        return propose(space, operation, row, by=by, reason=reason, evidence=evidence)
    old = old_values(row)
    done = carry_out(space, operation, user=by.user)
    for one in done:
        enclose(space, one.series, evidence, by=by)
    new = {"on": operation.on} | packed(operation.model, operation.values)
    if operation.rows:
        new["rows"] = [packed(operation.model, one) for one in operation.rows]
    log(
        space if operation.rows else done[0],
        operation.word,
        by=by.who,
        old=old,
        new=new,
        given={"space": space.code, "reason": reason},
    )
    return done if operation.rows else done[0]


def waits(space, operation):
    """Whether a change of one of its things waits already."""
    named = {str(one.series) for one in operation.parts() if one.series}
    waiting = Change.objects.waiting().filter(space=space, table=operation.table)
    return any(
        named & {str(change.series), *(row.get("series") for row in change.rows)}
        for change in (waiting if named else ())
    )


def propose(space, operation, row, *, by, reason, evidence):
    """Keep the operation until the department has decided; what is recorded stays as it is (SH-3)."""
    if waits(space, operation):
        raise Refused(WAITING)
    change = Change.objects.create(
        space=space, table=operation.table, verb=operation.verb, series=operation.series,
        on=operation.on, values=packed(operation.model, operation.values), old=old_values(row), reason=reason,
        rows=[packed(operation.model, one) for one in operation.rows], proposed_by=by.user,
    )  # fmt: skip
    enclose(space, change.key, evidence, by=by)
    log(
        change,
        "change_proposed",
        by=by.who,
        old=change.old,
        new=change.values | ({"rows": change.rows} if change.rows else {}),
        given={"on": operation.on, "reason": reason},
    )
    return change


def carry_out(space, operation, *, user):
    """Write the rows of an operation, one for each of its things; the line of the register follows."""
    write_one = WRITERS[operation.verb]
    require(listed_already(space, operation))
    try:
        with transaction.atomic():
            done = [write_one(space, one, one.current(space), user) for one in operation.parts()]
    except IntegrityError as fault:
        if "one_open" in str(fault) or "UNIQUE" in str(fault):
            raise Refused(already_there(operation)) from fault
        raise
    if operation.model in LINE:
        refresh(space)
    return done


def listed_already(space, operation):
    """The refusal where another member of staff of the space has the identity number that is to be written."""
    number = operation.values.get("identity_number")
    if not number:
        return None
    text = number.plain() if isinstance(number, Sealed) else number
    others = operation.model.objects.filter(space=space).exclude(series=operation.series)
    same = others.filter(
        matching(operation.model, "identity_number", text),
        models.Q(valid_until=None) | models.Q(valid_until__gt=operation.on),
    ).first()
    return same and replace(LISTED_ALREADY, params={"name": same.name})


def already_there(operation):
    """The refusal where the database holds what may be there once alone."""
    labels = [one.values.get("label") for one in operation.parts()]
    if operation.table != "desks" or None in labels:
        return ONLY_ONE
    return replace(LABEL_USED, params={"labels": ", ".join(labels)})


def add(space, operation, row, user):  # noqa: ARG001 -- every writer takes the same
    return operation.model.objects.create(
        space=space, valid_from=operation.on, recorded_by=user, **operation.values
    )


def revise(space, operation, row, user):
    """A new version from the day on; on the very day on which the present one began it is corrected instead."""
    if row.valid_from == operation.on:
        return correct(space, operation, row, user)
    kept = {one.name: getattr(row, one.name) for one in row.entered()} | operation.values
    until = row.valid_until
    end(space, operation, row, user)
    return operation.model.objects.create(
        space=space,
        series=row.series,
        valid_from=operation.on,
        valid_until=until,
        version=row.version,  # counts on over the versions, so that an old picture of the thing shows
        recorded_by=user,
        **kept,
    )


def correct(space, operation, row, user):  # noqa: ARG001 -- every writer takes the same
    """Put a version right that was entered wrongly; what stood there stays in the log."""
    for name, value in operation.values.items():
        setattr(row, name, value)
    row.version += 1
    row.save()
    return row


def end(space, operation, row, user):  # noqa: ARG001 -- every writer takes the same
    """Let a version hold no more from the day on."""
    require(NEVER_HELD if row.valid_from == operation.on else None)
    row.valid_until = operation.on
    row.version += 1
    row.save(update_fields=["valid_until", "version"])
    return row


WRITERS = {Verb.ADD: add, Verb.REVISE: revise, Verb.CORRECT: correct, Verb.END: end}


def enclose(space, series, evidence, *, by):
    """Put files behind a thing or a change; those that one may not see are not taken."""
    seen = Evidence.objects.visible_to(by).current().filter(pk__in=[one.pk for one in evidence])
    prove(space, series, seen, user=by.user)


def prove(space, series, evidence, *, user):
    """Put files behind a thing whose reader saw them before."""
    Proof.objects.bulk_create(
        [Proof(space=space, series=series, evidence=one, attached_by=user) for one in evidence],
        ignore_conflicts=True,
    )


@transaction.atomic
def attach(space, series, evidence, *, by):
    """Put a file behind a thing of the register."""
    require(may_edit(by, space))
    enclose(space, series, [evidence], by=by)
    log(evidence, "proof_attached", by=by.who, given={"space": space.code, "series": series})
    return evidence


@transaction.atomic
def detach(proof, *, by):
    """Take a file away from a thing; the file itself stays where it was handed in."""
    require(may_edit(by, proof.space))
    Proof.objects.filter(pk=proof.pk).delete()
    log(
        proof.evidence,
        "proof_detached",
        by=by.who,
        given={"space": proof.space.code, "series": proof.series},
    )
    return proof.evidence
