"""The plan of a site as it was on a day: where things lie on the grid, and the table that says the same in words.

A cell of the grid is half a metre. A desk with its chair takes three cells by two, so that it can be touched.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Max, Min, Q

from zhongchuang.spaces.models import Change, Desk, Plan, Premises
from zhongchuang.spaces.models.plan import MOST

CELL = 24
"""Pixels of a cell on the screen."""
WIDE, DEEP = 3, 2
MOST_AT_ONCE = 500
LABEL = re.compile(r"(?P<before>.*?)(?P<number>\d+)(?P<after>\D*)")


# --- labels ---------------------------------------------------------------------------------------


def labels_between(first, last):
    """The labels from `A01` to `A40`: they differ in one number, which keeps its zeros. None where they do not fit."""
    ends = [LABEL.fullmatch(unicodedata.normalize("NFKC", text).strip()) for text in (first, last)]
    if None in ends:
        return None
    one, other = ends
    if (one["before"], one["after"]) != (other["before"], other["after"]):
        return None
    digits = len(one["number"]) if one["number"].startswith("0") else 0
    numbers = range(int(one["number"]), int(other["number"]) + 1)
    if not 0 < len(numbers) <= MOST_AT_ONCE:
        return None
    return [f"{one['before']}{number:0{digits}}{one['after']}" for number in numbers]


# --- places ---------------------------------------------------------------------------------------


def size_of(turned):
    return (DEEP, WIDE) if turned else (WIDE, DEEP)


def below(desks):
    """The first row of cells below all desks, with an aisle between."""
    lowest = desks.aggregate(lowest=Max("y"))["lowest"]
    return 1 if lowest is None else lowest + WIDE + 1


def laid_out(count, a_row, top):
    """Places in rows from `top` on: desks side by side, rows in pairs with an aisle; None where the plan ends."""
    places = [
        (1 + (n % a_row) * WIDE, top + (n // a_row) * DEEP + (n // a_row // 2) * DEEP)
        for n in range(count)
    ]
    return [(x, y) if x + WIDE <= MOST and y + DEEP <= MOST else (None, None) for x, y in places]


# --- the page -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Seat:
    """A desk as it stood that day, since when it has been there, and the change that waits for it."""

    desk: Desk
    since: date
    waiting: Change | None = None

    @property
    def box(self):
        """Its place in pixels, or None where it is not on the plan."""
        if self.desk.x is None or self.desk.y is None:
            return None
        wide, deep = size_of(self.desk.turned)
        return box(self.desk.x, self.desk.y, wide, deep)


def box(x, y, width, depth):
    return {
        "x": x * CELL, "y": y * CELL, "width": width * CELL, "height": depth * CELL,
        "middle": width * CELL // 2, "centre": depth * CELL // 2,
    }  # fmt: skip


@dataclass(frozen=True)
class Drawing:
    """What the page of a plan shows."""

    plan: Plan
    seats: list[Seat]
    coming: list[Change] = field(default_factory=list)

    @property
    def placed(self):
        return [seat for seat in self.seats if seat.box]

    @property
    def unplaced(self):
        return [seat for seat in self.seats if not seat.box]

    @property
    def to_let(self):
        return sum(seat.desk.can_be_let == "yes" for seat in self.seats)

    @property
    def columns(self):
        """Cells across: as many as were set, and as far as anything reaches."""
        ends = [seat.desk.x + size_of(seat.desk.turned)[0] for seat in self.placed]
        return max([self.plan.columns, *ends, *(r["x"] + r["width"] for r in self.plan.rooms)])

    @property
    def rows(self):
        ends = [seat.desk.y + size_of(seat.desk.turned)[1] for seat in self.placed]
        return max([self.plan.rows, *ends, *(r["y"] + r["depth"] for r in self.plan.rooms)])

    @property
    def width(self):
        return self.columns * CELL

    @property
    def height(self):
        return self.rows * CELL

    @property
    def rooms(self):
        return [
            {"name": r["name"], "box": box(r["x"], r["y"], r["width"], r["depth"]), **r}
            for r in self.plan.rooms
        ]


def drawing_of(plan, on):
    """The plan with the desks that stood there that day, by label."""
    desks = Desk.objects.filter(site=plan.site)
    since = dict(
        desks.order_by()
        .values("series")
        .annotate(first=Min("valid_from"))
        .values_list("series", "first")
    )
    waiting, coming = {}, []
    for change in Change.objects.waiting().filter(space=plan.space, table="desks"):
        if change.verb == Change.Verb.ADD and change.values.get("site") == str(plan.site):
            coming.append(change)
        named = {str(change.series), *(row.get("series") for row in change.rows)}
        waiting |= dict.fromkeys(named, change)
    shown = sorted(desks.on(on), key=lambda desk: by_number(desk.label))
    seats = [Seat(desk, since[desk.series], waiting.get(str(desk.series))) for desk in shown]
    return Drawing(plan, seats, coming)


@dataclass(frozen=True)
class Site:
    """A site with the number of desks listed on it that day."""

    site: Premises
    desks: int
    to_let: int


def sites_of(space, on):
    """The sites of a space on a day, with their desks counted."""
    desks = Desk.objects.filter(space=space).on(on).order_by().values("site")
    counted = {
        row["site"]: row
        for row in desks.annotate(all=Count("pk"), let=Count("pk", filter=Q(can_be_let="yes")))
    }
    none = {"all": 0, "let": 0}
    sites = []
    for site in Premises.objects.filter(space=space).on(on):
        site.space = space
        row = counted.get(site.series, none)
        sites.append(Site(site, row["all"], row["let"]))
    return sites


@dataclass(frozen=True)
class Floor:
    """A site with its drawing."""

    site: Premises
    drawing: Drawing


def floor_of(space, on):
    """The first site of a space that has something on its plan that day, or None where nothing was drawn."""
    sites = {one.site.series: one for one in sites_of(space, on)}
    plans = {one.site: one for one in Plan.objects.filter(site__in=sites)}
    for series, one in sites.items():
        if one.desks or series in plans:
            plan = plans.get(series) or Plan(space=space, site=series)
            return Floor(one.site, drawing_of(plan, on))
    return None


def by_number(label):
    """Sorts A2 before A10."""
    return [int(part) if n % 2 else part for n, part in enumerate(re.split(r"(\d+)", label))]
