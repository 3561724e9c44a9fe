"""Titles of spaces, and the terms in which nobody takes an application from an operator."""

from zhongchuang.filing.models.titles import Ban, Title

__all__ = ["Ban", "Title"]
