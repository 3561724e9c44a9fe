"""Who is incubated: residents with their founders, their stays at spaces, and the figures they report."""

from zhongchuang.residents.models.merge import FounderMerge, Merge
from zhongchuang.residents.models.month import MonthReport
from zhongchuang.residents.models.report import Report
from zhongchuang.residents.models.resident import Founder, Resident
from zhongchuang.residents.models.stay import Occupation, Stage, Stay

__all__ = [
    "Founder",
    "FounderMerge",
    "Merge",
    "MonthReport",
    "Occupation",
    "Report",
    "Resident",
    "Stage",
    "Stay",
]
