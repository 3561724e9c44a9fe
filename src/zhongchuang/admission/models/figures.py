"""The figures of a year or a month that a resident was asked for, as it handed them in; a line of the ledger once confirmed (XC-5)."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from zhongchuang.admission.models.applications import new_secret, run_by
from zhongchuang.admission.rules import holds
from zhongchuang.records.models import Versioned
from zhongchuang.residents.models import MonthReport, Report, Resident
from zhongchuang.sealed.fields import BlindIndex, EncryptedText, matching
from zhongchuang.spaces.models import Space


class FiguresQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """Those of the spaces that one runs. Who gives them comes by the private address."""
        return self.filter(space__in=run_by(viewer))

    def under(self, secret):
        return self.filter(matching(Figures, "secret", secret))

    def standing(self):
        return self.exclude(state=Figures.State.CANCELLED)


class Figures(Versioned):
    """Figures of one resident for the year or month that ends on `day`: asked for, handed in, confirmed or returned."""

    class Period(models.TextChoices):
        YEAR = "year", _("a year")
        MONTH = "month", _("a month")

    class State(models.TextChoices):
        ASKED = "asked", _("asked for")
        HANDED = "handed", _("to be confirmed")
        RETURNED = "returned", _("returned for correction")
        CONFIRMED = "confirmed", _("confirmed")
        CANCELLED = "cancelled", _("no longer asked for")

    WRITTEN = (State.ASKED, State.HANDED, State.RETURNED)
    """As long as the resident may write."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    space = models.ForeignKey(Space, models.PROTECT, related_name="figures")
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="figures")
    period = models.CharField(_("period"), max_length=5, choices=Period, default=Period.YEAR)
    day = models.DateField(_("time of the figures"), help_text="Its last day.")
    email = models.EmailField(_("e-mail"), max_length=254)
    secret = EncryptedText(default=new_secret)
    secret_index = BlindIndex(of="secret")
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.ASKED)
    given = models.JSONField(default=dict, help_text="By field of the line; null is unknown.")
    giver = models.CharField(_("who gives the figures"), max_length=100, blank=True)
    asked = models.DateTimeField(default=timezone.now)
    sent = models.DateTimeField(
        default=timezone.now, help_text="When the private address went out last."
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    handed = models.DateTimeField(null=True)
    words = models.CharField(_("what is to be corrected"), max_length=1000, blank=True)
    decided = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    report = models.ForeignKey(Report, models.PROTECT, null=True, related_name="+")
    month = models.ForeignKey(MonthReport, models.PROTECT, null=True, related_name="+")

    objects = FiguresQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "-pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["space", "resident", "period", "day"],
                condition=~Q(state="cancelled"),
                name="figures_of_a_time_are_asked_once",
            ),
            models.CheckConstraint(
                condition=Q(state="confirmed", period="year", report__isnull=False, month=None)
                | Q(state="confirmed", period="month", month__isnull=False, report=None)
                | ~Q(state="confirmed") & Q(report=None, month=None),
                name="confirmed_figures_stand_in_the_ledger",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(words=""),
                name="returned_figures_say_what_is_wrong",
            ),
        ]
        indexes = [models.Index(fields=["space", "state"], name="figures_of")]

    def __str__(self):
        return (
            f"{self.resident} {self.day:%Y-%m}"
            if self.monthly
            else f"{self.resident} {self.day.year}"
        )

    def get_absolute_url(self):
        return reverse("admission:figures", args=[self.key])

    @property
    def monthly(self):
        return self.period == self.Period.MONTH

    @property
    def when(self):
        """The year, or the month in words."""
        return date_format(self.day, "YEAR_MONTH_FORMAT") if self.monthly else str(self.day.year)

    @property
    def table(self):
        """What they become a line of."""
        return MonthReport if self.monthly else Report

    @property
    def line(self):
        """The line that they became."""
        return self.month if self.monthly else self.report

    @property
    def give_url(self):
        """The private address under which the figures are given."""
        return reverse("admission:give", args=[self.secret.plain()])

    @property
    def expires(self):
        """When the private address opens nothing any more."""
        return self.sent + holds()

    @property
    def is_over(self):
        return timezone.now() >= self.expires
