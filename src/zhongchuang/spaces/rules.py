"""What the register asks and reminds of: data files, read once, and what the rules of a place call major."""

import tomllib
from functools import cache
from pathlib import Path

from zhongchuang.page.listed import ask

HERE = Path(__file__).parent


@cache
def read():
    return tomllib.loads((HERE / "major.toml").read_text(encoding="utf-8"))


@cache
def major():
    """Which fields of which table need a decision where no document says so: {table: {field: citation}}."""
    found = {}
    for one in read()["major"]:
        fields = found.setdefault(one["table"], {})
        fields.update(dict.fromkeys(one["fields"], one["cite"]))
    return found


def major_of(space):
    """The same for one space: what the rules of its place name is major by their article (SH-3)."""
    found = {table: dict(fields) for table, fields in major().items()}
    for name, cite in ask("major", space):
        for table, field in fields_of(name):
            found.setdefault(table, {})[field] = cite
    return found


def fields_of(name):
    """Table and field by which a thing of the rules changes; none for what the register does not hold."""
    return [tuple(one.split(".")) for one in read()["names"].get(name, ())]


@cache
def lease_reminders():
    """Days before the end of a lease on which its operator is reminded, the most first."""
    told = tomllib.loads((HERE / "reminders.toml").read_text(encoding="utf-8"))
    return tuple(sorted(told["lease"], reverse=True))
