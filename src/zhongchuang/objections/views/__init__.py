"""The pages: a public notice, objecting, following an objection; and the answers of officials."""

from zhongchuang.objections.views.answering import (
    exhibit,
    look_into,
    objection,
    propose,
    reveal,
    send_back,
    settle,
    sign,
)
from zhongchuang.objections.views.public import again, files, follow, notice, object_, take_out

__all__ = [
    "again",
    "exhibit",
    "files",
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
    "take_out",
]
