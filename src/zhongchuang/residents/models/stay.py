"""A stay of a resident at a space: since when, at which stage, at how many desks, and where it went."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zhongchuang.ledgers.models import Lasting, LineQuerySet
from zhongchuang.residents.models.resident import Resident
from zhongchuang.spaces.models import Space
from zhongchuang.spaces.models.tables import YesNo


class Stay(Lasting):
    """From the day it moved in until the first day on which it was gone; moves along the chain are its stages."""

    ledger = "stays"

    class Outcome(models.TextChoices):
        """Why a stay ended; what counts as an incubated case is said by the facts."""

        GRADUATED = "graduated", _("graduated")
        ELIMINATED = "eliminated", _("eliminated")
        MOVED = "moved", _("moved on along the chain")
        LEFT = "left", _("left on its own")
        CLOSED = "closed", _("gave up")

    class Destination(models.TextChoices):
        MARKET = "market", _("runs its business on the market")
        SPACE = "space", _("another innovation space")
        INCUBATOR = "incubator", _("incubator")
        ACCELERATOR = "accelerator", _("accelerator")
        PARK = "park", _("industrial or science park")
        ACQUIRED = "acquired", _("acquired or merged")
        LISTED = "listed", _("listed")
        ELSEWHERE = "elsewhere", _("elsewhere")

    resident = models.ForeignKey(Resident, models.PROTECT, related_name="stays")
    agreement = models.CharField(_("number of the agreement"), max_length=60, blank=True)
    agreement_ends = models.DateField(_("agreement ends on"), null=True, blank=True)
    months_allowed = models.PositiveIntegerField(
        _("longest stay by the agreement"), null=True, blank=True, help_text=_("In months.")
    )
    free_months = models.PositiveIntegerField(
        _("free months"), null=True, blank=True, help_text=_("Months without rent; 0 if none.")
    )
    monthly_fee = models.DecimalField(
        _("fee a month"), max_digits=12, decimal_places=2, null=True, blank=True,
        help_text=_("In yuan, after the free months."),
    )  # fmt: skip
    registered_here = models.CharField(
        _("its licence has this address"), max_length=3, choices=YesNo, blank=True
    )
    people = models.PositiveIntegerField(_("people at moving in"), null=True, blank=True)
    area = models.DecimalField(
        _("area it uses"), max_digits=10, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0)], help_text=_("In square metres."),
    )  # fmt: skip
    outcome = models.CharField(_("how it ended"), max_length=10, choices=Outcome, blank=True)
    destination = models.CharField(
        _("where it went"), max_length=11, choices=Destination, blank=True
    )
    destination_name = models.CharField(_("name of the place"), max_length=200, blank=True)
    destination_space = models.ForeignKey(
        Space, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(_("reason of leaving"), max_length=500, blank=True)

    class Meta(Lasting.Meta):
        verbose_name = _("stay")
        constraints = [
            *Lasting.Meta.constraints,
            models.UniqueConstraint(
                fields=["space", "resident"],
                condition=Q(until=None, struck=None),
                name="a_resident_stays_once",
            ),
            models.CheckConstraint(
                condition=Q(until=None, outcome="") | Q(until__isnull=False) & ~Q(outcome=""),
                name="a_stay_that_ended_has_an_outcome",
            ),
        ]
        indexes = [
            *Lasting.Meta.indexes,
            models.Index(fields=["space", "day", "until"], name="stays_on"),
        ]

    def __str__(self):
        return self.resident.name

    def follow(self, old):
        """After a correction its stages and desks go with its first and its last day."""
        for parts in (self.stages, self.occupations):
            if "day" in old:
                parts.filter(day=old["day"]).update(day=self.day)
            if "until" in old:
                parts.filter(until=old["until"]).update(until=self.until)

    @property
    def stage(self):
        """The stage it is at, from the fetched ones; None where it is not known."""
        return next((one for one in self.stages.all() if one.until is None), None)

    @property
    def desks(self):
        """Desks it takes, from the fetched occupations; None where it is not known."""
        open_ones = [one.desks for one in self.occupations.all() if one.until is None]
        return sum(open_ones) if open_ones else None


class PartQuerySet(LineQuerySet):
    def visible_to(self, viewer):
        return self.filter(stay__in=Stay.objects.visible_to(viewer))


class Part(models.Model):
    """Something of a stay that holds from a day until a day."""

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="%(class)ss")
    day = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["day", "pk"]
        default_permissions = []
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("day")),
                name="%(class)s_ends_after_it_begins",
            )
        ]


class Stage(Part):
    """How far along the chain: nursery, incubator, accelerator (XZ-3); one at a time."""

    class Name(models.TextChoices):
        NURSERY = "nursery", _("nursery")
        INCUBATOR = "incubator", _("incubator")
        ACCELERATOR = "accelerator", _("accelerator")

    name = models.CharField(_("stage"), max_length=11, choices=Name)

    class Meta(Part.Meta):
        constraints = [
            *Part.Meta.constraints,
            models.UniqueConstraint(
                fields=["stay"], condition=Q(until=None), name="one_open_stage_a_stay"
            ),
        ]

    def __str__(self):
        return str(self.get_name_display())


class Occupation(Part):
    """Desks that a stay takes: one that the space lists, by its series, or so many of those it does not."""

    desk = models.UUIDField(
        null=True, help_text="Series of the desk; empty where desks are not listed."
    )
    desks = models.PositiveIntegerField(_("desks"), default=1)

    class Meta(Part.Meta):
        constraints = [
            *Part.Meta.constraints,
            models.UniqueConstraint(
                fields=["desk"],
                condition=Q(until=None, desk__isnull=False),
                name="a_desk_is_taken_once",
            ),
            models.CheckConstraint(
                condition=Q(desk=None) | Q(desks=1), name="a_listed_desk_is_one"
            ),
        ]

    def __str__(self):
        return f"{self.desks}"
