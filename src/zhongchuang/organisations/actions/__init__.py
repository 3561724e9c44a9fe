"""The verbs on regions, organisations, posts and accounts."""

from zhongchuang.organisations.actions.accounts import (
    Erased,
    change_profile,
    close_unused,
    erase,
    new_recovery_codes,
    switch_off,
    switch_on,
    take_post,
    use_recovery_code,
)
from zhongchuang.organisations.actions.posts import (
    accept,
    appoint_first,
    end_post,
    invite,
    withdraw,
)
from zhongchuang.organisations.actions.regions import Moved, follow_regions, load_regions
from zhongchuang.organisations.actions.register import (
    bring_in,
    change_particulars,
    close_organisation,
    delegate,
    end_delegation,
    reopen,
)
from zhongchuang.organisations.actions.registration import (
    confirm,
    correct,
    establish,
    refuse,
    register_founder,
    register_operator,
)
from zhongchuang.organisations.actions.standins import name_stand_in
from zhongchuang.organisations.actions.tokens import make_token, note_use, revoke_token

__all__ = [
    "Erased",
    "Moved",
    "accept",
    "appoint_first",
    "bring_in",
    "change_particulars",
    "change_profile",
    "close_organisation",
    "close_unused",
    "confirm",
    "correct",
    "delegate",
    "end_delegation",
    "end_post",
    "erase",
    "establish",
    "follow_regions",
    "invite",
    "load_regions",
    "make_token",
    "name_stand_in",
    "new_recovery_codes",
    "note_use",
    "refuse",
    "register_founder",
    "register_operator",
    "reopen",
    "revoke_token",
    "switch_off",
    "switch_on",
    "take_post",
    "use_recovery_code",
    "withdraw",
]
