"""Regions, organisations, people."""

from zhongchuang.organisations.models.organisation import Delegation, Organisation
from zhongchuang.organisations.models.people import (
    Invitation,
    PastPassword,
    Post,
    RecoveryCode,
    Role,
    User,
)
from zhongchuang.organisations.models.region import Region
from zhongchuang.organisations.models.tokens import Scope, Token

__all__ = [
    "Delegation",
    "Invitation",
    "Organisation",
    "PastPassword",
    "Post",
    "RecoveryCode",
    "Region",
    "Role",
    "Scope",
    "Token",
    "User",
]
