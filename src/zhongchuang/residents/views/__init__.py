"""The pages of residents."""

from zhongchuang.residents.views.founders import (
    merge_founders,
    same_founders,
    take_founders_apart,
)
from zhongchuang.residents.views.merges import merge, same, take_apart
from zhongchuang.residents.views.resident import change, founder, new_founder, resident, reveal
from zhongchuang.residents.views.stays import desks, leave, stage, take_in

__all__ = [
    "change",
    "desks",
    "founder",
    "leave",
    "merge",
    "merge_founders",
    "new_founder",
    "resident",
    "reveal",
    "same",
    "same_founders",
    "stage",
    "take_apart",
    "take_founders_apart",
    "take_in",
]
