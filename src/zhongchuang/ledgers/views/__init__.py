"""The pages of the ledgers."""

from zhongchuang.ledgers.views.daily import daily
from zhongchuang.ledgers.views.line import correct, line, new, strike
from zhongchuang.ledgers.views.lists import behind, export, ledger, ledgers, profile

__all__ = [
    "behind",
    "correct",
    "daily",
    "export",
    "ledger",
    "ledgers",
    "line",
    "new",
    "profile",
    "strike",
]
