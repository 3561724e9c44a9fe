"""Cases, what was handed in, what was done at each step, and the rules that each case goes by."""

from zhongchuang.procedures.models.advice import Advice
from zhongchuang.procedures.models.batches import Batch, Member
from zhongchuang.procedures.models.cases import Act, Attachment, Case, Pin, Submission
from zhongchuang.procedures.models.changes import CaseChange
from zhongchuang.procedures.models.decisions import DecisionRecord
from zhongchuang.procedures.models.extensions import Extension
from zhongchuang.procedures.models.handings import Handing
from zhongchuang.procedures.models.rules import RuleVersion
from zhongchuang.procedures.models.signings import Listed, Signing

__all__ = [
    "Act",
    "Advice",
    "Attachment",
    "Batch",
    "Case",
    "CaseChange",
    "DecisionRecord",
    "Extension",
    "Handing",
    "Listed",
    "Member",
    "Pin",
    "RuleVersion",
    "Signing",
    "Submission",
]
