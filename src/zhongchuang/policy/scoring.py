"""Indicators, scales, total and increment, bonus, grades, ranking with ties; exact throughout.

Ranking looks at all subjects at once, because a share of the best and a percentile depend on the others.
What the documents leave open is said in the packs with `basis = "project"`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from .citation import Citation
from .facts import Column, Definition, Text
from .quantity import Exact, exact

Points = Callable[[Exact, Exact], Exact]
"""From a figure and the most points that it can bring, to its points."""


class Population(Protocol):
    """The figures of all who are ranked, as far as scales ask for them."""

    size: int
    best: Exact

    def places(self, figure: Exact) -> tuple[int, int]:
        """How many figures are lower, and how many are equal, this one included."""


class Few:
    """A population kept as a count of each figure."""

    def __init__(self, figures: Iterable[Exact]) -> None:
        counts: dict[Exact, int] = {}
        for figure in figures:
            counts[figure] = counts.get(figure, 0) + 1
        self.size = sum(counts.values())
        self.best: Exact = max(counts, default=0)
        self._places, lower = {}, 0
        for figure in sorted(counts):
            self._places[figure] = (lower, counts[figure])
            lower += counts[figure]

    def places(self, figure: Exact) -> tuple[int, int]:
        """How many figures are lower, and how many are equal, this one included."""
        return self._places[figure]


@dataclass(frozen=True, slots=True)
class Scale:
    """How a figure becomes points, once the figures of all who are ranked are known."""

    def fit(self, population: Population) -> Points:
        """The scale for this population."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Each(Scale):
    """A scale that looks at one figure at a time."""

    def fit(self, population: Population) -> Points:
        return self.of

    def of(self, figure: Exact, weight: Exact) -> Exact:
        """The points of one figure."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class ShareOfBest(Scale):
    """weight × figure ÷ best figure; a best of 0 gives 0 to all, a figure below 0 counts 0."""

    def fit(self, population: Population) -> Points:
        best = population.best
        if best <= 0:
            return lambda _figure, _weight: 0
        return lambda figure, weight: exact(Fraction(weight * max(figure, 0)) / best)


@dataclass(frozen=True, slots=True)
class Percentile(Scale):
    """weight × (those lower + half of the others equal) ÷ (all − 1); who is alone has the weight."""

    def fit(self, population: Population) -> Points:
        if population.size <= 1:
            return lambda _figure, weight: weight
        others = 2 * (population.size - 1)

        def points(figure: Exact, weight: Exact) -> Exact:
            lower, equal = population.places(figure)
            return exact(Fraction(weight * (2 * lower + equal - 1)) / others)

        return points


@dataclass(frozen=True, slots=True)
class Linear(Each):
    """0 at `start`, the weight at `end`, straight between, flat outside; may fall."""

    start: Exact
    end: Exact

    def of(self, figure: Exact, weight: Exact) -> Exact:
        part = Fraction(figure - self.start) / (self.end - self.start)
        return exact(weight * min(max(part, Fraction(0)), Fraction(1)))


@dataclass(frozen=True, slots=True)
class Steps(Each):
    """The points of the highest step reached; (threshold, points), rising."""

    steps: tuple[tuple[Exact, Exact], ...]

    def of(self, figure: Exact, weight: Exact) -> Exact:
        reached: Exact = 0
        for threshold, points in self.steps:
            if figure >= threshold:
                reached = points
        return min(reached, weight)


@dataclass(frozen=True, slots=True)
class ThresholdThenSlope(Each):
    """0 below the threshold; there `base`, and `each` for every whole `per` above; never over the weight."""

    threshold: Exact
    base: Exact
    per: Exact
    each: Exact

    def of(self, figure: Exact, weight: Exact) -> Exact:
        if figure < self.threshold:
            return 0
        return exact(min(weight, self.base + (figure - self.threshold) // self.per * self.each))


@dataclass(frozen=True, slots=True)
class PerItem(Each):
    """`each` for every unit of the figure, never over the weight. `factors` weigh several facts into one figure."""

    each: Exact = 1
    factors: tuple[tuple[Definition, Exact], ...] = ()

    def of(self, figure: Exact, weight: Exact) -> Exact:
        return exact(min(weight, max(figure * self.each, 0)))


@dataclass(frozen=True, slots=True)
class JudgedPoints(Each):
    """A person gives 0 to `most`; the weight is `most`."""

    most: Exact

    def of(self, figure: Exact, weight: Exact) -> Exact:
        return min(max(figure, 0), self.most)


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of an evaluation sheet: a fact, its most points, its scale. `weight` may depend on the type of space."""

    id: str
    text: Text
    cite: Citation | None
    fact: Definition | None
    weight: Exact | Mapping[str, Exact]
    scale: Scale
    basis: str = ""
    note: Text | None = None

    def weight_for(self, kind: str | None) -> Exact | None:
        """The most points for a type of space; None where the type is not known or not listed."""
        if isinstance(self.weight, Mapping):
            return self.weight.get(kind) if kind is not None else None
        return self.weight

    @property
    def most(self) -> Exact:
        """The largest weight of any type."""
        return max(self.weight.values()) if isinstance(self.weight, Mapping) else self.weight


@dataclass(frozen=True, slots=True)
class Bonus:
    """Points beside the hundred: `each` per unit of a fact, at most so many."""

    column: Column
    each: Exact
    at_most: Exact
    cite: Citation | None

    def of(self, figure: Exact) -> Exact:
        """The bonus for a figure."""
        return exact(min(figure * self.each, self.at_most))


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade and its bars; all that are given must hold."""

    id: str
    text: Text
    cite: Citation | None
    score_at_least: Exact | None = None
    score_below: Exact | None = None
    rank_at_most: int | None = None
    among: str = ""
    rank_share_at_most: Exact | None = None
    barred_by: tuple[Column, ...] = ()
    title_years: int | None = None
    award: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Scoring:
    """How a set scores: shares of the parts, in parts of 1, and the settings that the document leaves open."""

    parts: Mapping[str, Exact]
    indicators: tuple[Indicator, ...]
    increment: str = "change_of_total"
    first_year: str = "total_only"
    places: int = 2
    ties: str = "share"
    bonus: Bonus | None = None
    weights_by: Column | None = None
    grades: tuple[Grade, ...] = ()
