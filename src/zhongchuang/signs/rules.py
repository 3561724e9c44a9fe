"""Signs and their thresholds: a data file, read once."""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Rule:
    """One kind of sign: its name, what it says, why it is one, and its thresholds."""

    name: str
    titles: dict
    reasons: dict
    given: dict = field(default_factory=dict)

    @property
    def title(self):
        return spoken(self.titles)

    @property
    def why(self):
        return spoken(self.reasons)

    def __getitem__(self, name):
        return self.given[name]


def spoken(texts):
    return texts["zh" if (get_language() or "zh").startswith("zh") else "en"]


@cache
def rules():
    """All rules by name, in the order of the file."""
    read = tomllib.loads((HERE / "signs.toml").read_text(encoding="utf-8"))
    return {name: rule(name, one) for name, one in read.items() if name != "basis"}


def rule(name, one):
    given = {key: value for key, value in one.items() if key not in {"title", "why"}}
    return Rule(name, one["title"], one["why"], given)
