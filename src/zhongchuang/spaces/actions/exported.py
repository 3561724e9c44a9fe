"""Taking data of the register away leaves an entry in the log."""

from django.db import transaction

from zhongchuang.audit.actions import log
from zhongchuang.audit.models import Subject


@transaction.atomic
def exported(what, *, by, rows, kind, given):
    """Note who took what out of the register, by which filters and in which form."""
    told = {name: str(value)[:100] for name, value in given.items() if value}
    told |= {"rows": rows, "kind": kind}
    return log(Subject("spaces.export", what, what), "register_exported", by=by.who, given=told)
