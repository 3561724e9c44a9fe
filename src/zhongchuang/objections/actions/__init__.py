"""The verbs on objections: of anyone who objects, and of the officials who answer."""

from zhongchuang.objections.actions.answering import (
    look_into,
    propose,
    reveal_identity,
    send_back,
    settle,
    sign,
)
from zhongchuang.objections.actions.exhibits import add_file, take_out
from zhongchuang.objections.actions.receiving import begin, confirm_address, send_code

__all__ = [
    "add_file",
    "begin",
    "confirm_address",
    "look_into",
    "propose",
    "reveal_identity",
    "send_back",
    "send_code",
    "settle",
    "sign",
    "take_out",
]
