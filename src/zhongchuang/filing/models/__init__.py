"""Titles of spaces, what changed while they held, and the terms in which nobody takes an application from an operator."""

from zhongchuang.filing.models.changes import TitleChange
from zhongchuang.filing.models.titles import Ban, Title

__all__ = ["Ban", "Title", "TitleChange"]
