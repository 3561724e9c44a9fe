"""The queue of a post as a row of cases: which comes next, which came before."""

from dataclasses import dataclass

from zhongchuang.procedures.access import people_of
from zhongchuang.procedures.models import Case

MOST = 500
"""So many are put in a row, the first due first; who has more comes back to the rest."""


@dataclass(frozen=True)
class Turn:
    """Where a case stands in the row: its neighbours by key, its place counted from one (0 where it is not in it)."""

    before: object = None
    after: object = None
    place: int = 0
    count: int = 0


def row_of(acting):
    """Keys of the cases that wait for this post and that nobody else has taken."""
    waiting = Case.objects.visible_to(acting).waiting_for(acting.post)
    return list(waiting.free_for(people_of(acting)).in_turn().values_list("key", flat=True)[:MOST])


def turn_of(case, acting):
    """The place of a case in the row; one that is not in it leads to the first."""
    row = row_of(acting)
    if case.key not in row:
        return Turn(after=row[0] if row else None, count=len(row))
    at = row.index(case.key)
    before = row[at - 1] if at else None
    after = row[at + 1] if at + 1 < len(row) else None
    return Turn(before, after, at + 1, len(row))


def next_of(case, acting):
    """The case that opens when this one is done with: the one behind it, else the first that is left."""
    turn = turn_of(case, acting)
    if turn.after:
        return turn.after
    return next((key for key in row_of(acting) if key != case.key), None)
