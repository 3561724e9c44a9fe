"""Mentors, where they are appointed, what they were asked for, and the sessions they held."""

import uuid
from decimal import ROUND_HALF_UP, Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, Q, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhongchuang.ledgers.models import Lasting, Line
from zhongchuang.organisations.models import Organisation
from zhongchuang.records.models import Versioned
from zhongchuang.residents.models import Resident
from zhongchuang.residents.models.merge import Merger, not_itself, once
from zhongchuang.sealed.fields import BlindIndex, EncryptedText, stated_numbers
from zhongchuang.spaces.models import Space
from zhongchuang.spaces.models.tables import YesNo


class MentorQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """Those appointed at a space that one sees."""
        spaces = Space.objects.visible_to(viewer)
        seen = Appointment.objects.filter(space__in=spaces).values("mentor")
        merged = Mentor.objects.filter(pk__in=seen).exclude(merged_into=None)
        return self.filter(Q(pk__in=seen) | Q(pk__in=merged.values("merged_into")))

    def standing(self):
        """Without those that were found to be another person on record."""
        return self.filter(merged_into=None)


class Mentor(Versioned):
    """A person who advises founders; one and the same in all spaces of an operator."""

    class Level(models.TextChoices):
        NATIONAL = "national", _("national")
        PROVINCIAL = "provincial", _("provincial")
        MUNICIPAL = "municipal", _("municipal")
        COUNTY = "county", _("county")
        NONE = "none", _("none")

    operator = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=100)
    employer = models.CharField(_("works at"), max_length=200, blank=True)
    position = models.CharField(_("position"), max_length=100, blank=True)
    field = models.CharField(_("field of advice"), max_length=100, blank=True)
    level = models.CharField(
        _("accredited as a mentor"), max_length=10, choices=Level, blank=True,
        help_text=_("The highest level on which a department accredited this mentor."),
    )  # fmt: skip
    mobile = EncryptedText(_("mobile telephone"), mask="phone", blank=True)
    mobile_index = BlindIndex(of="mobile")
    availability = models.CharField(
        _("when available"), max_length=300, blank=True,
        help_text=_("In words, such as Tuesday afternoons, or by telephone on working days."),
    )  # fmt: skip

    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")

    objects = MentorQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["operator", "name", "employer"], name="a_mentor_stands_once"
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("services:mentor", args=[self.pk])

    def sealed_numbers(self):
        """Name and label of the sealed number, where it is stated."""
        return stated_numbers(self, "mobile")

    def family(self):
        """The condition that a row with a mentor belongs to this one or to one merged into it."""
        return Q(mentor=self.pk) | Q(mentor__merged_into=self.pk)

    def rated(self):
        """The average of the ratings by residents, to a tenth, and their count; None without any."""
        sessions = Session.objects.filter(self.family())
        rated = sessions.standing().filter(rating__isnull=False)
        found = rated.aggregate(sum=Sum("rating"), count=Count("pk"))
        if not found["count"]:
            return None, 0
        average = Decimal(found["sum"]) / found["count"]
        return average.quantize(Decimal("0.1"), ROUND_HALF_UP), found["count"]


class MentorMerge(Merger):
    """Two records of one mentor."""

    merged = models.ForeignKey(Mentor, models.PROTECT, related_name="mergers")
    survivor = models.ForeignKey(Mentor, models.PROTECT, related_name="absorbed")

    class Meta(Merger.Meta):
        constraints = [
            once("a_mentor_is_merged_once"),
            not_itself("no_mentor_is_merged_into_itself"),
        ]


class Appointment(Lasting):
    """A mentor at a space, from a day until a day."""

    ledger = "mentors"

    mentor = models.ForeignKey(Mentor, models.PROTECT, related_name="appointments")
    fulltime = models.CharField(_("full time"), max_length=3, choices=YesNo, blank=True)

    class Meta(Lasting.Meta):
        verbose_name = _("appointment")
        constraints = [
            *Lasting.Meta.constraints,
            models.UniqueConstraint(
                fields=["space", "mentor"],
                condition=Q(until=None, struck=None),
                name="a_mentor_is_appointed_once",
            ),
        ]

    def __str__(self):
        return self.mentor.name


class Session(Line):
    """A mentor advises residents."""

    ledger = "sessions"

    mentor = models.ForeignKey(
        Mentor, models.PROTECT, related_name="sessions", verbose_name=_("mentor")
    )
    residents = models.ManyToManyField(
        Resident, related_name="+", blank=True, verbose_name=_("for")
    )
    topic = models.CharField(_("about what"), max_length=200)
    length = models.PositiveIntegerField(_("minutes"), null=True, blank=True)
    rating = models.PositiveSmallIntegerField(
        _("rating by the residents"), null=True, blank=True, help_text=_("1 to 5."),
        validators=[MinValueValidator(1), MaxValueValidator(5)],
    )  # fmt: skip

    class Meta(Line.Meta):
        verbose_name = _("advice of a mentor")

    def __str__(self):
        return self.topic


# --- asking for a session -------------------------------------------------------------------------


class AskingQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """Those at spaces that one sees, and for its own people those of a resident."""
        own = Resident.objects.own_of(viewer)
        return self.filter(Q(space__in=Space.objects.visible_to(viewer)) | Q(resident__in=own))

    def waiting(self):
        """Those that nobody has answered."""
        return self.filter(state=Asking.State.ASKED)


class Asking(Versioned):
    """A resident asks for a session with a mentor; the answer is a day, or a reason why not."""

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("session", "asked for")
        AGREED = "agreed", pgettext_lazy("session", "agreed")
        HELD = "held", pgettext_lazy("session", "held")
        DECLINED = "declined", pgettext_lazy("session", "declined")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    space = models.ForeignKey(Space, models.PROTECT, related_name="askings")
    mentor = models.ForeignKey(
        Mentor, models.PROTECT, related_name="askings", verbose_name=_("mentor")
    )
    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="+", verbose_name=_("resident")
    )
    topic = models.CharField(_("about what"), max_length=200)
    wished = models.CharField(_("wished times"), max_length=200, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    asked = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    day = models.DateField(_("day of the session"), null=True)
    begins = models.TimeField(_("begins at"), null=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    session = models.OneToOneField(Session, models.PROTECT, null=True, related_name="asking")

    objects = AskingQuerySet.as_manager()

    class Meta:
        ordering = ["-asked", "-pk"]
        default_permissions = []
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["agreed", "held"]) | Q(day__isnull=False),
                name="a_session_agreed_has_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(reason=""), name="a_session_declined_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(state="held", session__isnull=False) | ~Q(state="held") & Q(session=None),
                name="a_session_held_is_a_line",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["space", "-asked", "-id"], name="askings_by_age")]

    def __str__(self):
        return self.topic

    def get_absolute_url(self):
        return reverse("services:asking", args=[self.key])
