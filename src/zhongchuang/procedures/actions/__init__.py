"""The verbs on cases: of applicants, and of the officials who take the steps."""

from zhongchuang.procedures.actions.applying import (
    attach,
    begin,
    detach,
    discard,
    hand_in,
    take_again,
    withdraw,
    write,
)
from zhongchuang.procedures.actions.colleagues import advise, ask, hand_over
from zhongchuang.procedures.actions.exporting import export
from zhongchuang.procedures.actions.moving import Done, Ended, move, overturn, take

__all__ = [
    "Done",
    "Ended",
    "advise",
    "ask",
    "attach",
    "begin",
    "detach",
    "discard",
    "export",
    "hand_in",
    "hand_over",
    "move",
    "overturn",
    "take",
    "take_again",
    "withdraw",
    "write",
]
