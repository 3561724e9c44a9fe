"""How far imports go: a data file, read once."""

import tomllib
from functools import cache
from pathlib import Path


@cache
def limits():
    """The figures of limits.toml by name."""
    path = Path(__file__).parent / "limits.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
