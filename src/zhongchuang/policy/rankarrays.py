"""Ranking over arrays: scores by floats with a known bound, and exactly wherever the bound could matter.

A score that lies so near to the border of rounding that a float could fall on the wrong side is computed
again with fractions. So scores and ranks are those of exact arithmetic.
"""

from collections.abc import Mapping
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np
import numpy.typing as npt

from .arrays import CodeColumn, NumberColumn, times, total_of, whole
from .quantity import Exact, exact
from .ranking import Ranking
from .scoring import Indicator, JudgedPoints, Percentile, Points, Scale, ShareOfBest
from .sheet import Sheet, column_of, terms_of
from .table import Table

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

BORDER = 1e-6
"""Scores whose scaled float lies within this of a half are computed exactly; the float error is below 1e-9."""

DENSE = 4
"""Figures that span less than so many times their number are counted, others sorted."""


class Figures:
    """One part of one indicator over all rows: whole numbers of which `parts` make one, and which are known."""

    def __init__(self, scaled: npt.NDArray[Any], parts: int, known: Flags) -> None:
        self.scaled, self.parts, self.known = scaled, parts, known

    def exact(self, value: Any) -> Exact:
        """A scaled number as the figure it stands for."""
        return exact(Fraction(int(value), self.parts))


class Many:
    """A population over an array: `lower` and `equal` of every row at once, and of a single figure."""

    def __init__(self, figures: Figures, ranked: Flags) -> None:
        self.figures = figures
        self.kept = figures.scaled[ranked]
        self.size = len(self.kept)
        self.best: Exact = figures.exact(self.kept.max()) if self.size else 0
        self._sorted: npt.NDArray[Any] | None = None

    def places(self, figure: Exact) -> tuple[int, int]:
        """How many figures are lower, and how many are equal, this one included."""
        if self._sorted is None:
            self._sorted = np.sort(self.kept)
        scaled = int(figure * self.figures.parts)
        lower = int(np.searchsorted(self._sorted, scaled, "left"))
        return lower, int(np.searchsorted(self._sorted, scaled, "right")) - lower


def counted_places(figures: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """2 × lower + equal − 1 for each figure among all: the numerator of its percentile.

    figures: int64 (n,), n ≥ 1. Small spans are counted in one pass, wide ones sorted.
    """
    low, high = int(figures.min()), int(figures.max())
    if high - low < max(DENSE * len(figures), 1 << 16):
        keys = (figures - low if low else figures).astype(np.int64, copy=False)
        counts = np.bincount(keys, minlength=high - low + 1)
        lower = np.cumsum(counts) - counts
        return (2 * lower + counts - 1)[keys]
    _values, inverse, counts = np.unique(figures, return_inverse=True, return_counts=True)
    lower = np.cumsum(counts) - counts
    return (2 * lower + counts - 1)[inverse]


def rank_arrays(sheet: Sheet) -> Ranking:
    """Scores and ranks of all subjects of a sheet."""
    gathered = {key: _figures(sheet, *key) for key in sheet.keys}
    first_year = _first_year(sheet)
    weights, weighed = _weights(sheet)
    bonus, has_bonus = _bonus(sheet)
    ranked = weighed & has_bonus
    for (_id, part), figures in gathered.items():
        ranked &= (figures.known | first_year) if part == "increment" else figures.known
    fitted, points = _points(sheet, gathered, ranked, first_year, weights)
    scaled = (_score(sheet, points, first_year) + bonus) * 10**sheet.scoring.places
    scores = np.floor(scaled + 0.5).astype(np.int64)
    near = np.abs(scaled - np.floor(scaled) - 0.5) < BORDER
    for row in np.flatnonzero(near & ranked):
        scores[row] = sheet.rounded(int(row), fitted)
    return _ranking(sheet, scores, ranked, fitted)


def _ranking(
    sheet: Sheet,
    scores: npt.NDArray[np.int64],
    ranked: Flags,
    fitted: Mapping[tuple[str, str], Points],
) -> Ranking:
    rows = np.flatnonzero(ranked)
    kept = scores[rows]
    ranks = np.zeros(len(scores), np.int64)
    if len(rows):
        ranks[rows] = len(rows) + 1 - _not_above(kept)
    order = np.concatenate([rows[_best_first(kept)], np.flatnonzero(~ranked)])
    listed = _listed(scores, ranked), _listed(ranks, ranked)
    return Ranking(sheet, *listed, order.tolist(), fitted)


def _best_first(scores: npt.NDArray[np.int64]) -> npt.NDArray[np.intp]:
    """The places from the highest score to the lowest; 16 bits are sorted in one pass over the digits."""
    behind = scores.max(initial=0) - scores
    narrow = behind.astype(np.uint16) if behind.max(initial=0) < 1 << 16 else behind
    return np.argsort(narrow, kind="stable")


def _not_above(scores: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """How many scores are at or below each, so that n + 1 − this is the rank with ties shared."""
    low = scores.min()
    counts = np.bincount(scores - low)
    below: npt.NDArray[np.int64] = np.cumsum(counts)[scores - low]
    return below


def _listed(numbers: npt.NDArray[np.int64], known: Flags) -> list[int | None]:
    """The numbers by row, None where not known."""
    found: list[int | None] = numbers.tolist()
    for row in np.flatnonzero(~known).tolist():
        found[row] = None
    return found


def _first_year(sheet: Sheet) -> Flags:
    if "increment" not in sheet.scoring.parts:
        return np.zeros(len(sheet.table), np.bool_)
    return np.fromiter((place is None for place in sheet.places_before), np.bool_, len(sheet.table))


def _numbers(table: Table, name: str) -> NumberColumn | None:
    column = table.columns.get(name)
    return column if column is None or isinstance(column, NumberColumn) else NumberColumn.of(column)  # type: ignore[arg-type]


def _unknown(rows: int) -> Figures:
    return Figures(np.zeros(rows, np.int64), 1, np.zeros(rows, np.bool_))


def _figures(sheet: Sheet, id_: str, part: str) -> Figures:
    indicator = sheet.indicator((id_, part))
    rows = len(sheet.table)
    if isinstance(indicator.scale, JudgedPoints):
        given = sheet.table.points.get(id_)
        return _unknown(rows) if given is None else _of(NumberColumn.of(given))  # type: ignore[arg-type]
    if part != "increment":
        return _plain(sheet.table, indicator, part)
    if sheet.previous is None:
        return _unknown(rows)
    kind = "total" if sheet.scoring.increment == "change_of_total" else "year"
    now, then = _plain(sheet.table, indicator, kind), _plain(sheet.previous, indicator, kind)
    return _change(
        now, then, np.array([-1 if place is None else place for place in sheet.places_before])
    )


def _of(column: NumberColumn) -> Figures:
    known = np.ones(len(column), np.bool_) if column.null is None else ~column.null
    if column.divisor is None:
        return Figures(column.scaled, 10**column.places, known)
    divisors = [int(divisor) if divisor else 1 for divisor in column.divisor]
    common = lcm(*set(divisors))
    scaled = [
        int(number) * (common // divisor)
        for number, divisor in zip(column.scaled, divisors, strict=True)
    ]
    return Figures(whole(scaled), common * 10**column.places, known)


def _plain(table: Table, indicator: Indicator, kind: str) -> Figures:
    total: Figures | None = None
    for fact, factor in terms_of(indicator):
        column = _numbers(table, column_of(fact, kind))
        if column is None:
            return _unknown(len(table))
        figures = _of(column)
        factor_fraction = Fraction(factor)
        if factor_fraction != 1:
            figures = _times(figures, factor_fraction)
        total = figures if total is None else _added(total, figures, 1)
    return total or _unknown(len(table))


def _times(figures: Figures, factor: Fraction) -> Figures:
    """Figures × a decimal factor."""
    return Figures(
        times(figures.scaled, factor.numerator), figures.parts * factor.denominator, figures.known
    )


def _added(one: Figures, other: Figures, sign: int) -> Figures:
    parts = lcm(one.parts, other.parts)
    terms = [
        NumberColumn(times(one.scaled, parts // one.parts)),
        NumberColumn(times(other.scaled, sign * (parts // other.parts))),
    ]
    return Figures(total_of(terms).scaled, parts, one.known & other.known)


def _change(now: Figures, then: Figures, before: npt.NDArray[np.int64]) -> Figures:
    known = (
        np.where(before >= 0, then.known[before], False)
        if len(then.known)
        else np.zeros(len(before), np.bool_)
    )
    scaled = then.scaled[before] if len(then.scaled) else np.zeros(len(before), np.int64)
    return _added(now, Figures(np.where(known, scaled, 0), then.parts, known), -1)


def _weights(sheet: Sheet) -> tuple[dict[str, Floats | float], Flags]:
    """The most points of each indicator, by row where they depend on the type of space."""
    by, rows = sheet.scoring.weights_by, len(sheet.table)
    if by is None:
        most: dict[str, Floats | float] = {
            one.id: float(one.most) for one in sheet.scoring.indicators
        }
        return most, np.ones(rows, np.bool_)
    column = sheet.table.columns.get(by.name)
    codes = (
        column
        if isinstance(column, CodeColumn)
        else CodeColumn.of(column if column is not None else [None] * rows)
    )
    weights = {}
    for one in sheet.scoring.indicators:
        table = [one.weight_for(str(code)) for code in codes.vocabulary] + [None]
        weights[one.id] = np.array(
            [np.nan if weight is None else float(weight) for weight in table]
        )[codes.index]
    first = weights[sheet.scoring.indicators[0].id]
    return dict(weights), ~np.isnan(first)


def _bonus(sheet: Sheet) -> tuple[Floats, Flags]:
    bonus, rows = sheet.scoring.bonus, len(sheet.table)
    if bonus is None:
        return np.zeros(rows), np.ones(rows, np.bool_)
    column = _numbers(sheet.table, bonus.column.name)
    if column is None:
        return np.zeros(rows), np.zeros(rows, np.bool_)
    figures = _of(column)
    points = np.minimum(figures.scaled * (float(bonus.each) / figures.parts), float(bonus.at_most))
    return points, figures.known


def _points(
    sheet: Sheet,
    gathered: Mapping[tuple[str, str], Figures],
    ranked: Flags,
    first_year: Flags,
    weights: Mapping[str, Floats | float],
) -> tuple[dict[tuple[str, str], Points], dict[tuple[str, str], Floats]]:
    """The fitted scale and the points of every indicator and part."""
    fitted, points = {}, {}
    for key, figures in gathered.items():
        among = ranked & ~first_year if key[1] == "increment" else ranked
        population, scale = Many(figures, among), sheet.indicator(key).scale
        fitted[key] = scale.fit(population)
        row_points = np.zeros(len(ranked))
        if population.size:
            weight = weights[key[0]]
            row_points[among] = _approximate(
                scale,
                population,
                fitted[key],
                weight if isinstance(weight, float) else weight[among],
            )
        points[key] = row_points
    return fitted, points


def _approximate(scale: Scale, population: Many, fitted: Points, weight: Floats | float) -> Floats:
    """The points of the ranked figures as floats, right to about 1e-13."""
    figures, kept = population.figures, population.kept
    if isinstance(scale, ShareOfBest):
        best = float(population.best) * figures.parts
        return np.maximum(kept, 0) * (weight / best) if best > 0 else np.zeros(len(kept))
    if isinstance(scale, Percentile):
        if population.size == 1:
            return np.full(1, weight, np.float64)
        return counted_places(kept).astype(np.float64) * (weight / (2 * (population.size - 1)))
    values, inverse = np.unique(kept, return_inverse=True)
    if isinstance(weight, float):
        each = [float(fitted(figures.exact(value), Fraction(weight))) for value in values]
        return np.array(each, np.float64)[inverse]
    return np.array(
        [
            float(fitted(figures.exact(value), Fraction(one)))
            for value, one in zip(kept, weight, strict=True)
        ]
    )


def _score(sheet: Sheet, points: Mapping[tuple[str, str], Floats], first_year: Flags) -> Floats:
    total = np.zeros(len(first_year))
    for (_id, part), row_points in points.items():
        share = float(sheet.scoring.parts[part])
        if part == "total" and first_year.any():
            total += row_points * np.where(first_year, 1.0, share)
        else:
            total += row_points * share
    return total
