"""The verbs of services."""

from zhongchuang.services.actions.askings import agree, ask_for, decline, hold, rate
from zhongchuang.services.actions.events import (
    add_photograph,
    change_opening,
    forget,
    open_signup,
    take_over,
)
from zhongchuang.services.actions.mentors import appoint, reveal_number, revise_mentor
from zhongchuang.services.actions.signups import (
    call_off,
    check_in,
    reveal_mobile,
    sign_up,
    tick,
    untick,
    walk_in,
)

__all__ = [
    "add_photograph",
    "agree",
    "appoint",
    "ask_for",
    "call_off",
    "change_opening",
    "check_in",
    "decline",
    "forget",
    "hold",
    "open_signup",
    "rate",
    "reveal_mobile",
    "reveal_number",
    "revise_mentor",
    "sign_up",
    "take_over",
    "tick",
    "untick",
    "walk_in",
]
