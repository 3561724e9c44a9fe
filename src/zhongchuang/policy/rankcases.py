"""Rankings among a pack's own cases."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from .errors import Refused, _
from .facts import Value, plain_value, space_catalogue
from .pack import Pack
from .quantity import exact
from .ranking import rank, rank_answer
from .table import Table

SUBJECT_KEYS = (
    "name",
    "facts",
    "without",
    "previous",
    "judged",
    "rank",
    "score",
    "grade",
    "award",
    "award_tied",
    "unranked",
    "first_year",
    "held",
    "bonus",
)
COMPARED = ("rank", "grade", "award", "award_tied", "first_year", "held")


def run_ranking(pack: Pack, ranking: dict[str, Any]) -> Iterator[Refused]:
    """What comes out differently from what the ranking expects."""
    rules = pack.sets[ranking["set"]]
    subjects = ranking["subjects"]
    shared = ranking.get("facts", {})
    now = [
        {
            name: value
            for name, value in (shared | one.get("facts", {})).items()
            if name not in one.get("without", ())
        }
        for one in subjects
    ]
    table = _table([one["name"] for one in subjects], now)
    table.points = {
        id_: [
            exact(one["judged"][id_]) if id_ in one.get("judged", {}) else None for one in subjects
        ]
        for id_ in {id_ for one in subjects for id_ in one.get("judged", {})}
    }
    before = [one for one in subjects if "previous" in one]
    previous = (
        _table([one["name"] for one in before], [one["previous"] for one in before])
        if before
        else None
    )
    found = {
        one.subject: rank_answer(one, rules.scoring.places if rules.scoring else 0)
        for one in rank(pack, rules, table, previous)
    }
    for one in subjects:
        yield from _differences(one, found[one["name"]])


def _differences(expected: dict[str, Any], found: dict[str, Any]) -> Iterator[Refused]:
    for key in expected:
        if key not in SUBJECT_KEYS:
            yield Refused(
                _("“%(found)s” is not allowed. Allowed: %(allowed)s."),
                found=key,
                allowed=", ".join(SUBJECT_KEYS),
            )
    name = expected["name"]
    for key in ("score", "bonus"):
        if key in expected and (
            key not in found or Fraction(str(found[key])) != Fraction(str(expected[key]))
        ):
            yield Refused(
                _("“%(id)s” is %(found)s; the case expects %(expected)s."),
                id=f"{name}.{key}",
                found=found.get(key),
                expected=expected[key],
            )
    for key in COMPARED:
        if (
            key in expected
            and found.get(key, "" if isinstance(expected[key], str) else False) != expected[key]
        ):
            yield Refused(
                _("“%(id)s” is %(found)s; the case expects %(expected)s."),
                id=f"{name}.{key}",
                found=found.get(key),
                expected=expected[key],
            )
    if "unranked" in expected and bool(found.get("unranked")) != bool(expected["unranked"]):
        yield Refused(
            _("“%(id)s” is %(found)s; the case expects %(expected)s."),
            id=f"{name}.unranked",
            found=found.get("unranked"),
            expected=expected["unranked"],
        )


def _table(names: list[str], rows: list[dict[str, Any]]) -> Table:
    catalogue = space_catalogue()
    read: list[dict[str, Value]] = [
        {
            (column := catalogue.column(name)).name: plain_value(column, value)
            for name, value in row.items()
        }
        for row in rows
    ]
    columns = {name for row in read for name in row}
    return Table(names, {name: [row.get(name) for row in read] for name in columns})
