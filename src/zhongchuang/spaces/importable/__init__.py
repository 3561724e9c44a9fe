"""What the register takes from files: answers the question that is asked of every app."""

from functools import cache

from zhongchuang.spaces.importable.opening import spaces
from zhongchuang.spaces.importable.rows import as_kind, tables


@cache
def importable():
    """The kinds of rows, whole spaces first."""
    return [*spaces(), *map(as_kind, tables())]
