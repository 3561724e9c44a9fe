"""What the words of the fact catalogue mean here: a data file, read once."""

import tomllib
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent


@cache
def meanings():
    """The lists of meanings.toml."""
    return tomllib.loads((HERE / "meanings.toml").read_text(encoding="utf-8"))
