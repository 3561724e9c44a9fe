"""What no document gives about visits: a data file, read once."""

import tomllib
from functools import cache
from pathlib import Path


@cache
def rules():
    """How many visit together, what is looked at, how many photographs, what is to be ready."""
    return tomllib.loads((Path(__file__).parent / "visits.toml").read_text(encoding="utf-8"))
