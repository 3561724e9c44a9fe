"""Money of a space: its funds and partners, investments in residents, yearly accounts, bills to residents."""

from zhongchuang.finance.models.bills import Bill, Payment
from zhongchuang.finance.models.lines import (
    Cooperation,
    Fund,
    Investment,
    Partner,
    YearAccounts,
)

__all__ = ["Bill", "Cooperation", "Fund", "Investment", "Partner", "Payment", "YearAccounts"]
