"""A histogram as numbers for an SVG with presentation attributes, and for the table beside it."""

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from zhongchuang.gap import words
from zhongchuang.gap.whatif import Knob
from zhongchuang.policy.conditions import UPWARD
from zhongchuang.policy.quantity import Exact
from zhongchuang.policy.whatif import Histogram

WIDTH, HEIGHT = 640, 210
LEFT, RIGHT, TOP, BOTTOM = 64, 12, 42, 28


@dataclass(frozen=True)
class Bar:
    """One bar: where it stands, the range that it counts, and whether it meets the threshold (in, part, out)."""

    x: str
    y: str
    width: str
    height: str
    span: str
    count: int
    side: str


@dataclass(frozen=True)
class Line:
    """A threshold: where it stands, its words, and on which side of the line they fit."""

    x: str
    text: str
    text_x: str
    anchor: str


@dataclass(frozen=True)
class Picture:
    """The histogram of a condition."""

    knob: Knob
    bars: list[Bar]
    now: Line | None
    new: Line | None
    ticks: list[tuple[str, str]]
    most: int
    unknown: int
    summary: str

    @property
    def cut(self) -> bool:
        """Whether the threshold lies inside a bar."""
        return any(bar.side == "part" for bar in self.bars)


def side(knob: Knob, low: Exact, high: Exact) -> str:
    """Whether the figures from `low` to below `high` meet the threshold: all (in), some (part), none (out)."""
    if low < knob.new < high:
        return "part"
    above = low >= knob.new
    return "in" if above == (knob.test.op in UPWARD) else "out"


def picture(knob: Knob, spread: Histogram) -> Picture:
    """The bars, lines and words of a histogram."""
    if not spread.counts:
        return Picture(knob, [], None, None, [], 0, spread.unknown, _("No figure is known."))
    scale = Scale(spread)
    bars = [scale.bar(place, knob) for place in range(len(spread.counts))]
    now = scale.line(knob.now, _("now %(value)s"))
    new = scale.line(knob.new, _("trial %(value)s")) if knob.changed else None
    return Picture(
        knob,
        bars,
        now,
        new,
        scale.ticks(),
        max(spread.counts),
        spread.unknown,
        summary(knob, spread),
    )


def summary(knob: Knob, spread: Histogram) -> str:
    """The picture in a sentence."""
    said = {
        "known": sum(spread.counts),
        "unknown": spread.unknown,
        "now": words.amount(knob.now, knob.test.column.unit),
    }
    if not knob.changed:
        return _("%(known)s figures known, %(unknown)s unknown; threshold now %(now)s.") % said
    said["new"] = words.amount(knob.new, knob.test.column.unit)
    return (
        _(
            "%(known)s figures known, %(unknown)s unknown; threshold now %(now)s, in the trial %(new)s."
        )
        % said
    )


class Scale:
    """From figures to places in the picture."""

    def __init__(self, spread: Histogram) -> None:
        self.spread = spread
        self.low, self.high = spread.edges[0], spread.edges[-1]
        self.unit = spread.condition.column.unit

    def x(self, value: Exact) -> float:
        """The place of a figure; what lies outside stands at the edge."""
        share = Fraction(min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return LEFT + float(share) * (WIDTH - LEFT - RIGHT)

    def bar(self, place: int, knob: Knob) -> Bar:
        """One bar with the words of its range."""
        edges, count = self.spread.edges, self.spread.counts[place]
        left, right = self.x(edges[place]), self.x(edges[place + 1])
        height = (HEIGHT - TOP - BOTTOM) * count / max(*self.spread.counts, 1)
        last = place == len(self.spread.counts) - 1
        text = _("%(low)s or more") if last else _("%(low)s to below %(high)s")
        span = text % {
            "low": words.amount(edges[place], self.unit),
            "high": words.amount(edges[place + 1], self.unit),
        }
        return Bar(
            f"{left + 1:.1f}",
            f"{HEIGHT - BOTTOM - height:.1f}",
            f"{max(right - left - 2, 1):.1f}",
            f"{height:.1f}",
            span,
            count,
            side(knob, edges[place], edges[place + 1]),
        )

    def line(self, value: Exact, text: str) -> Line:
        """A threshold with its words on the side where there is room."""
        x = self.x(value)
        right = x < WIDTH * 0.7
        said = text % {"value": words.amount(value, self.unit)}
        return Line(
            f"{x:.1f}", said, f"{x + (5 if right else -5):.1f}", "start" if right else "end"
        )

    def ticks(self) -> list[tuple[str, str]]:
        """The first, middle and last edge."""
        edges = self.spread.edges
        return [
            (f"{self.x(one):.1f}", words.number(one))
            for one in (edges[0], edges[len(edges) // 2], edges[-1])
        ]
