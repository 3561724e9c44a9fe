"""A set over many subjects at once: one array operation a leaf, every condition's verdict kept.

The same semantics as conditions.py, number by number: amounts are scaled whole numbers, a share is
compared by cross-multiplication, so that nothing is rounded. Rows are taken in blocks that stay in
the processor's cache.
"""

from dataclasses import dataclass, replace

import numpy as np

from .frame import Codes, Frame
from .pack import RuleSet
from .steps import members_first, step_of
from .table import Table

BLOCK = 1 << 15


@dataclass(slots=True)
class Verdicts:
    """Verdict codes of every subject: `root` (n,) of the set, `by_id` (n,) of each condition and group."""

    root: Codes
    by_id: dict[str, Codes]

    def count(self, code: int) -> int:
        """How many subjects have this verdict on the set."""
        return int(np.count_nonzero(self.root == code))


def judge_columns(rules: RuleSet, table: Table, pack_id: str = "") -> Verdicts:
    """The verdicts of a set on every subject of a table."""
    if rules.root is None:
        raise ValueError(f"set {rules.name} has no conditions")
    rows = len(table)
    frame = Frame(table, pack_id, rules.name)
    whole = replace(rules.root, id="")  # its id is the set's name, which a condition may have too
    plan = [(one.id, step_of(one, frame)) for one in members_first(whole)]
    root, last = np.empty(rows, np.uint8), step_of(whole, frame)
    for lower in range(0, rows, BLOCK):
        block = slice(lower, min(lower + BLOCK, rows))
        for id_, step in plan:
            step(block, frame.verdicts[id_][block])
        last(block, root[block])
    return Verdicts(root, {id_: frame.verdicts[id_] for id_, _step in plan})
