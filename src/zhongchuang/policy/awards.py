"""Who is paid how much, for what it may be used, and what follows from misuse."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from .citation import Citation
from .conditions import Condition, Judgements, Values
from .facts import Text
from .quantity import Quantity, exact
from .verdict import MET, Finding

NOT_STATED = "not_stated"
CASE_BY_CASE = "case_by_case"


@dataclass(frozen=True, slots=True)
class OtherUses:
    """What a use outside the list needs, and with whom it is filed."""

    needs: tuple[str, ...]
    filed_with: str
    cite: Citation | None


@dataclass(frozen=True, slots=True)
class Programme:
    """A pot of money that awards are paid from."""

    id: str
    text: Text
    cite: Citation | None
    budget: Quantity | None
    shares: Mapping[str, Quantity] = field(default_factory=dict)
    basis: str = ""
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Award:
    """Money that a document promises. `amount` is None where the document states none (`kind` says why);
    `up_to` is the upper end where it states a range. `when` says who gets it by facts alone; without it
    the award follows from a grade.
    """

    id: str
    text: Text
    cite: Citation | None
    kind: str
    amount: Quantity | None = None
    up_to: Quantity | None = None
    approximate: bool = False
    once: str = ""
    when: Condition | None = None
    uses: tuple[str, ...] = ()
    other_uses: OtherUses | None = None
    shares: Mapping[str, Quantity] = field(default_factory=dict)
    programme: str = ""
    basis: str = ""
    note: Text | None = None

    def judge(self, values: Values, judgements: Judgements) -> Finding | None:
        """Whether the facts give the award; None where a grade gives it."""
        return self.when.judge(values, judgements) if self.when else None


def given(
    awards: Mapping[str, Award], values: Values, judgements: Judgements | None = None
) -> list[Award]:
    """The awards that the facts alone give: their `when` is met."""
    return [
        award
        for award in awards.values()
        if (found := award.judge(values, judgements or {})) is not None and found.verdict == MET
    ]


@dataclass(frozen=True, slots=True)
class Consequence:
    """What follows from misuse or failure: effects, and for how long no application is accepted."""

    id: str
    text: Text
    cite: Citation | None
    effects: tuple[str, ...]
    when: Condition | None = None
    refused_for: Quantity | None = None
    basis: str = ""
    note: Text | None = None

    def follows(self, values: Values) -> bool:
        """Whether the facts bring it about."""
        return self.when is not None and self.when.judge(values, {}).verdict == MET


def split(amount: Quantity, shares: Mapping[str, Quantity]) -> dict[str, Quantity]:
    """The amount by payer, in whole fen; the parts always add up, the last payer takes the remainder."""
    parts, rest = {}, amount
    *firsts, last = shares
    for payer in firsts:
        fen = int(Fraction(amount.share(shares[payer]).amount) * 100)
        parts[payer] = Quantity(exact(Fraction(fen, 100)), amount.unit)
        rest -= parts[payer]
    return parts | {last: rest}
