"""The pages of the register."""

from zhongchuang.spaces.views.changes import (
    change,
    changes,
    confirm_change,
    refuse_change,
    withdraw_change,
)
from zhongchuang.spaces.views.clusters import (
    change_cluster,
    cluster,
    clusters,
    join_cluster,
    leave_cluster,
    new_cluster,
)
from zhongchuang.spaces.views.exports import export, record
from zhongchuang.spaces.views.photographs import (
    add_photographs,
    describe_photograph,
    move_photograph,
    photographs,
    picture,
    take_down_photograph,
)
from zhongchuang.spaces.views.plan import (
    add_desks,
    background,
    change_desk,
    desks,
    end_desks,
    place_rest,
    plan,
    set_plan,
)
from zhongchuang.spaces.views.register import new, register
from zhongchuang.spaces.views.space import (
    basics,
    close,
    confirm,
    history,
    return_,
    space,
    submit,
    take_back,
)
from zhongchuang.spaces.views.versions import (
    add_row,
    change_operator,
    correct_row,
    end_row,
    revise_row,
)

__all__ = [
    "add_desks",
    "add_photographs",
    "add_row",
    "background",
    "basics",
    "change",
    "change_cluster",
    "change_desk",
    "change_operator",
    "changes",
    "close",
    "cluster",
    "clusters",
    "confirm",
    "confirm_change",
    "correct_row",
    "describe_photograph",
    "desks",
    "end_desks",
    "end_row",
    "export",
    "history",
    "join_cluster",
    "leave_cluster",
    "move_photograph",
    "new",
    "new_cluster",
    "photographs",
    "picture",
    "place_rest",
    "plan",
    "record",
    "refuse_change",
    "register",
    "return_",
    "revise_row",
    "set_plan",
    "space",
    "submit",
    "take_back",
    "take_down_photograph",
    "withdraw_change",
]
