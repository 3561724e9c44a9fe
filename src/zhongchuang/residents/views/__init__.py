"""The pages of residents."""

from zhongchuang.residents.views.resident import change, founder, new_founder, resident, reveal
from zhongchuang.residents.views.stays import desks, leave, stage, take_in

__all__ = [
    "change",
    "desks",
    "founder",
    "leave",
    "new_founder",
    "resident",
    "reveal",
    "stage",
    "take_in",
]
