"""Income by source over the years, as numbers for an SVG with presentation attributes and for the table beside it."""

from dataclasses import dataclass
from decimal import Decimal

from zhongchuang.finance.models import YearAccounts
from zhongchuang.finance.models.lines import PARTS
from zhongchuang.spaces.words import amount

WIDTH, HEIGHT = 720, 280
LEFT, RIGHT, TOP, BOTTOM = 8, 8, 28, 30
WIDEST = Decimal(72)
"""Of a bar; with few years they do not grow into blocks."""


@dataclass(frozen=True)
class Piece:
    """One source in a bar: where it stands, its look, and its words."""

    y: str
    height: str
    look: str
    title: str


@dataclass(frozen=True)
class Bar:
    """A year: its known sources one on the other. `whole` says whether none is missing."""

    year: int
    x: str
    middle: str
    width: str
    top: str
    pieces: list[Piece]
    total: str
    whole: bool
    url: str


def labels():
    """The sources in their order, with the look of each."""
    return [
        (name, YearAccounts._meta.get_field(name).verbose_name, f"f{number}")
        for number, name in enumerate(PARTS, 1)
    ]


def bars(accounts):
    """A stacked bar for each year, in the order given."""
    sums = [sum(getattr(one, name) or 0 for name in PARTS) for one in accounts]
    most = max(sums, default=0) or 1
    step = Decimal(WIDTH - LEFT - RIGHT) / max(len(accounts), 1)
    width = min(step * Decimal("0.6"), WIDEST)
    return [
        bar(one, known, LEFT + step * place + step / 2, width, most)
        for place, (one, known) in enumerate(zip(accounts, sums, strict=True))
    ]


def bar(accounts, known, middle, width, most):
    """The bar of one year; unknown sources have no piece."""
    room, y, pieces = HEIGHT - TOP - BOTTOM, Decimal(HEIGHT - BOTTOM), []
    for name, label, look in labels():
        value = getattr(accounts, name)
        if value:
            height = room * value / most
            y -= height
            pieces.append(Piece(f"{y:.1f}", f"{height:.1f}", look, f"{label} {amount(value)}"))
    return Bar(
        accounts.year, f"{middle - width / 2:.1f}", f"{middle:.1f}", f"{width:.1f}", f"{y - 8:.1f}", pieces,
        amount(known), accounts.income is not None, accounts.get_absolute_url(),
    )  # fmt: skip
