"""The register as it would be: changes are carried out, read from, and undone before anybody else could see them."""

from contextlib import contextmanager

from django.db import transaction

from zhongchuang.page.refusal import Refused
from zhongchuang.spaces.actions.changes import operation_of
from zhongchuang.spaces.actions.versions import carry_out
from zhongchuang.spaces.models import Space


@contextmanager
def as_written(changes):
    """For as long as the block lasts its reader sees these changes of a space written; nothing of it stays."""
    if not changes:
        yield
        return
    with transaction.atomic():
        space = Space.objects.get(pk=changes[0].space_id)
        for change in changes:
            carry_out(space, operation_of(change), user=None)
        yield
        transaction.set_rollback(True)


def obstacle(changes):
    """Why these changes could not be written as the register stands; None where they could."""
    try:
        with as_written(changes):
            return None
    except Refused as refused:
        return refused.refusal
