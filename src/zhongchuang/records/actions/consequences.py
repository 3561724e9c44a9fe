"""What one event leads to in other apps: called in the open, in the same transaction."""

from django.db import connection
from django.db.transaction import TransactionManagementError

from zhongchuang.page.listed import ask


def consequences(event):
    """Ask every app what follows from the event; what one of them refuses undoes all."""
    if not connection.in_atomic_block:
        raise TransactionManagementError("consequences() belongs into the action's transaction.")
    return ask("consequences", event)
