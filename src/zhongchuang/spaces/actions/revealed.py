"""Opening a sealed number of a member of staff: on purpose, for a reason, with an entry in the log."""

from zhongchuang.sealed.actions import reveal
from zhongchuang.spaces.access import may_reveal


def reveal_number(row, *, by, field, reason):
    """The number itself; the entry names whose it is, which, who opened it and why."""
    return reveal(row, field, by=by, reason=reason, may=may_reveal)
