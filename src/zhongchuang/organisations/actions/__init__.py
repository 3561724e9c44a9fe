"""The verbs on regions, organisations, posts and accounts."""

from zhongchuang.organisations.actions.accounts import (
    change_profile,
    close_unused,
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
from zhongchuang.organisations.actions.tokens import make_token, note_use, revoke_token

__all__ = [
    "accept",
    "appoint_first",
    "change_profile",
    "close_unused",
    "confirm",
    "correct",
    "delegate",
    "end_post",
    "establish",
    "invite",
    "load_regions",
    "make_token",
    "new_recovery_codes",
    "note_use",
    "refuse",
    "register_founder",
    "register_operator",
    "revoke_token",
    "switch_off",
    "switch_on",
    "take_post",
    "use_recovery_code",
    "withdraw",
]
