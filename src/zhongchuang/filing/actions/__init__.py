"""The verbs on titles."""

from zhongchuang.filing.actions.titles import expire, give, give_up, remind, revoke

__all__ = ["expire", "give", "give_up", "remind", "revoke"]
