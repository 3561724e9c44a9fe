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
from zhongchuang.spaces.views.exports import export_register, export_space
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
    "add_row",
    "basics",
    "change",
    "change_cluster",
    "change_operator",
    "changes",
    "close",
    "cluster",
    "clusters",
    "confirm",
    "confirm_change",
    "correct_row",
    "end_row",
    "export_register",
    "export_space",
    "history",
    "join_cluster",
    "leave_cluster",
    "new",
    "new_cluster",
    "refuse_change",
    "register",
    "return_",
    "revise_row",
    "space",
    "submit",
    "take_back",
    "withdraw_change",
]
