"""The verbs on titles."""

from zhongchuang.filing.actions.changing import carry_over_due, register_changes
from zhongchuang.filing.actions.reinstating import reinstate
from zhongchuang.filing.actions.titles import expire, give, give_up, remind, revoke

__all__ = [
    "carry_over_due",
    "expire",
    "give",
    "give_up",
    "register_changes",
    "reinstate",
    "remind",
    "revoke",
]
