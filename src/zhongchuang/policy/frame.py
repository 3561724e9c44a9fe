"""The columns that a set reads, derived ones included, and the verdicts of its conditions as they come."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from .arrays import (
    ArrayColumn,
    CodeColumn,
    NumberColumn,
    filled,
    ratio_of,
    total_of,
)
from .facts import space_catalogue
from .table import Table, judged_prefixes

Codes = npt.NDArray[np.uint8]


class Frame:
    """The columns that a set reads, derived ones included, and the verdicts as they come."""

    def __init__(self, table: Table, pack_id: str, set_name: str) -> None:
        self.table, self.rows = table, len(table)
        self.pack_id, self.set_name = pack_id, set_name
        self.verdicts: dict[str, Codes] = {}
        self._columns: dict[str, ArrayColumn | None] = {}

    def room(self, id_: str) -> None:
        """A place for the verdicts of a condition."""
        self.verdicts[id_] = np.empty(self.rows, np.uint8)

    def numbers(self, name: str) -> NumberColumn | None:
        """A column of amounts; None where the table knows nothing of it."""
        return self._column(name, NumberColumn)  # type: ignore[return-value]

    def codes(self, name: str) -> CodeColumn | None:
        """A column of codes; None where the table knows nothing of it."""
        return self._column(name, CodeColumn)  # type: ignore[return-value]

    def _column(self, name: str, kind: type[NumberColumn] | type[CodeColumn]) -> ArrayColumn | None:
        if name not in self._columns:
            typed: Any = self.table.columns.get(name)
            if typed is not None and not isinstance(typed, NumberColumn | CodeColumn):
                typed = kind.of(typed)
            self._columns[name] = self._derived(name, typed) if kind is NumberColumn else typed
        return self._columns[name]

    def _derived(self, name: str, typed: Any) -> NumberColumn | None:
        """The typed column, with what its formula adds where it is blank."""
        if name not in _formulas() or (typed is not None and typed.null is None):
            return typed  # type: ignore[no-any-return]
        inputs = self._inputs(name)
        if inputs is None:
            return typed  # type: ignore[no-any-return]
        above, below = inputs
        computed = above if below is None else ratio_of(above, below)
        return computed if typed is None else filled(typed, computed)

    def _inputs(self, name: str) -> tuple[NumberColumn, NumberColumn | None] | None:
        """The sums that a formula divides, the lower None where it has none; None where one is not known."""
        above, below = ([self.numbers(one) for one in names] for names in _formulas()[name])
        known = [one for one in (*above, *below) if one is not None]
        if len(known) < len(above) + len(below):
            return None
        upper, lower = known[: len(above)], known[len(above) :]
        return total_of(upper), total_of(lower) if lower else None

    def share(self, name: str) -> tuple[NumberColumn, NumberColumn] | None:
        """What a share divides where the table leaves it to the formula; None for all other columns."""
        if name in self.table.columns or not _formulas().get(name, ((), ()))[1]:
            return None
        return self._inputs(name)  # type: ignore[return-value]

    def judged(self, id_: str) -> Sequence[bool | None] | None:
        """What persons judged of a condition: row by row this set's own column before a plain one."""
        given = [
            self.table.judgements[prefix + id_]
            for prefix in judged_prefixes(self.pack_id, self.set_name)
            if prefix + id_ in self.table.judgements
        ]
        if len(given) < 2:
            return given[0] if given else None
        return [
            next((value for value in reversed(row) if value is not None), None)
            for row in zip(*given, strict=True)
        ]


@cache
def _formulas() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    return {name: (added, over) for name, added, over in space_catalogue().formulas}
