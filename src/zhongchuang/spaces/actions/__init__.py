"""The verbs on the register of spaces."""

from zhongchuang.spaces.actions.changes import confirm_change, refuse_change, withdraw_change
from zhongchuang.spaces.actions.clusters import (
    end_cluster,
    found_cluster,
    join_cluster,
    leave_cluster,
    revise_cluster,
)
from zhongchuang.spaces.actions.exported import exported
from zhongchuang.spaces.actions.listing import refresh, refresh_all
from zhongchuang.spaces.actions.registration import (
    close,
    confirm,
    register,
    return_,
    set_basics,
    submit,
    take_back,
)
from zhongchuang.spaces.actions.versions import attach, detach, write

__all__ = [
    "attach",
    "close",
    "confirm",
    "confirm_change",
    "detach",
    "end_cluster",
    "exported",
    "found_cluster",
    "join_cluster",
    "leave_cluster",
    "refresh",
    "refresh_all",
    "refuse_change",
    "register",
    "return_",
    "revise_cluster",
    "set_basics",
    "submit",
    "take_back",
    "withdraw_change",
    "write",
]
