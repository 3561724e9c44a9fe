"""Random evaluations in the language of packs, random figures, and a naive scorer in fractions.

The scorer follows the words of docs/architecture.md and docs/packs.md and shares no code with the engine.
"""

import math
import random
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from hypothesis import strategies as st

from tests.policy.random_rules import Day
from zhongchuang.policy.table import Table

COLUMNS = {
    "events": {"total": "events.total", "year": "events.year"},
    "trainings": {"total": "trainings.total", "year": "trainings.year"},
    "financing": {"total": "financing.total", "year": "financing.year"},
    "mentors": {"total": "mentors", "year": "mentors"},
    "distinctive_cases": {"total": "distinctive_cases", "year": "distinctive_cases"},
}
UNITS = {"events": "time", "trainings": "time", "financing": "CNY", "mentors": "person"}
UNITS["distinctive_cases"] = "case"
STANDING = ["banned", "false_material", "excellent_awarded_ever", "subsidy_misused"]

ODD = [Fraction("0.01"), Fraction("12.5"), Fraction("999999999999999.9999"), 300_000]
FIGURES = [*(0, 1, 2, 3, 4, 7, 8, 20), *(0, 1, 2, 3, 4, 7, 8, 20), *ODD]

# ── evaluations ───────────────────────────────────────────────────────────────────────────────────


@st.composite
def scales(draw, unit):
    low, high = draw(st.sampled_from([(0, 8), (1, 4), (8, 0), (2, 3)]))
    points = [draw(st.sampled_from([1, Decimal("2.5"), 5])) for _step in range(3)]
    return draw(
        st.sampled_from(
            [
                "share_of_best",
                "percentile",
                {"linear": {"from": f"{low} {unit}", "to": f"{high} {unit}"}},
                {
                    "steps": [
                        {"at_least": f"{place} {unit}", "points": one}
                        for place, one in zip((1, 3, 8), points, strict=True)
                    ]
                },
                {
                    "threshold_then_slope": {
                        "threshold": f"2 {unit}",
                        "points": points[0],
                        "per": f"{draw(st.sampled_from([1, 3]))} {unit}",
                        "each": Decimal("0.1"),
                    }
                },
                {"per_item": {"each": points[1]}},
            ]
        )
    )


@st.composite
def indicators(draw, number, typed):
    weight = st.sampled_from([5, Decimal("7.5"), 10, 20])
    text = {"zh": "指标", "en": "Indicator"}
    head = {"id": f"i{number}", "cite": "第九条", "text": text, "weight": draw(weight)}
    if typed:
        head["weight"] = {"owned": draw(weight), "rented": draw(weight)}
    kind = draw(st.sampled_from(["fact", "fact", "fact", "judged", "factors"]))
    if kind == "judged":
        return head | {"scale": {"judged": 10}}
    if kind == "factors":
        factors = {
            "events": draw(st.sampled_from([1, Decimal("0.5")])),
            "trainings": Decimal("0.25"),
        }
        return head | {"scale": {"per_item": {"each": 1, "factors": factors}}}
    fact = draw(st.sampled_from(list(COLUMNS)))
    return head | {"fact": fact, "scale": draw(scales(UNITS[fact]))}


@st.composite
def evaluations(draw):
    """A pack with one scored set, as plain values."""
    text = {"zh": "试验", "en": "Trial"}
    typed = draw(st.booleans())
    parts = draw(
        st.sampled_from(
            [
                {"total": "50 %", "increment": "50 %"},
                {"total": "70 %", "increment": "30 %"},
                {"total": "100 %"},
                {"year": "100 %"},
            ]
        )
    )
    scored = {
        "subject": "space",
        "title": text,
        "parts": parts,
        "increment": draw(st.sampled_from(["change_of_total", "growth_of_year"])),
        "rounding": {"places": draw(st.integers(0, 4)), "mode": "half_up"},
        "indicators": [
            draw(indicators(number, typed)) for number in range(draw(st.integers(1, 4)))
        ],
        "grades": {
            "excellent": {
                "rank_at_most": draw(st.integers(1, 4)),
                "among": "not_yet_awarded",
                "barred_by": ["banned", "subsidy_misused"],
                "award": "prize",
            },
            "good": {"rank_share_at_most": "50 %", "score_at_least": 5},
            "poor": {"score_below": 5},
        },
    }
    if typed:
        scored["weights_by"] = "tenure"
    if draw(st.booleans()):
        scored["bonus"] = {"fact": "distinctive_cases", "each": 1, "at_most": 5}
    return {
        "pack": {
            "id": "trial",
            "version": "1",
            "status": "law",
            "authority": "省",
            "in_force": {"from": Day("2016-02-01")},
            "entry": "evaluation",
            "title": text,
        },
        "sets": {"evaluation": scored},
        "awards": {"prize": {"cite": "第八条", "amount": "500000 CNY", "once": "ever"}},
    }


# ── figures ───────────────────────────────────────────────────────────────────────────────────────


def _columns(chance, count, names):
    """Columns of figures, mostly known."""
    return {
        name: [None if chance.random() < 0.05 else chance.choice(FIGURES) for _row in range(count)]
        for name in names
    }


@st.composite
def years(draw, raw, most=9):
    """The tables of a year and of the year before; some spaces are new, some figures are missing.

    The figures come from a seed: drawing them one by one would take most of the time.
    """
    count = draw(st.integers(1, most))
    chance = random.Random(draw(st.integers(0, 2**32)))  # noqa: S311 -- no secret
    names = [f"space {row}" for row in range(count)]
    wanted = sorted({column for kinds in COLUMNS.values() for column in kinds.values()})
    columns = _columns(chance, count, wanted)
    columns |= {name: chance.choices([None, False, False, True], k=count) for name in STANDING}
    columns["tenure"] = chance.choices(["owned", "rented", "owned", "rented", None], k=count)
    judged = [one["id"] for one in raw["sets"]["evaluation"]["indicators"] if is_judged(one)]
    points = {id_: chance.choices([0, 5, Fraction(13, 2), 10], k=count) for id_ in judged}
    now = Table(names, columns, {}, points)
    if draw(st.sampled_from([True, True, True, False])):
        old = chance.sample(names, k=(3 * count + 3) // 4)
        return now, Table(old, _columns(chance, len(old), wanted))
    return now, None


def is_judged(indicator):
    """Whether a person gives the points."""
    return indicator["scale"] == {"judged": 10}


# ── the naive scorer ──────────────────────────────────────────────────────────────────────────────


@dataclass
class Space:
    """What the scorer knows of one space."""

    name: str
    now: dict
    before: dict | None
    points: dict


def spaces_of(now, before):
    """Both years by space."""
    old = {} if before is None else {name: row for row, name in enumerate(before.subjects)}
    return [
        Space(
            name,
            {column: values[row] for column, values in now.columns.items()},
            {column: values[old[name]] for column, values in before.columns.items()}
            if name in old
            else None,
            {id_: values[row] for id_, values in now.points.items()},
        )
        for row, name in enumerate(now.subjects)
    ]


def _sum(indicator, values, kind):
    """The figure of an indicator at a time kind, or None."""
    factors = {indicator.get("fact"): 1}
    if "fact" not in indicator:
        factors = indicator["scale"]["per_item"]["factors"]
    terms = [(values[COLUMNS[fact][kind]], Fraction(factor)) for fact, factor in factors.items()]
    return None if any(value is None for value, _ in terms) else sum(v * f for v, f in terms)


def figure(raw, indicator, space, part):
    """The figure behind one part of one indicator."""
    if is_judged(indicator):
        return space.points[indicator["id"]]
    if part != "increment":
        return _sum(indicator, space.now, part)
    kind = "total" if raw["increment"] == "change_of_total" else "year"
    now, then = _sum(indicator, space.now, kind), _sum(indicator, space.before, kind)
    return None if now is None or then is None else now - then


def parts_of(raw, space):
    """Shares of the parts of the score; a first year counts the total alone."""
    if "increment" in raw["parts"] and space.before is None:
        return {"total": Fraction(1)}
    return {part: Fraction(share.split()[0]) / 100 for part, share in raw["parts"].items()}


def weight(indicator, space):
    """The most points; None where the type of the space is not known."""
    if isinstance(indicator["weight"], dict):
        by_type = indicator["weight"].get(space.now["tenure"])
        return None if by_type is None else Fraction(by_type)
    return Fraction(indicator["weight"])


def is_complete(raw, space):
    """Whether nothing is missing that the score needs."""
    if "bonus" in raw and space.now["distinctive_cases"] is None:
        return False
    return all(
        weight(one, space) is not None and figure(raw, one, space, part) is not None
        for one in raw["indicators"]
        for part in parts_of(raw, space)
    )


def points(scale, value, most, among):  # noqa: PLR0911 -- one a scale
    """The points of a figure among the figures of all who are ranked."""
    if scale == "share_of_best":
        best = max(among)
        return most * max(value, 0) / Fraction(best) if best > 0 else Fraction(0)
    if scale == "percentile":
        if len(among) == 1:
            return most
        lower = sum(one < value for one in among)
        others = sum(one == value for one in among) - 1
        return most * (lower + Fraction(others, 2)) / (len(among) - 1)
    (kind, given), *_ = scale.items()
    if kind == "linear":
        start, end = (Fraction(given[key].split()[0]) for key in ("from", "to"))
        return most * min(max((value - start) / (end - start), Fraction(0)), Fraction(1))
    if kind == "steps":
        reached = [one for one in given if value >= Fraction(one["at_least"].split()[0])]
        return min(Fraction(reached[-1]["points"]), most) if reached else Fraction(0)
    if kind == "threshold_then_slope":
        start, per = (Fraction(given[key].split()[0]) for key in ("threshold", "per"))
        steps = (value - start) // per
        above = Fraction(given["points"]) + steps * Fraction(given["each"])
        return min(above, most) if value >= start else Fraction(0)
    if kind == "per_item":
        return min(max(value * Fraction(given["each"]), Fraction(0)), most)
    return min(max(Fraction(value), Fraction(0)), Fraction(10))


def half_up(number, places):
    """Round a number of 0 or more."""
    return Fraction(math.floor(number * 10**places + Fraction(1, 2)), 10**places)


def scores(raw, now, before):
    """Score and rank by name, the unranked left out."""
    raw = raw["sets"]["evaluation"]
    ranked = [space for space in spaces_of(now, before) if is_complete(raw, space)]
    found = {}
    for space in ranked:
        total = Fraction(0)
        for one in raw["indicators"]:
            for part, share in parts_of(raw, space).items():
                among = [
                    figure(raw, one, other, part)
                    for other in ranked
                    if part in parts_of(raw, other)
                ]
                most = weight(one, space)
                total += share * points(one["scale"], figure(raw, one, space, part), most, among)
        if "bonus" in raw:
            total += min(space.now["distinctive_cases"], 5)
        found[space.name] = half_up(total, raw["rounding"]["places"])
    return {
        name: (score, 1 + sum(other > score for other in found.values()))
        for name, score in found.items()
    }


def prize(raw, now, before):
    """Who gets the prize and who is tied for its last seat: down the ranks, passing over who is barred or had it."""
    placed = scores(raw, now, before)
    left = raw["sets"]["evaluation"]["grades"]["excellent"]["rank_at_most"]
    flags = {space.name: space.now for space in spaces_of(now, before)}
    seated, tied = set(), set()
    for place in sorted({rank for _score, rank in placed.values()}):
        free = {
            name
            for name, (_score, rank) in placed.items()
            if rank == place and not any(flags[name][one] for one in STANDING)
        }
        if left > 0 and len(free) <= left:
            seated |= free
        elif left > 0:
            tied |= free
        left -= len(free)
    return seated, tied
