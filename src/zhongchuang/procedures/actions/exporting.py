"""Handing out a whole case to those who audit it."""

from django.db import transaction

from zhongchuang.audit.actions import log
from zhongchuang.page.refusal import require
from zhongchuang.procedures.access import may_export
from zhongchuang.procedures.casefile import casefile


@transaction.atomic
def export(case, *, by):
    """The blocks of the case file; that it was taken is in the chain before the first of them, and in the file itself."""
    require(may_export(by, case))
    blocks = casefile(case, by)
    log(case, "case_exported", by=by.who, given={"number": case.number})
    return blocks
