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
from zhongchuang.organisations.actions.regions import load_regions
from zhongchuang.organisations.actions.registration import (
    confirm,
    correct,
    delegate,
    establish,
    refuse,
    register_founder,
    register_operator,
)

__all__ = [
    "Erased",
    "accept",
    "appoint_first",
    "change_profile",
    "close_unused",
    "confirm",
    "correct",
    "delegate",
    "end_post",
    "erase",
    "establish",
    "invite",
    "load_regions",
    "new_recovery_codes",
    "refuse",
    "register_founder",
    "register_operator",
    "switch_off",
    "switch_on",
    "take_post",
    "use_recovery_code",
    "withdraw",
]
