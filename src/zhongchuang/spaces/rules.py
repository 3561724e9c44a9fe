"""What the register asks and reminds of: data files, read once."""

import tomllib
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent


@cache
def major():
    """Which fields of which table need a decision: {table: {field: citation}}."""
    found = {}
    for one in tomllib.loads((HERE / "major.toml").read_text(encoding="utf-8"))["major"]:
        fields = found.setdefault(one["table"], {})
        fields.update(dict.fromkeys(one["fields"], one["cite"]))
    return found


@cache
def lease_reminders():
    """Days before the end of a lease on which its operator is reminded, the most first."""
    read = tomllib.loads((HERE / "reminders.toml").read_text(encoding="utf-8"))
    return tuple(sorted(read["lease"], reverse=True))
