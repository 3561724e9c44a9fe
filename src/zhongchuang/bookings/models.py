"""Rooms and instruments that a space shares, and who has them when.

A booking holds one slot for each half hour. A slot of a resource exists once: that is what keeps two bookings apart,
in every database alike.
"""

from datetime import datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.ledgers.models import Lasting, Line, LineQuerySet
from zhongchuang.residents.access import own_stays
from zhongchuang.residents.models import Resident

HALF_HOUR = timedelta(minutes=30)
A_DAY = 48
"""Half hours of a day; the number of one says when it begins."""
CENT = Decimal("0.01")
CLOSED = "–"
USUAL = ", ".join(["09:00-18:00"] * 5 + [CLOSED] * 2)


def clock(slot):
    """The time at which a half hour begins, 24:00 for the end of the day."""
    return f"{slot // 2:02d}:{slot % 2 * 30:02d}"


def moment(day, slot):
    """The half hour of a day as a moment; 48 is the first of the next."""
    return timezone.make_aware(datetime.combine(day, time())) + slot * HALF_HOUR


def place_of(start):
    """Day and half hour of a moment."""
    local = timezone.localtime(start)
    return local.date(), local.hour * 2 + local.minute // 30


class SharedQuerySet(LineQuerySet):
    def visible_to(self, viewer):
        """Those of spaces that one sees, and of spaces at which one's own resident stays."""
        stays = own_stays(viewer, timezone.localdate())
        return super().visible_to(viewer) | self.filter(space__in=stays.values("space"))


class Resource(Lasting):
    """Something that residents use by the hour: from its first day until it is shared no more."""

    ledger = "resources"

    class Kind(models.TextChoices):
        ROOM = "room", _("meeting room")
        HALL = "hall", _("roadshow hall")
        STUDIO = "studio", _("studio or workshop")
        INSTRUMENT = "instrument", _("instrument")
        OTHER = "other", _("other")

    name = models.CharField(_("name"), max_length=100)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    capacity = models.PositiveIntegerField(_("people it holds"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    fee = models.DecimalField(
        _("fee an hour (yuan)"), max_digits=10, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0)], help_text=_("Leave it open where there is none."),
    )  # fmt: skip
    rules = models.TextField(_("rules of use"), max_length=2000, blank=True)
    hours = models.CharField(_("opening hours"), max_length=120, default=USUAL)

    objects = SharedQuerySet.as_manager()

    class Meta(Lasting.Meta):
        verbose_name = _("resource")
        constraints = [
            *Lasting.Meta.constraints,
            models.CheckConstraint(condition=Q(fee=None) | Q(fee__gte=0), name="a_fee_is_no_debt"),
            models.UniqueConstraint(
                fields=["space", "name"], condition=Q(until=None, struck=None),
                name="a_resource_has_its_name",
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("bookings:week", args=[self.key])

    def open_on(self, day):
        """First and last half hour of a day, the last one not included; (0, 0) when it is closed."""
        if day < self.day or (self.until and day >= self.until):
            return 0, 0
        said = self.hours.split(", ")[day.weekday()]
        if said == CLOSED:
            return 0, 0
        return tuple(int(part[:2]) * 2 + int(part[3:]) // 30 for part in said.split("-"))

    def is_open(self, start):
        """Whether the half hour that begins at this moment can be booked."""
        day, slot = place_of(start)
        opens, closes = self.open_on(day)
        return opens <= slot < closes

    def fee_for(self, halves):
        """The fee for so many half hours, to the cent; None where there is none."""
        return None if self.fee is None else (self.fee * halves / 2).quantize(CENT, ROUND_HALF_UP)


class BookingQuerySet(LineQuerySet):
    def visible_to(self, viewer):
        """Those of spaces that one sees, and one's own resident's."""
        own = Resident.objects.own_of(viewer)
        return super().visible_to(viewer) | self.filter(resident__in=own)


class Booking(Line):
    """A resource for somebody, from a half hour to another; struck out it is cancelled, and its slots are free."""

    ledger = "bookings"

    resource = models.ForeignKey(Resource, models.PROTECT, related_name="bookings")
    start = models.DateTimeField(_("from"))
    end = models.DateTimeField(_("to"))
    resident = models.ForeignKey(
        Resident, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("for")
    )
    purpose = models.CharField(_("what for"), max_length=200)
    fee = models.DecimalField(_("fee"), max_digits=12, decimal_places=2, null=True, blank=True)
    series = models.UUIDField(null=True, help_text="Shared by those that were booked in one step.")

    objects = BookingQuerySet.as_manager()

    class Meta(Line.Meta):
        verbose_name = _("booking")
        constraints = [
            *Line.Meta.constraints,
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="a_booking_has_a_length"),
        ]
        indexes = [*Line.Meta.indexes, models.Index(fields=["series"], name="bookings_of_series")]

    def __str__(self):
        return f"{self.resource.name} {timezone.localtime(self.start):%Y-%m-%d %H:%M}"

    def get_absolute_url(self):
        return reverse("bookings:booking", args=[self.key])

    @property
    def halves(self):
        """How many half hours it takes."""
        return (self.end - self.start) // HALF_HOUR

    @property
    def length(self):
        """Its hours."""
        return Decimal(self.halves) / 2

    @property
    def ends(self):
        """The time at which it ends, with the day where that is another one."""
        start, end = timezone.localtime(self.start), timezone.localtime(self.end)
        if end.date() == start.date():
            return f"{end:%H:%M}"
        return "24:00" if end == moment(start.date(), A_DAY) else f"{end:%Y-%m-%d %H:%M}"

    def slots_to_hold(self):
        """One slot for each half hour."""
        return [
            Slot(booking=self, resource=self.resource, start=self.start + number * HALF_HOUR)
            for number in range(self.halves)
        ]


class SlotQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        return self.filter(resource__in=Resource.objects.visible_to(viewer))


class Slot(models.Model):
    """Half an hour of a resource that somebody has."""

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="slots")
    resource = models.ForeignKey(Resource, models.CASCADE, related_name="slots")
    start = models.DateTimeField()

    objects = SlotQuerySet.as_manager()

    class Meta:
        ordering = ["start"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["resource", "start"], name="half_an_hour_is_given_once")
        ]

    def __str__(self):
        return f"{self.resource_id} {self.start:%Y-%m-%d %H:%M}"
