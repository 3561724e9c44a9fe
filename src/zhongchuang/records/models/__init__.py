"""Evidence, drafts, letters, document numbers, and what keeps a request from counting twice."""

from zhongchuang.records.models.drafts import Draft
from zhongchuang.records.models.evidence import Content, Evidence
from zhongchuang.records.models.letters import Delivery, Letter
from zhongchuang.records.models.numbers import DocumentNumber, Series
from zhongchuang.records.models.releases import Release
from zhongchuang.records.models.requests import Receipt, Versioned

__all__ = [
    "Content",
    "Delivery",
    "DocumentNumber",
    "Draft",
    "Evidence",
    "Letter",
    "Receipt",
    "Release",
    "Series",
    "Versioned",
]
