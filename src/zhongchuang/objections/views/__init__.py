"""The pages: a public notice, objecting, following an objection; and the answers of officials."""

from zhongchuang.objections.views.answering import (
    look_into,
    objection,
    propose,
    reveal,
    send_back,
    settle,
    sign,
)
from zhongchuang.objections.views.public import again, follow, notice, object_

__all__ = [
    "again",
    "follow",
    "look_into",
    "notice",
    "object_",
    "objection",
    "propose",
    "reveal",
    "send_back",
    "settle",
    "sign",
]
