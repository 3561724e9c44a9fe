"""Finds the rows of a long table whose typed shares or sums need a second, exact look."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from zhongchuang.policy.arrays import NumberColumn

Formulas = Sequence[tuple[str, tuple[str, ...], tuple[str, ...]]]
Floats = npt.NDArray[np.float64]

CLOSE = 1e-6
"""How near to the bound of agreement floats are trusted; nearer ones are looked at exactly."""


def doubtful_rows(
    columns: Mapping[str, Sequence[Any]], count: int, formulas: Formulas
) -> list[int]:
    """Rows where some figure may contradict its inputs, or inputs make more than 100 %; never one too few."""
    known: dict[str, Floats] = {}
    doubtful = np.zeros(count, bool)
    with np.errstate(divide="ignore", invalid="ignore"):
        for name, added, divisors in formulas:
            for one in (name, *added, *divisors):
                if one not in known and one in columns:
                    known[one] = _floats(columns[one])
            computed = _sum(known, added)
            if divisors:
                computed = computed * 100 / _sum(known, divisors)
                computed[~np.isfinite(computed)] = np.nan
                doubtful |= computed > 100
            if name in columns:
                typed = known[name]
                doubtful |= np.abs(typed - computed) > _slack(columns[name]) * (1 - CLOSE)
                known[name] = np.where(np.isnan(typed), computed, typed)
            else:
                known[name] = computed
    return np.flatnonzero(doubtful).tolist()


def _sum(known: Mapping[str, Floats], names: Sequence[str]) -> Floats:
    total: Floats = np.add.reduce([known[name] for name in names])
    return total


def _floats(column: Sequence[Any]) -> Floats:
    """A column as floats, not a number where unknown."""
    if isinstance(column, NumberColumn) and column.divisor is None:
        numbers = column.scaled.astype(np.float64) / 10.0**column.places
        if column.null is not None:
            numbers[column.null] = np.nan
        return numbers
    return np.array([np.nan if value is None else float(value) for value in column], np.float64)


def _slack(column: Sequence[Any]) -> Floats | float:
    """Half of the last digit given, for each row."""
    if not isinstance(column, NumberColumn) or column.divisor is not None:
        return 0.0
    slack = np.full(len(column), 0.5 / 10.0**column.places)
    rest = column.scaled
    even = np.ones(len(column), bool)
    for places in range(column.places - 1, -1, -1):
        even &= rest % 10 == 0
        rest = rest // 10
        slack[even] = 0.5 / 10.0**places
    return slack
