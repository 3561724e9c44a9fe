"""What a reader asks of the matrix: the day, the packs, what to leave out. It stands in the address."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.utils.datastructures import MultiValueDict

from zhongchuang.gap.packs import all_packs
from zhongchuang.policy.answer import IN_FORCE, compared
from zhongchuang.policy.facts import Value
from zhongchuang.policy.pack import Pack, RuleSet
from zhongchuang.policy.term import AGES

ALL = "all"
FIRST_SHOWN = 5
STATUS_ORDER = {"law": 0, "plan": 1, "proposal": 2}


@dataclass(frozen=True)
class Choice:
    """A day, the sets to show (none: the nearest few), whether to show only what is missing, whether
    every place is taken as the place of registration, and the set that a phone shows.
    """

    on: date
    packs: tuple[str, ...] = ()
    missing: bool = False
    local: bool = True
    one: str = ""
    wrong_day: str = ""

    @classmethod
    def read(cls, query: MultiValueDict, today: date) -> "Choice":
        """The choice in an address; what is not understood falls back to the usual."""
        written = query.get("on", "").strip()
        try:
            on, wrong = date.fromisoformat(written), ""
        except ValueError:
            on, wrong = today, written
        if on.year not in AGES:
            on, wrong = today, written
        locals_ = query.getlist("local")
        return cls(
            on=on,
            packs=tuple(query.getlist("pack")),
            missing=query.get("show") == "missing",
            local=not locals_ or locals_[-1] == "yes",
            one=query.get("one", ""),
            wrong_day=wrong,
        )

    def pairs(self) -> list[tuple[str, str]]:
        """The same choice for an address, the usual left out."""
        found = [("on", self.on.isoformat())]
        found += [("pack", one) for one in self.packs]
        found += [("show", "missing")] if self.missing else []
        found += [] if self.local else [("local", "no")]
        return found + ([("one", self.one)] if self.one else [])

    def everything(self) -> "Choice":
        """The same choice over all packs."""
        return replace(self, packs=(ALL,), one="")


def reference(pack: Pack, rules: RuleSet) -> str:
    """The name of a set in addresses: pack:set."""
    return f"{pack.id}:{rules.name}"


def ordered(values: Mapping[str, Value], on: date) -> list[tuple[Pack, RuleSet]]:
    """All sets with conditions: those of the subject's own place, then those in force, the nation's first."""
    home = values.get("registered_in", "")

    def rank(place: int, pack: Pack, rules: RuleSet) -> tuple:
        at_home = bool(pack.region and isinstance(home, str) and home.startswith(pack.region))
        return (
            not at_home,
            STATUS_ORDER[pack.status],
            pack.state(on) != IN_FORCE,
            bool(pack.region),
            rules.name != pack.entry,
            place,
        )

    sets = list(enumerate(compared(all_packs())))
    return [pair for _place, pair in sorted(sets, key=lambda row: rank(row[0], *row[1]))]


def chosen(sets: list[tuple[Pack, RuleSet]], choice: Choice) -> list[tuple[Pack, RuleSet]]:
    """The sets to show, in the order of `sets`: without a choice the first few; always the one for a phone."""
    if ALL in choice.packs:
        return sets
    wanted = [pair for pair in sets if reference(*pair) in choice.packs] or sets[:FIRST_SHOWN]
    return [pair for pair in sets if pair in wanted or reference(*pair) == choice.one]
