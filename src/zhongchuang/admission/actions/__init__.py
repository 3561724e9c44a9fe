"""The verbs on calls, applications and figures that residents hand in."""

from zhongchuang.admission.actions.applications import (
    admit,
    begin,
    claim,
    confirm_address,
    invite_to_talk,
    move_in,
    refuse,
    reveal_number,
    send_code,
    set_call,
    take_back,
)
from zhongchuang.admission.actions.figures import (
    ask,
    begin_own,
    cancel,
    confirm,
    give,
    renew,
    return_,
    time_of,
)

__all__ = [
    "admit",
    "ask",
    "begin",
    "begin_own",
    "cancel",
    "claim",
    "confirm",
    "confirm_address",
    "give",
    "invite_to_talk",
    "move_in",
    "refuse",
    "renew",
    "return_",
    "reveal_number",
    "send_code",
    "set_call",
    "take_back",
    "time_of",
]
