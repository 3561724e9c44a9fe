"""Many subjects with their facts, column by column; no copies, no numpy needed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from .facts import Facts, Value


@dataclass(slots=True)
class Table:
    """Facts of many subjects.

    `columns` maps a fact's column name to one value a subject, None where unknown: a list, or one of
    the arrays of columns.py. `judgements` maps a condition id (plain, or `pack:set.id`) to True, False
    or None for each subject; `points` maps an indicator id to the points that a person gave.
    `within` holds the same subjects with the figures of another window, where they were computed for it.
    """

    subjects: Sequence[str]
    columns: Mapping[str, Sequence[Value | None]]
    judgements: Mapping[str, Sequence[bool | None]] = field(default_factory=dict)
    points: Mapping[str, Sequence[Value | None]] = field(default_factory=dict)
    codes: Sequence[str | None] | None = None
    within: Mapping[str, "Table"] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.subjects)

    def values(self, row: int) -> dict[str, Value]:
        """The facts of one subject that are known, as they stand in the file."""
        found = {}
        for name, column in self.columns.items():
            value = column[row]
            if value is not None:
                found[name] = value
        return found

    def facts(self, row: int, window: str = "") -> Facts:
        """The facts of one subject, derived ones included; of the year that a set with this window looks at."""
        if window in self.within:
            return self.within[window].facts(row)
        return Facts.of(self.subjects[row], self.values(row))

    def judged(self, row: int, pack: str = "", name: str = "") -> dict[str, bool]:
        """The judgements of one subject for a set; those written for this set go before plain ones."""
        judged = {}
        for prefix in judged_prefixes(pack, name):
            for written, column in self.judgements.items():
                id_ = written.removeprefix(prefix)
                if prefix + id_ == written and is_plain(id_) and (value := column[row]) is not None:
                    judged[id_] = value
        return judged

    def rows(self) -> Iterator[int]:
        """The row numbers."""
        return iter(range(len(self.subjects)))


def judged_prefixes(pack: str, name: str) -> tuple[str, str, str]:
    """What may stand before a condition's id in `judgements`; the last that is given goes first."""
    return "", f"{pack}.", f"{pack}:{name}."


def is_plain(id_: str) -> bool:
    """Whether an id names no pack; the test of a `when` has one dot of its own."""
    return "." not in id_.removesuffix(".when")
