"""The verbs on credit records and on what operators ask about them."""

from zhongchuang.credit.actions.asking import answer, ask
from zhongchuang.credit.actions.ending import end, lift
from zhongchuang.credit.actions.entering import enter, record, taken
from zhongchuang.credit.actions.imported import undo, write_records

__all__ = ["answer", "ask", "end", "enter", "lift", "record", "taken", "undo", "write_records"]
