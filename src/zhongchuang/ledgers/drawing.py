"""Pictures of figures: an SVG with presentation attributes and no script, and the table that says the same.

What is unknown is never drawn as zero: a line has a gap there, a bar is missing and its place says so.
"""

from dataclasses import dataclass, field
from itertools import pairwise

from django.utils.functional import Promise
from django.utils.translation import gettext as _

WIDTH, HEIGHT = 480, 250
LEFT, RIGHT, TOP, BOTTOM = 56, 12, 14, 30
ROW, NAMES = 34, 196
WIDEST = 56
"""Of a column; with few years they do not grow into blocks."""
STEPS = (1, 2, 2.5, 5, 10)
LOOKS = 6
GRID = 4


@dataclass(frozen=True)
class Shape:
    """A mark: a bar, a path, a dot or a text. `look` is its class, `title` what it says when pointed at."""

    kind: str
    look: str = ""
    x: str = ""
    y: str = ""
    width: str = ""
    height: str = ""
    d: str = ""
    text: str = ""
    anchor: str = "start"
    title: str = ""


@dataclass(frozen=True)
class Picture:
    """The marks in their order, and how large the sheet is."""

    shapes: list[Shape]
    height: int = HEIGHT
    width: int = WIDTH


@dataclass(frozen=True)
class Cell:
    """A cell of the table: its text, and where its rows are. An empty text is unknown."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Chart:
    """A picture with what it means, and with its table.

    `about` says in one sentence what is counted and from where; `empty` says what to record where there is nothing to draw, and `enter` is
    where. `key` are looks with their words; `note` says what the picture leaves out.
    """

    name: str
    title: str | Promise
    about: str | Promise
    header: list
    rows: list[list[Cell]]
    picture: Picture | None
    empty: str | Promise = ""
    enter: str = ""
    key: list = field(default_factory=list)
    note: str = ""
    definitions: list = field(default_factory=list)


def number(value):
    return f"{value:.1f}"


def text(x, y, said, *, anchor="start", look=""):
    return Shape("text", look, number(x), number(y), text=str(said), anchor=anchor)


def rule(x1, y1, x2, y2, look):
    return Shape("path", look, d=f"M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}")


def top_of(most):
    """A round number at or above the largest figure."""
    if most <= 0:
        return 1
    size = 10 ** (len(str(int(most))) - 1)
    return next(step * size for step in STEPS if step * size >= most)


def short(value):
    """A number of the scale, without zeros that say nothing."""
    return f"{value:,.1f}".rstrip("0").rstrip(".")


@dataclass(frozen=True)
class Scale:
    """From figures to places on the sheet: `last` is the largest x, `top` the largest y."""

    last: float
    top: float

    def x(self, place):
        return LEFT + (WIDTH - LEFT - RIGHT) * place / (self.last or 1)

    def y(self, value):
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * float(value) / self.top

    def grid(self, unit=""):
        """The lines of the scale with their numbers."""
        marks = []
        for part in range(GRID + 1):
            value = self.top * part / GRID
            y = self.y(value)
            marks += [
                rule(LEFT, y, WIDTH - RIGHT, y, "axis" if part == 0 else "grid"),
                text(LEFT - 6, y + 5, f"{short(value)}{unit}", anchor="end"),
            ]
        return marks


# --- lines ----------------------------------------------------------------------------------------


def runs(values):
    """The stretches of known figures as lists of (place, value); what is unknown parts them."""
    found, open_run = [], []
    for place, value in enumerate(values):
        if value is None:
            found, open_run = [*found, open_run] if open_run else found, []
        else:
            open_run.append((place, float(value)))
    return [*found, open_run] if open_run else found


def line(values, ticks, *, least_top=0, unit=""):
    """Figures over time, one a step; `ticks` are places with their words."""
    known = [float(value) for value in values if value is not None]
    scale = Scale(len(values) - 1, max(top_of(max(known)), least_top))
    marks = scale.grid(unit)
    for run in runs(values):
        points = [(scale.x(place), scale.y(value)) for place, value in run]
        if len(points) == 1:
            marks.append(Shape("dot", "dot", number(points[0][0]), number(points[0][1])))
        else:
            marks.append(Shape("path", "line", d=path(points)))
    return Picture([*marks, *labels(scale, ticks)])


def path(points):
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def labels(scale, ticks):
    """Words under the picture; the first and the last stay on the sheet."""
    return [
        text(
            scale.x(place), HEIGHT - 8, said,
            anchor="start" if place == 0 else "end" if place == scale.last else "middle",
        )
        for place, said in ticks
    ]  # fmt: skip


def steps(curve, band, ticks, last):
    """A curve of shares in percent that falls in steps: (place, value) each; `band` is (place, low, high) or None where undefined."""
    scale = Scale(last, 100)
    marks = scale.grid("%")
    ends = [place for place, *_rest in band[1:]] + [last]
    for (place, low, high), end in zip(band, ends, strict=True):
        if low is not None and high is not None and end > place:
            left, right, upper = scale.x(place), scale.x(end), scale.y(high)
            marks.append(
                Shape("rect", "band", number(left), number(upper), number(right - left), number(scale.y(low) - upper))
            )  # fmt: skip
    points = [(scale.x(curve[0][0]), scale.y(curve[0][1]))]
    for (_before, level), (place, value) in pairwise([*curve, (last, curve[-1][1])]):
        points += [(scale.x(place), scale.y(level)), (scale.x(place), scale.y(value))]
    return Picture([*marks, Shape("path", "line", d=path(points)), *labels(scale, ticks)])


# --- bars -----------------------------------------------------------------------------------------


def across(rows):
    """Bars from left to right: (words, value) each; an unknown value has no bar and says so."""
    most = max((float(value) for _said, value in rows if value), default=0) or 1
    room, marks = WIDTH - NAMES - 70, []
    for place, (said, value) in enumerate(rows):
        y = place * ROW + 6
        told = _("unknown") if value is None else short(value)
        length = room * float(value or 0) / most
        marks.append(text(NAMES - 8, y + 17, said, anchor="end", look="name"))
        if value is not None:
            title = f"{said} {told}"
            marks.append(Shape("rect", "f1", number(NAMES), number(y), number(max(length, 1)), "22", title=title))  # fmt: skip
        marks.append(text(NAMES + length + 8, y + 17, told, look="lab"))
    return Picture(marks, height=len(rows) * ROW + 6)


@dataclass(frozen=True)
class Column:
    """A bar of known parts, one on the other: (look, value, words) each; an unknown part has no piece. `told` stands above it."""

    name: str
    parts: list
    told: str

    @property
    def known(self):
        return sum(value for _look, value, _said in self.parts if value)


def stacks(columns):
    """A stacked bar a column, in the order given."""
    most = max((column.known for column in columns), default=0) or 1
    width, room = WIDTH - 24, HEIGHT - TOP - BOTTOM - 14
    step = width / max(len(columns), 1)
    wide, marks = min(step * 0.6, WIDEST), []
    for place, column in enumerate(columns):
        middle, y = 12 + step * place + step / 2, float(HEIGHT - BOTTOM)
        for look, value, said in column.parts:
            if value:
                height = room * float(value / most)
                y -= height
                title = f"{column.name} {said}"
                marks.append(Shape("rect", look, number(middle - wide / 2), number(y), number(wide), number(height), title=title))  # fmt: skip
        marks += [
            text(middle, y - 6, column.told, anchor="middle", look="lab"),
            text(middle, HEIGHT - 8, column.name, anchor="middle"),
        ]
    return Picture([rule(12, HEIGHT - BOTTOM, WIDTH - 12, HEIGHT - BOTTOM, "axis"), *marks])
