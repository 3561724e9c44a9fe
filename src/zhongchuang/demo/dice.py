"""Chance that comes out the same for a seed on every machine and every release of Python."""

import random
from collections.abc import Mapping, Sequence
from typing import TypeVar

Choice = TypeVar("Choice")


class Dice:
    """Draws from one seeded source. Only `random()` is used: its sequence is promised to stay as it is."""

    def __init__(self, seed: int) -> None:
        self._source = random.Random(seed)  # noqa: S311 -- demonstration data, no secret

    def whole(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int(self._source.random() * (high - low + 1))

    def chance(self, percent: float) -> bool:
        """Whether a thing happens that happens so many times in a hundred."""
        return self._source.random() * 100 < percent

    def pick(self, choices: Sequence[Choice]) -> Choice:
        """One of them, each as likely."""
        return choices[self.whole(0, len(choices) - 1)]

    def weighed(self, weights: Mapping[Choice, int]) -> Choice:
        """One of them, as likely as its weight."""
        left = self.whole(1, sum(weights.values()))
        for choice, weight in weights.items():
            left -= weight
            if left <= 0:
                return choice
        raise AssertionError("the weights add up to what was drawn from")

    def part(self, of: int, low: int, high: int) -> int:
        """From `low` to `high` percent of a whole number, rounded down."""
        return of * self.whole(low, high) // 100
