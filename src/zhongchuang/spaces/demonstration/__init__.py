"""The demonstration: an invented part of the country, made by the same verbs that people use."""

from zhongchuang.spaces.demonstration.filling import SPACES, fill, is_empty
from zhongchuang.spaces.demonstration.passwords import (
    give_passwords,
    new_passwords,
    nobody_signed_in_yet,
    sign_ins,
)

__all__ = [
    "SPACES",
    "fill",
    "give_passwords",
    "is_empty",
    "new_passwords",
    "nobody_signed_in_yet",
    "sign_ins",
]
