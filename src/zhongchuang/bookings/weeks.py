"""A week of a resource as a table, and its hours by month."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.utils import timezone

from zhongchuang.bookings.models import A_DAY, Booking, Slot, clock, moment, place_of

WEEK = 7


@dataclass
class Cell:
    """Half hours of a day: booked by one booking, or one that is free, closed or over."""

    day: date
    slot: int
    kind: str
    booking: Booking | None = None
    span: int = 1
    own: bool = False

    @property
    def clock(self):
        return clock(self.slot)


@dataclass(frozen=True)
class Week:
    """The days, and a row for each half hour: its time, and the cells that begin in it."""

    days: list
    rows: list

    @property
    def before(self):
        return self.days[0] - timedelta(days=WEEK)

    @property
    def after(self):
        return self.days[0] + timedelta(days=WEEK)


def week_of(resource, day, own=None):
    """The week around a day; `own` are keys of the bookings that the reader sees whole, None for all."""
    monday = day - timedelta(days=day.weekday())
    days = [monday + timedelta(days=number) for number in range(WEEK)]
    taken = slots_of(resource, days)
    hours = {one: resource.open_on(one) for one in days}
    busy = [slot for _day, slot in taken] or [A_DAY]
    opened = [times for times in hours.values() if times != (0, 0)]
    first = min([opens for opens, _closes in opened] + busy)
    last = max([closes for _opens, closes in opened] + [slot + 1 for _day, slot in taken] + [0])
    columns = {one: column(one, hours[one], taken, range(first, last), own) for one in days}
    rows = [
        (clock(slot), [columns[one][slot] for one in days if slot in columns[one]])
        for slot in range(first, last)
    ]
    return Week(days, rows)


def slots_of(resource, days):
    """The bookings of a week by day and half hour."""
    found = Slot.objects.filter(
        resource=resource, start__gte=moment(days[0], 0), start__lt=moment(days[-1], A_DAY)
    )
    return {place_of(one.start): one.booking for one in found.select_related("booking__resident")}


def column(day, hours, taken, slots, own):
    """The cells of a day by the half hour in which they begin; those of one booking are one."""
    cells, now, last = {}, timezone.now(), None
    for slot in slots:
        booking = taken.get((day, slot))
        if booking is not None and last is not None and last.booking == booking:
            last.span += 1
            continue
        last = cells[slot] = Cell(day, slot, "booked" if booking else "free", booking)
        if booking is not None:
            last.own = own is None or booking.pk in own
        elif not hours[0] <= slot < hours[1]:
            last.kind = "closed"
        elif moment(day, slot + 1) <= now:
            last.kind = "over"
    return cells


def usage(resources, months):
    """Hours booked by resource and month: half hours that somebody has or had, cancelled ones not."""
    found = Slot.objects.filter(resource__in=resources, start__gte=moment(months[0], 0))
    found = found.order_by().values("resource", month=TruncMonth("start")).annotate(all=Count("pk"))
    hours = defaultdict(dict)
    for row in found:
        hours[row["resource"]][timezone.localtime(row["month"]).date()] = row["all"] / 2
    return [(one, [hours_in(month, one, hours[one.pk]) for month in months]) for one in resources]


def hours_in(month, resource, hours):
    """The hours of a month; None before the month in which the resource was first shared."""
    return None if month < resource.day.replace(day=1) else hours.get(month, 0)
