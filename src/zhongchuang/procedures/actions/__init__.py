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
from zhongchuang.procedures.actions.colleagues import advise, ask, hand_over
from zhongchuang.procedures.actions.exporting import export
from zhongchuang.procedures.actions.extending import (
    decide_extension,
    extend_term,
    propose_extension,
)
from zhongchuang.procedures.actions.moving import Done, Ended, move, take

__all__ = [
    "Done",
    "Ended",
    "advise",
    "ask",
    "attach",
    "begin",
    "decide_extension",
    "detach",
    "discard",
    "export",
    "extend_term",
    "hand_in",
    "hand_over",
    "move",
    "propose_extension",
    "take",
    "withdraw",
    "write",
]
