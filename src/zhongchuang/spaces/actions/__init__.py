"""The verbs on the register of spaces."""

from zhongchuang.spaces.actions.changes import confirm_change, refuse_change, withdraw_change
from zhongchuang.spaces.actions.clusters import (
    end_cluster,
    found_cluster,
    join_cluster,
    leave_cluster,
    revise_cluster,
)
from zhongchuang.spaces.actions.desks import (
    add_desks,
    change_desk,
    end_desks,
    place_rest,
    save_plan,
    set_plan,
)
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
    "add_desks",
    "attach",
    "change_desk",
    "close",
    "confirm",
    "confirm_change",
    "detach",
    "end_cluster",
    "end_desks",
    "found_cluster",
    "join_cluster",
    "leave_cluster",
    "place_rest",
    "refresh",
    "refresh_all",
    "refuse_change",
    "register",
    "return_",
    "revise_cluster",
    "save_plan",
    "set_basics",
    "set_plan",
    "submit",
    "take_back",
    "withdraw_change",
    "write",
]
