"""Events, their opening for sign-up, and who signs up and comes."""

import secrets
import uuid
from dataclasses import dataclass

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.ledgers.models import Line
from zhongchuang.organisations.models.people import APPLICANTS
from zhongchuang.records.models import Versioned
from zhongchuang.residents.models import Resident
from zhongchuang.sealed.fields import BlindIndex, EncryptedText, stated_numbers
from zhongchuang.spaces.models import Space
from zhongchuang.spaces.models.tables import YesNo


class Event(Line):
    """Something that took place on a day, for founders or with them."""

    ledger = "events"

    class Kind(models.TextChoices):
        ROADSHOW = "roadshow", _("roadshow")
        SALON = "salon", _("salon")
        BOOT_CAMP = "boot_camp", _("boot camp")
        TRAINING = "training", _("training")
        LECTURE = "lecture", _("lecture")
        COMPETITION = "competition", _("competition")
        EXCHANGE = "exchange", _("exchange")
        VISIT = "visit", _("visit")
        OTHER = "other", _("other")

    class Part(models.TextChoices):
        OWN = "own", _("organised")
        JOINT = "joint", _("co-organised")

    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=11, choices=Kind)
    attendance = models.PositiveIntegerField(_("people who came"), null=True, blank=True)
    part = models.CharField(_("the space's part"), max_length=5, choices=Part, default=Part.OWN)
    international = models.CharField(_("with abroad"), max_length=3, choices=YesNo, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    partner = models.CharField(_("partners"), max_length=300, blank=True)
    minutes = models.TextField(_("what happened"), max_length=4000, blank=True)

    class Meta(Line.Meta):
        verbose_name = _("event")

    def __str__(self):
        return self.title


# --- sign-up --------------------------------------------------------------------------------------


def new_token():
    """A key of an address that nobody guesses, short enough for a QR code that a phone reads from afar."""
    return secrets.token_urlsafe(12)


def spaces_of(viewer):
    """Spaces whose operator the viewer works for: who signs up for an event is told to no one else."""
    posts = [post for post in getattr(viewer, "current_posts", ()) if post.role in APPLICANTS]
    return Space.objects.filter(operator__in=[one.organisation_id for one in posts])


class OpeningQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        return self.filter(event__space__in=spaces_of(viewer))


class Opening(Versioned):
    """An event opened for sign-up: one address to sign up at, another to check in at, which hangs at the door."""

    class Audience(models.TextChoices):
        EVERYBODY = "everybody", _("everybody")
        RESIDENTS = "residents", _("residents of the space")

    event = models.OneToOneField(Event, models.PROTECT, related_name="opening")
    token = models.CharField(max_length=24, unique=True, default=new_token, editable=False)
    door = models.CharField(max_length=24, unique=True, default=new_token, editable=False)
    begins = models.TimeField(_("begins at"), null=True, blank=True)
    ends = models.TimeField(_("ends at"), null=True, blank=True)
    seats = models.PositiveIntegerField(
        _("seats"), null=True, blank=True, validators=[MinValueValidator(1)],
        help_text=_("Leave it open if there is room for everybody."),
    )  # fmt: skip
    until = models.DateTimeField(_("sign-up until"))
    audience = models.CharField(
        _("for whom"), max_length=9, choices=Audience, default=Audience.EVERYBODY
    )
    about = models.TextField(_("what it is about"), max_length=2000, blank=True)
    opened = models.DateTimeField(default=timezone.now)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = OpeningQuerySet.as_manager()

    class Meta:
        default_permissions = []
        constraints = [
            models.CheckConstraint(
                condition=Q(seats=None) | Q(seats__gte=1), name="an_event_has_a_seat"
            )
        ]

    def __str__(self):
        return self.event.title

    def get_absolute_url(self):
        return reverse("services:signups", args=[self.event.key])

    @property
    def is_open(self):
        """Whether one can sign up now."""
        return timezone.now() < self.until and not self.event.struck

    @property
    def is_today(self):
        return self.event.day == timezone.localdate() and not self.event.struck

    def tally(self):
        """How many signed up, wait, and came."""
        found = self.attendees.aggregate(
            signed=Count("pk", filter=Q(cancelled=None, walk_in=False)),
            came=Count("pk", filter=Q(came__isnull=False)),
            walked=Count("pk", filter=Q(walk_in=True)),
            last=Max("number"),
        )
        waiting = max(found["signed"] - self.seats, 0) if self.seats else 0
        return Tally(found["signed"], waiting, found["came"], found["walked"], found["last"] or 0)


@dataclass(frozen=True)
class Tally:
    """The counts of an opening; `last` is the highest number given to a sign-up."""

    signed: int
    waiting: int
    came: int
    walked: int
    last: int

    @property
    def seated(self):
        return self.signed - self.waiting


def keys_of_waiting(opening):
    """Keys of those who wait for a seat."""
    if opening.seats is None:
        return set()
    return set(opening.attendees.in_line().values_list("pk", flat=True)[opening.seats :])


class AttendeeQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        return self.filter(opening__in=Opening.objects.visible_to(viewer))

    def standing(self):
        """Without those that were cancelled."""
        return self.filter(cancelled=None)

    def in_line(self):
        """Those who signed up, first come first; walk-ins take no seat from them."""
        return self.standing().filter(walk_in=False).order_by("number")


class Attendee(models.Model):
    """A person who signed up, or walked in. The first ones in line have a seat, the others wait; nothing is moved by hand."""

    opening = models.ForeignKey(Opening, models.PROTECT, related_name="attendees")
    token = models.CharField(max_length=24, unique=True, default=new_token, editable=False)
    number = models.PositiveIntegerField(help_text="Its place in the order of coming.")
    request_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=50)
    mobile = EncryptedText(_("mobile telephone"), mask="phone", blank=True)
    mobile_index = BlindIndex(of="mobile")
    email = models.EmailField(_("e-mail"), max_length=254, blank=True)
    organisation = models.CharField(_("team, firm or organisation"), max_length=100, blank=True)
    resident = models.ForeignKey(Resident, models.PROTECT, null=True, related_name="+")
    walk_in = models.BooleanField(default=False)
    signed_up = models.DateTimeField(default=timezone.now)
    cancelled = models.DateTimeField(null=True)
    came = models.DateTimeField(null=True)
    ticked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+",
        help_text="Who ticked this person off; None where the person checked in alone.",
    )  # fmt: skip
    forgotten = models.DateTimeField(null=True, help_text="When name and numbers were deleted.")

    objects = AttendeeQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["opening", "number"], name="a_number_in_line_is_given_once"),
            models.CheckConstraint(
                condition=Q(cancelled=None) | Q(came=None), name="who_cancelled_did_not_come"
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.opening.event_id} {self.number}"

    def get_absolute_url(self):
        return reverse("services:mine", args=[self.token])

    @property
    def ahead(self):
        """How many who still stand signed up before."""
        return self.opening.attendees.in_line().filter(number__lt=self.number).count()

    @property
    def waits(self):
        """The place in the waiting list; 0 with a seat."""
        seats = self.opening.seats
        if self.walk_in or self.cancelled or seats is None:
            return 0
        return max(self.ahead - seats + 1, 0)

    def sealed_numbers(self):
        """Name and label of the sealed number, where it is stated."""
        return stated_numbers(self, "mobile")
