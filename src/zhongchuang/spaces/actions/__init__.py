"""The verbs on the register of spaces."""

from zhongchuang.spaces.actions.changes import (
    confirm_change,
    refuse_change,
    settle,
    take_into_case,
    take_up,
    withdraw_change,
)
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
from zhongchuang.spaces.actions.exported import exported
from zhongchuang.spaces.actions.foreseen import as_written, obstacle
from zhongchuang.spaces.actions.listing import refresh, refresh_all
from zhongchuang.spaces.actions.photographs import (
    describe,
    put_in_order,
    show_photographs,
    take_down,
)
from zhongchuang.spaces.actions.regions import follow_regions
from zhongchuang.spaces.actions.registration import (
    begin,
    close,
    confirm,
    register,
    return_,
    set_basics,
    submit,
    take_back,
)
from zhongchuang.spaces.actions.revealed import reveal_number
from zhongchuang.spaces.actions.versions import attach, detach, write

__all__ = [
    "add_desks",
    "as_written",
    "attach",
    "begin",
    "change_desk",
    "close",
    "confirm",
    "confirm_change",
    "describe",
    "detach",
    "end_cluster",
    "end_desks",
    "exported",
    "follow_regions",
    "found_cluster",
    "join_cluster",
    "leave_cluster",
    "obstacle",
    "place_rest",
    "put_in_order",
    "refresh",
    "refresh_all",
    "refuse_change",
    "register",
    "return_",
    "reveal_number",
    "revise_cluster",
    "save_plan",
    "set_basics",
    "set_plan",
    "settle",
    "show_photographs",
    "submit",
    "take_back",
    "take_down",
    "take_into_case",
    "take_up",
    "withdraw_change",
    "write",
]
