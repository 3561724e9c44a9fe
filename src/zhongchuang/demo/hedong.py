"""The six spaces of Hedong with what is published of each, and the district's totals as stated figures."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from zhongchuang.policy.facts import Column, Text, plain_value, space_catalogue
from zhongchuang.policy.quantity import Quantity
from zhongchuang.policy.table import Table


@dataclass(frozen=True, slots=True)
class Source:
    """Where the figures stand, and the day that they speak of."""

    title: Text
    publisher: Text
    as_of: date


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure known only as a total. `more_than` marks one that the source gives as “over”; `column` is None
    for counts of spaces, which are no fact of a space. `place` is the heading of the source.
    """

    id: str
    text: Text
    column: Column | None
    amount: Quantity
    more_than: bool
    place: str
    note: Text | None


def hedong() -> Table:
    """The six spaces; what the survey does not say of a space is unknown."""
    spaces, catalogue = _document()["spaces"], space_catalogue()
    names = list(dict.fromkeys(name for space in spaces for name in space["facts"]))
    columns = {
        name: [
            plain_value(catalogue.column(name), space["facts"][name])
            if name in space["facts"]
            else None
            for space in spaces
        ]
        for name in names
    }
    return Table([space["name"] for space in spaces], columns)


def hedong_totals() -> list[Stated]:
    """What the survey states for the district as a whole, in its order."""
    return [_stated(row) for row in _document()["totals"]]


def hedong_subsidies() -> dict[str, Quantity]:
    """What each space was paid by city and district together; no entry where nothing is published."""
    return {
        space["name"]: Quantity.parse(space["subsidy"])
        for space in _document()["spaces"]
        if "subsidy" in space
    }


def hedong_source() -> Source:
    """The survey."""
    source = _document()["source"]
    return Source(Text(**source["title"]), Text(**source["publisher"]), source["as_of"])


def hedong_notes() -> dict[str, Text]:
    """How the survey was read where it leaves room, by fact."""
    return {name: Text(**words) for name, words in _document()["notes"].items()}


def _stated(row: dict[str, Any]) -> Stated:
    column = space_catalogue().column(row["fact"]) if "fact" in row else None
    return Stated(
        id=row.get("id") or row["fact"],
        text=Text(**row["text"]) if column is None else column.fact.label,
        column=column,
        amount=Quantity.parse(row["amount"]),
        more_than=row.get("more_than", False),
        place=row["place"],
        note=hedong_notes()[row["note"]] if "note" in row else None,
    )


@cache
def _document() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "hedong.toml").read_text(encoding="utf-8"))
