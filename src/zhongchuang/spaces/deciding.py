"""How a change is decided where not a click of the nearest department does: other apps say it, for many changes at once."""

from dataclasses import dataclass
from datetime import datetime

from zhongchuang.page.listed import ask
from zhongchuang.page.refusal import Refusal


@dataclass(frozen=True)
class Way:
    """A case that decides on a change, or the procedure by which its operator begins one.

    `guide` is the page on how it goes, `begin` is where one press begins the case or goes on with its draft, `bar` why that is not open today; `url` is the
    case once it was handed in, where the reader may open it; `number` its number.
    """

    change: int
    title: str
    cite: str
    guide: str = ""
    begin: str = ""
    is_begun: bool = False
    bar: Refusal | None = None
    url: str = ""
    number: str = ""
    handed_in: datetime | None = None


def ways_of(changes, acting=None):
    """The ways of those of these changes that have one, by key; `acting` is the reader."""
    return {one.change: one for one in ask("ways", list(changes), acting)}


def way_of(change, acting=None):
    """The way of one change; None where the nearest department decides."""
    return ways_of([change], acting).get(change.pk)
