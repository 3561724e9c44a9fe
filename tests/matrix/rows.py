"""The words in which the tables of this folder say who may open what.

A table is a file of this folder, named after its app, with two lists:

    ROWS = [
        row("app:page", {"pk": thing}, of=("bees", "jia"), answers={200: at(OFFICIALS, COUNTY, ABOVE) | at(ANYONE, OWN)}),
        row("app:remove", {"pk": thing}, of=("bees",), answers={200: at({"operator_head"}, OWN)},
            form=Form(by="bees.operator_head", sends={"reason": "x"}, entry="thing_removed", texts=("reason",))),
    ]
    SECRETS = [Secret("unmistakable words of the thing", of="bees", seen=at(OFFICIALS, COUNTY, ABOVE) | at(ANYONE, OWN), make=thing)]

- `row(name, keys, …)`: the name of the address with its namespace (its pattern where it has no name), and functions of
  `(world, owner)` that make the thing and return its key.
- `of`: short names of owners (see `world.py`, `tests/cast.py`); the page is opened for a thing of each.
- `answers`: status to `at(roles, places…)`. Whoever stands in no line gets `otherwise`, 404 unless said differently: to an
  outsider a foreign thing does not exist. A visitor who has not signed in gets `visitor`, the way to the sign-in unless
  said differently. `public(…)` is a row of a page that is open to everyone.
  Where more than role and place decide (a clerk of a department or of an alliance), the key is the statuses that may be:
  `(200, 403)`.
- `post=True`: the address takes POST alone; GET is answered by 405.
- `form`: what a person sends so that it succeeds, the entry that it leaves in the audit chain (or why it leaves none),
  and which of the fields are free text.
- `SECRETS`: words that a page of whatever kind (lists, search, fragments, exports) may show to those alone.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.matrix.world import ABOVE, BELOW, COUNTY, FOREIGN, NOBODY, OWN, PLACES, ROLES, SIBLING
from zhongchuang.organisations.models.people import ADMINISTRATORS, APPLICANTS, OFFICIALS

__all__ = [
    "ABOVE", "ADMINISTRATORS", "ANYONE", "APPLICANTS", "BELOW", "COUNTY", "FOREIGN", "NOBODY", "OFFICIALS", "OWN",
    "SIBLING", "SIGN_IN", "Form", "Row", "Secret", "at", "public", "row",
]  # fmt: skip
ANYONE = ROLES
SIGN_IN = "sign in"
"""An answer that leads to the page for signing in."""


def at(roles, *places):
    """Pairs of role and place; without places everywhere."""
    return frozenset((str(role), place) for role in roles for place in places or PLACES)


@dataclass(frozen=True)
class Form:
    """A request that succeeds: who sends what, and what it leaves in the audit chain."""

    by: str
    sends: dict | Callable = field(default_factory=dict)
    of: str = ""
    entry: str = ""
    no_entry: str = ""
    texts: tuple = ()
    query: str = ""
    answer: int = 302
    why_open: str = ""
    """Why a visitor's request without the token of a form is accepted; only where no cookie signs it."""


@dataclass(frozen=True)
class Row:
    name: str
    keys: dict = field(default_factory=dict)
    of: tuple = ("",)
    answers: dict = field(default_factory=dict)
    otherwise: int | str = 404
    visitor: int | str = SIGN_IN
    query: str = ""
    post: bool = False
    form: Form | None = None
    limited: bool = False
    """Whether it is a public list that one network address reads only so often (S-22)."""

    def expected(self, role, place):
        found = [status for status, pairs in self.answers.items() if (role, place) in pairs]
        assert len(found) < 2, f"{self.name}: {role} at {place} stands in two lines: {found}"
        return found[0] if found else self.otherwise

    def made(self, world, owner):
        return {
            name: key(world, owner) if callable(key) else key for name, key in self.keys.items()
        }


@dataclass(frozen=True)
class Secret:
    """Words that stand on pages for those alone who stand in `seen`, seen from their owner."""

    words: str
    of: str
    seen: frozenset
    make: Callable
    told: tuple = ()
    """People who were written a letter about it, which is theirs in whatever post they act."""


def row(name, keys=None, **more):
    return Row(name, keys or {}, **more)


def public(name, keys=None, **more):
    return Row(name, keys or {}, **({"otherwise": 200, "visitor": 200} | more))
