"""What the words of the fact catalogue mean here: a data file, read once; and how long names of visitors are kept."""

import tomllib
from datetime import timedelta
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
KEPT = timedelta(days=90)
"""So long after an event the names and numbers of those who signed up are kept."""


@cache
def meanings():
    """The lists of meanings.toml."""
    return tomllib.loads((HERE / "meanings.toml").read_text(encoding="utf-8"))
