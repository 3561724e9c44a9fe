"""Figures for rankings with many ties and thirds, and the ranks by fractions alone: the oracle."""

from collections import Counter
from fractions import Fraction

import numpy as np

WEIGHTS = {"residents_served": 35, "events": 25, "trainings": 25, "mentors": 15}
HIGHEST = {"residents_served": 120, "events": 60, "trainings": 30, "mentors": 12}
"""Few different figures, so that many spaces share one."""


def figures(rows):
    """{fact: int64 (n,)}."""
    random = np.random.default_rng(2017)
    return {name: random.integers(0, high + 1, rows) for name, high in HIGHEST.items()}


def exact_ranks(rows):
    """Rank of each space, 1 is best, ties shared: scores by fractions, half up to two places."""
    totals = [Fraction(0)] * rows
    for name, column in figures(rows).items():
        values = column.tolist()
        points = _percentiles(values, WEIGHTS[name])
        totals = [total + points[value] for total, value in zip(totals, values, strict=True)]
    scores = [
        (200 * total.numerator + total.denominator) // (2 * total.denominator) for total in totals
    ]
    place, above = {}, 1
    for score, count in sorted(Counter(scores).items(), reverse=True):
        place[score] = above
        above += count
    return [place[score] for score in scores]


def _percentiles(values, weight):
    """Points of each figure: weight × (lower + half of the others equal) ÷ (all − 1)."""
    found, lower = {}, 0
    for value, count in sorted(Counter(values).items()):
        found[value] = Fraction(weight * (2 * lower + count - 1), 2 * (len(values) - 1))
        lower += count
    return found
