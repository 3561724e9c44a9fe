"""The five verdicts, how groups combine them, and the tree that explains a verdict.

Verdicts are small numbers, so that one row and a million rows follow the same tables: the number is
the rank in `all_of`, where the highest member decides and a member that does not apply has no say.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .conditions import Condition
    from .facts import Value

NOT_APPLICABLE, MET, FOR_JUDGEMENT, UNKNOWN, NOT_MET = range(5)
NAMES = ("not_applicable", "met", "for_judgement", "unknown", "not_met")
CODES = {name: code for code, name in enumerate(NAMES)}
OPPOSITE = (NOT_APPLICABLE, NOT_MET, FOR_JUDGEMENT, UNKNOWN, MET)
"""The verdict of the contrary; also the rank of a verdict in `any_of`."""


def all_of(verdicts: Iterable[int]) -> int:
    """not_met before unknown before for_judgement before met; without members not_applicable."""
    return max(verdicts, default=NOT_APPLICABLE)


def none_of(verdicts: Iterable[int]) -> int:
    """The mirror of `any_of`."""
    return max((OPPOSITE[verdict] for verdict in verdicts), default=NOT_APPLICABLE)


def any_of(verdicts: Iterable[int]) -> int:
    """Met before unknown before for_judgement before not_met."""
    return OPPOSITE[none_of(verdicts)]


def at_least_n_of(needed: int, verdicts: Iterable[int]) -> int:
    """Met if `needed` are met; not_met if the open ones cannot fill up; else what is open."""
    counts = [0] * len(NAMES)
    for verdict in verdicts:
        counts[verdict] += 1
    if counts[MET] >= needed:
        return MET
    if not any(counts[MET:]):
        return NOT_APPLICABLE
    if counts[MET] + counts[UNKNOWN] + counts[FOR_JUDGEMENT] < needed:
        return NOT_MET
    return UNKNOWN if counts[UNKNOWN] else FOR_JUDGEMENT


def when_then(test: int, consequent: int) -> int:
    """The consequent where the test holds; where the test is open, the consequent only if it is met."""
    if test == MET:
        return consequent
    if test in (NOT_MET, NOT_APPLICABLE) or consequent == NOT_APPLICABLE:
        return NOT_APPLICABLE
    if consequent == MET:
        return MET
    return UNKNOWN if UNKNOWN in (test, consequent) else FOR_JUDGEMENT


class Finding:
    """One node of the explanation: a condition, its verdict and why.

    `found` and `needed` are values of the fact (amounts in its unit), `short_by` an amount; `missing`
    names the columns that are not known. Groups have `children`.
    """

    __slots__ = ("children", "condition", "found", "missing", "needed", "short_by", "verdict")

    def __init__(
        self,
        condition: "Condition",
        verdict: int,
        found: "Value | None" = None,
        needed: "Value | None" = None,
        short_by: "Value | None" = None,
        missing: tuple[str, ...] = (),
        children: tuple["Finding", ...] = (),
    ) -> None:
        self.condition = condition
        self.verdict = verdict
        self.found = found
        self.needed = needed
        self.short_by = short_by
        self.missing = missing
        self.children = children

    @property
    def name(self) -> str:
        """The verdict's name."""
        return NAMES[self.verdict]

    def leaves(
        self, around: tuple["Finding", ...] = ()
    ) -> Iterator[tuple["Finding", tuple["Finding", ...]]]:
        """Each leaf with the groups `around` it, outermost first; the root is not named."""
        for child in self.children:
            if child.children:
                yield from child.leaves((*around, child))
            else:
                yield child, around

    def count(self, verdict: int) -> int:
        """How many leaves have this verdict."""
        return sum(leaf.verdict == verdict for leaf, _groups in self.leaves())
