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
from zhongchuang.procedures.actions.batching import (
    Choice,
    add,
    decide_batch,
    list_taken,
    open_batch,
    take_out,
)
from zhongchuang.procedures.actions.colleagues import advise, ask, hand_over
from zhongchuang.procedures.actions.exporting import export
from zhongchuang.procedures.actions.extending import (
    decide_extension,
    extend_term,
    propose_extension,
)
from zhongchuang.procedures.actions.handing import hand_out, hand_over_together
from zhongchuang.procedures.actions.moving import Done, Ended, move, overturn, take
from zhongchuang.procedures.actions.signing import carry_out, sign_together

__all__ = [
    "Choice",
    "Done",
    "Ended",
    "add",
    "advise",
    "ask",
    "attach",
    "begin",
    "carry_out",
    "decide_batch",
    "decide_extension",
    "detach",
    "discard",
    "export",
    "extend_term",
    "hand_in",
    "hand_out",
    "hand_over",
    "hand_over_together",
    "list_taken",
    "move",
    "open_batch",
    "overturn",
    "propose_extension",
    "sign_together",
    "take",
    "take_again",
    "take_out",
    "withdraw",
    "write",
]
