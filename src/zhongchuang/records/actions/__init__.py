"""The verbs on evidence, letters, document numbers and requests."""

from zhongchuang.records.actions.consequences import consequences
from zhongchuang.records.actions.evidence import (
    damaged,
    hand_in,
    opened,
    scan,
    sweep,
    sweep_incoming,
    withdraw,
)
from zhongchuang.records.actions.letters import deliver, mark_read, write
from zhongchuang.records.actions.numbers import take_number, void_number
from zhongchuang.records.actions.releases import (
    ask_release,
    confirm_release,
    look_through,
    refuse_release,
)
from zhongchuang.records.actions.requests import Stale, change, forget_receipts, once

__all__ = [
    "Stale",
    "ask_release",
    "change",
    "confirm_release",
    "consequences",
    "damaged",
    "deliver",
    "forget_receipts",
    "hand_in",
    "look_through",
    "mark_read",
    "once",
    "opened",
    "refuse_release",
    "scan",
    "sweep",
    "sweep_incoming",
    "take_number",
    "void_number",
    "withdraw",
    "write",
]
