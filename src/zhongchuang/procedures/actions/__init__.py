"""The verbs on cases: of applicants, and of the officials who take the steps."""

from zhongchuang.procedures.actions.applying import (
    attach,
    begin,
    detach,
    discard,
    hand_in,
    withdraw,
    write,
)
from zhongchuang.procedures.actions.moving import Done, Ended, move, take

__all__ = [
    "Done",
    "Ended",
    "attach",
    "begin",
    "detach",
    "discard",
    "hand_in",
    "move",
    "take",
    "withdraw",
    "write",
]
