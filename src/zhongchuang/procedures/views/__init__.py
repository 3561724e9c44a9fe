"""The pages: what can be applied for, an application, the queue of a department, a case with its course."""

from zhongchuang.procedures.views.applying import (
    again,
    begin,
    check,
    discard,
    entries,
    guide,
    material,
    receipt,
    remove,
    services,
    withdraw,
)
from zhongchuang.procedures.views.batching import (
    batch,
    batch_paper,
    batch_workbook,
    batches,
    decide_batch,
    fill,
    open_batch,
    take_out,
)
from zhongchuang.procedures.views.blanks import case_filled, case_form, filled_form, form
from zhongchuang.procedures.views.case import case, decision, notices
from zhongchuang.procedures.views.colleagues import advise, ask, hand_over
from zhongchuang.procedures.views.desk import hand_over_together, handing, queue
from zhongchuang.procedures.views.exporting import file_, files
from zhongchuang.procedures.views.extending import extend, extend_term, extension, extensions
from zhongchuang.procedures.views.moving import move, return_, take
from zhongchuang.procedures.views.signing import sign_together, signing

__all__ = [
    "advise",
    "again",
    "ask",
    "batch",
    "batch_paper",
    "batch_workbook",
    "batches",
    "begin",
    "case",
    "case_filled",
    "case_form",
    "check",
    "decide_batch",
    "decision",
    "discard",
    "entries",
    "extend",
    "extend_term",
    "extension",
    "extensions",
    "file_",
    "files",
    "fill",
    "filled_form",
    "form",
    "guide",
    "hand_over",
    "hand_over_together",
    "handing",
    "material",
    "move",
    "notices",
    "open_batch",
    "queue",
    "receipt",
    "remove",
    "return_",
    "services",
    "sign_together",
    "signing",
    "take",
    "take_out",
    "withdraw",
]
