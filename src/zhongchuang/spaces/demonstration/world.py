"""What the makers of the demonstration share: the data files, chance, and who acts for whom."""

import tomllib
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from zhongchuang.demo.dice import Dice
from zhongchuang.organisations.access import Acting
from zhongchuang.organisations.models import Organisation, Region

HERE = Path(__file__).parent


@cache
def data(name):
    """One of the data files beside this one."""
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


def address(local):
    """The mail address of an invented person: nobody can own a domain that ends so (RFC 2606)."""
    return f"{local}@{data('places')['domain']}".lower()


@dataclass
class World:
    """What was made so far. People are found by their role and the code or word of their organisation."""

    dice: Dice
    today: date
    regions: dict[str, Region]
    departments: dict[str, Organisation] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    operators: dict[int, Organisation] = field(default_factory=dict)
    runs: dict[int, int] = field(default_factory=dict)
    people: dict[str, Acting] = field(default_factory=dict)
    codes: int = 0

    def acting(self, role, place):
        return self.people[f"{role}.{place}"]

    def decider(self, region):
        """A reviewer of the department that is competent for a region: its own, else the nearest above."""
        codes = reversed(region.path.strip("/").split("/"))
        return next(
            self.people[f"reviewer.{code}"] for code in codes if f"reviewer.{code}" in self.people
        )

    def name(self):
        """The name of an invented person."""
        words = data("words")
        return self.dice.pick(words["surnames"]) + self.dice.pick(words["given"])
