"""Writing in ledgers: a line is written down, corrected, struck out. Nothing is deleted."""

from contextlib import contextmanager
from http import HTTPStatus

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.audit.actions import log
from zhongchuang.ledgers.access import may_correct, may_write
from zhongchuang.page.refusal import Refusal, Refused, require
from zhongchuang.records.actions import change, put_in
from zhongchuang.spaces.models import Proof

NOT_HERE = Refusal(
    "not_here",
    _("Lines of this ledger follow from what is done elsewhere; they are not written here."),
)
CONTRADICTS = Refusal(
    "contradicts",
    _("Another line of this ledger says the same for that time. Look for it in the list, and correct that one."),
    status=HTTPStatus.CONFLICT,
)  # fmt: skip


@contextmanager
def consistent():
    """What the database refuses because of another line is told in words; two at once are told so as well."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as fault:
        raise Refused(CONTRADICTS) from fault


@transaction.atomic
def write_down(model, space, *, by, file=None, **given):
    """A new line of a table, with the looked-at file behind it; `given` are the fields of the table."""
    require(may_write(by, space))
    many = many_of(model, given)
    plain = {name: value for name, value in given.items() if name not in many}
    with consistent():
        line = model.objects.create(space=space, recorded_by=by.user, **plain)
    for name, rows in many.items():
        getattr(line, name).set(rows)
    attach(line, file, by=by)
    log(line, "line_written", by=by.who, new={"space": space.code} | given)
    return line


@transaction.atomic
def correct(line, *, by, version, file=None, **given):
    """Put a line right; what it said before stands in the audit chain."""
    require(may_correct(by, line))
    many = many_of(type(line), given)
    old = {
        name: list(getattr(line, name).all()) if name in many else getattr(line, name)
        for name in given
    }
    different = {name for name in given if changed(old[name], given[name], many=name in many)}
    plain = {name: given[name] for name in different - set(many)}
    with consistent():
        change(line, version=version, **plain)
    for name in different & set(many):
        getattr(line, name).set(many[name])
    line.follow({name: old[name] for name in different})
    attach(line, file, by=by)
    log(
        line, "line_corrected", by=by.who,
        old={name: old[name] for name in sorted(different)}, new={name: given[name] for name in sorted(different)},
    )  # fmt: skip
    return line


@transaction.atomic
def strike(line, *, by, version, reason):
    """Strike a line out: it counts no more, and stays readable with the reason."""
    require(may_correct(by, line))
    change(line, version=version, struck=timezone.now(), struck_reason=reason)
    log(line, "line_struck", by=by.who, given={"reason": reason})
    return line


def many_of(model, given):
    names = {field.name for field in model._meta.many_to_many}
    return {name: list(value) for name, value in given.items() if name in names}


def changed(old, new, *, many):
    return {row.pk for row in old} != {row.pk for row in new} if many else old != new


def attach(line, file, *, by):
    """Put a looked-at file behind a line."""
    if file is not None:
        evidence = put_in(file, by=by)
        Proof.objects.create(
            space=line.space, series=line.key, evidence=evidence, attached_by=by.user
        )
