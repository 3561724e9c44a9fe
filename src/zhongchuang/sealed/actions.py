"""The verbs on sealed values: showing one to a person, and writing all of them with the newest key."""

from django.apps import apps
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zhongchuang.audit.actions import log
from zhongchuang.audit.models import Subject
from zhongchuang.page.refusal import Refusal, Refused, require
from zhongchuang.sealed.fields import EncryptedText, indexes_of
from zhongchuang.sealed.values import Sealed, prefix

NO_REASON = Refusal("no_reason", _("Write why you need to see it; the reason is recorded."))
BATCH = 200


@transaction.atomic
def reveal(row, field, *, by, reason, may):
    """The text of a sealed field, for a person who may see it; who saw what and why is recorded.

    `may(by, row, field)` is the app's rule: None, or the refusal.
    """
    require(may(by, row, field))
    reason = reason.strip()
    require(None if reason else NO_REASON)
    value = getattr(row, field)
    text = value.plain() if isinstance(value, Sealed) else value or ""
    log(row, "revealed", by=by.who, given={"field": field, "reason": reason})
    return text


def sealed_fields(models=None):
    """Every encrypted field of the models, of all apps if none are given."""
    models = apps.get_models() if models is None else models
    return [f for m in models for f in m._meta.concrete_fields if isinstance(f, EncryptedText)]


def outdated(field):
    """Rows whose value was written with another key or suite than the newest."""
    rows = field.model._base_manager.exclude(**{f"{field.name}__startswith": prefix()})
    rows = rows.exclude(**{field.name: ""}).exclude(**{f"{field.name}__isnull": True})
    return rows.order_by("pk")


def rotate(field, *, tell=None):
    """Write a field's values anew, a batch a transaction, until none is old; how many, and which cannot be read.

    It may be killed and run again at any time: what is left to do is what the rows themselves say. A row that
    someone else writes meanwhile is theirs; they write with the newest key as well.
    """
    done, broken = 0, []
    while batch := list(
        outdated(field).exclude(pk__in=broken).values_list("pk", field.name)[:BATCH]
    ):
        with transaction.atomic():
            for pk, value in batch:
                try:
                    done += rewrite(field, pk, value)
                except Refused:
                    broken.append(pk)
        if tell:
            tell(done)
    return done, broken


def rewrite(field, pk, value):
    """Write one value anew, unless it changed since it was read."""
    fresh = Sealed(context=field.context, mask=field.mask, text=value.plain())
    indexes = {one.name: one.digest(fresh) for one in indexes_of(field.model, field.name)}
    same = field.model._base_manager.filter(pk=pk, **{field.name: value})
    return same.update(**{field.name: fresh}, **indexes)


@transaction.atomic
def note_rotation(*, key, done, broken):
    """Tell in the chain that all values are written with a key."""
    subject = Subject("sealed.key", str(key), f"key {key}")
    result = "incomplete" if broken else "done"
    return log(
        subject, "keys_rotated", by=None, new={"values": done, "broken": broken}, result=result
    )
