"""The verbs on evidence, drafts, letters, document numbers and requests."""

from zhongchuang.records.actions.consequences import consequences
from zhongchuang.records.actions.drafts import (
    Overtaken,
    drop_draft,
    forget_drafts,
    keep,
    save_draft,
)
from zhongchuang.records.actions.evidence import (
    damaged,
    forget_contents,
    hand_in,
    known,
    look_at,
    looked_through,
    opened,
    put_in,
    scan,
    sweep,
    sweep_incoming,
    tell_likeness,
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
    "Overtaken",
    "Stale",
    "ask_release",
    "change",
    "confirm_release",
    "consequences",
    "damaged",
    "deliver",
    "drop_draft",
    "forget_contents",
    "forget_drafts",
    "forget_receipts",
    "hand_in",
    "keep",
    "known",
    "look_at",
    "look_through",
    "looked_through",
    "mark_read",
    "once",
    "opened",
    "put_in",
    "refuse_release",
    "save_draft",
    "scan",
    "sweep",
    "sweep_incoming",
    "take_number",
    "tell_likeness",
    "void_number",
    "withdraw",
    "write",
]
