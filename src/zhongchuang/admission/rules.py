"""How long what this app sends out holds: a data file, read once."""

import tomllib
from datetime import timedelta
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent


@cache
def terms():
    return tomllib.loads((HERE / "terms.toml").read_text(encoding="utf-8"))


def holds():
    """How long the private address holds under which a resident gives its figures."""
    return timedelta(days=terms()["figures"]["address"]["days"])
