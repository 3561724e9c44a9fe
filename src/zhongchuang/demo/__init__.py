"""Demonstration data: the six spaces of Hedong as published, and an invented province."""

from .hedong import Stated, hedong, hedong_notes, hedong_source, hedong_subsidies, hedong_totals
from .province import province

__all__ = [
    "Stated",
    "hedong",
    "hedong_notes",
    "hedong_source",
    "hedong_subsidies",
    "hedong_totals",
    "province",
]
