"""The pages: applying and following, deciding, figures that residents hand in."""

from zhongchuang.admission.views.deciding import (
    admit,
    application,
    applications,
    call,
    interview,
    poster,
    qr,
    refuse,
    reveal,
    take_in,
)
from zhongchuang.admission.views.figures import (
    all_figures,
    ask,
    cancel,
    confirm,
    figures,
    give,
    return_,
)
from zhongchuang.admission.views.public import (
    again,
    apply,
    begin_own,
    claim,
    follow,
    mine,
    take_back,
)

__all__ = [
    "admit",
    "again",
    "all_figures",
    "application",
    "applications",
    "apply",
    "ask",
    "begin_own",
    "call",
    "cancel",
    "claim",
    "confirm",
    "figures",
    "follow",
    "give",
    "interview",
    "mine",
    "poster",
    "qr",
    "refuse",
    "return_",
    "reveal",
    "take_back",
    "take_in",
]
