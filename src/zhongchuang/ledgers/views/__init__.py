"""The pages of the ledgers."""

from zhongchuang.ledgers.views.behind import behind, behind_export, enter
from zhongchuang.ledgers.views.charts import charts
from zhongchuang.ledgers.views.daily import daily
from zhongchuang.ledgers.views.line import correct, line, new, strike
from zhongchuang.ledgers.views.lists import export, function, ledger, ledgers, profile

__all__ = [
    "behind", "behind_export", "charts", "correct", "daily", "enter", "export", "function", "ledger", "ledgers", "line", "new", "profile",
    "strike",
]  # fmt: skip
