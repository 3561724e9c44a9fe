"""A pack is one document: named sets of conditions and indicators, awards, consequences, its term."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from .awards import Award, Consequence, Programme
from .citation import Citation
from .conditions import Condition, Group, Judgements
from .facts import Facts, Text
from .form import Form
from .procedure import Procedure
from .scoring import Scoring
from .term import Term
from .verdict import Finding

PROPOSAL = "proposal"


@dataclass(frozen=True, slots=True)
class RuleSet:
    """One set of a pack: conditions that are all to be met, or indicators that score."""

    name: str
    subject: str
    title: Text
    root: Group | None
    scoring: Scoring | None
    window: str = "calendar_year"
    note: Text | None = None
    cite: Citation | None = None
    basis: str = ""

    def judge(self, facts: Facts, judgements: Judgements | None = None) -> Finding:
        """The explained verdict on one subject; a set without conditions has none."""
        if self.root is None:
            raise ValueError(f"set {self.name} has no conditions")
        return self.root.judge(facts.values, judgements or {})

    def conditions(self) -> tuple[Condition, ...]:
        """All leaves and groups, outermost first; the root is left out."""
        return tuple(self.root.walk())[1:] if self.root else ()

    def leaves(self) -> tuple[Condition, ...]:
        """The conditions that are judged by themselves."""
        return tuple(one for one in self.conditions() if not one.members())

    def columns(self) -> dict[str, None]:
        """The names of all facts that the conditions read, in order of appearance."""
        return {column.name: None for one in self.conditions() for column in one.facts()}


@dataclass(frozen=True, slots=True)
class Pack:
    """One document as rules. `raw` is the file as read, for the canonical rules of a decision."""

    id: str
    version: str
    status: str
    authority: str
    number: str
    region: str
    term: Term
    entry: str
    title: Text
    short: Text
    sets: Mapping[str, RuleSet]
    awards: Mapping[str, Award]
    programmes: Mapping[str, Programme]
    consequences: Mapping[str, Consequence]
    raw: Mapping[str, Any] = field(repr=False)
    procedures: Mapping[str, Procedure] = field(default_factory=dict, repr=False)
    forms: Mapping[str, Form] = field(default_factory=dict, repr=False)
    term_basis: str = ""
    term_note: Text | None = None
    replaces: str = ""
    note: Text | None = None
    folder: Path | None = None

    @property
    def pays(self) -> bool:
        """Whether its awards are payments: a proposal's never are."""
        return self.status != PROPOSAL

    def set(self, name: str = "") -> RuleSet:
        """The set with this name, or the entry set."""
        return self.sets[name or self.entry]

    def state(self, on: date) -> str:
        """`in_force`, `lapsed` or `not_yet` on a day."""
        return self.term.state(on)

    def rules(self, name: str = "") -> dict[str, Any]:
        """What decides in a set, as plain JSON values without texts: the part of a decision that counts."""
        wanted = name or self.entry
        return {
            "pack": {
                key: plain(self.raw["pack"][key])
                for key in ("id", "version", "status", "region", "in_force")
                if key in self.raw["pack"]
            }
            | {"entry": wanted},
            "sets": {wanted: without_texts(plain(self.raw["sets"][wanted]))},
            "awards": without_texts(plain(self.raw.get("awards", {}))),
        }

    def digest(self, name: str = "") -> str:
        """SHA-256 of the rules of a set, in hexadecimal."""
        return digest_of(self.rules(name))


TEXTS = frozenset({"text", "title", "note", "short", "zh", "en"})


def without_texts(value: Any) -> Any:
    """The same tree without words for readers; what a person must look at stays as an empty mark."""
    if isinstance(value, dict):
        return {
            key: {} if key == "judged" and isinstance(one, dict) else without_texts(one)
            for key, one in value.items()
            if key not in TEXTS
        }
    if isinstance(value, list):
        return [without_texts(one) for one in value]
    return value


def plain(value: Any) -> Any:
    """TOML values as JSON values: days and exact numbers become text or whole numbers."""
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if value is None or isinstance(value, bool | int | str):
        return value
    return str(value)


def canonical(value: Any) -> str:
    """JSON with sorted keys and no blanks: equal rules have equal text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(value: Any) -> str:
    """SHA-256 of the canonical JSON."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()
