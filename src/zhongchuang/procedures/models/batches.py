"""Cases that a department decides together: a batch makes the same moves for many, and keeps nothing of where they stand."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhongchuang.organisations.models import Organisation
from zhongchuang.procedures.models.cases import READING, Case
from zhongchuang.procedures.words import counted
from zhongchuang.records.models import Versioned


class BatchQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """Those of one's own department."""
        held = [
            post.organisation_id
            for post in getattr(viewer, "current_posts", ())
            if post.role in READING
        ]
        return self.filter(department__in=held)

    def open(self):
        return self.filter(closed=None)


class Batch(Versioned):
    """A batch of one procedure at one department, numbered within its year."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    department = models.ForeignKey(Organisation, models.PROTECT, related_name="batches")
    pack = models.CharField(max_length=64)
    procedure = models.CharField(max_length=64)
    step = models.CharField(max_length=64, help_text="The step at which it was opened.")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    opened = models.DateTimeField(default=timezone.now)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    closed = models.DateTimeField(null=True, help_text="When its last case was done with.")

    objects = BatchQuerySet.as_manager()

    class Meta:
        ordering = ["-opened", "-pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["department", "pack", "procedure", "year", "number"],
                name="one_batch_a_number",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="batches_are_counted_from_one"),
        ]
        indexes = [models.Index(fields=["-opened", "-id"], name="batches_by_age")]

    def __str__(self):
        return _("Batch %(number)s of %(year)s") % {
            "number": counted(self.number),
            "year": self.year,
        }

    def get_absolute_url(self):
        return reverse("procedures:batch", args=[self.key])

    @property
    def is_open(self):
        return self.closed is None

    def held(self):
        """Its members that have not left it, in the order in which they were put in."""
        related = ("case__rules", "case__space__region", "case__space__operator", "case__operator", "case__department", "case__officer")  # fmt: skip
        return self.members.filter(left=None).select_related(*related).order_by("pk")


class Member(models.Model):
    """A case in a batch; `why` says why it was taken out, `refusal` why its last move in the batch was not made."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="members")
    case = models.ForeignKey(Case, models.PROTECT, related_name="in_batches")
    added = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    left = models.DateTimeField(null=True)
    why = models.CharField(max_length=1000, blank=True)
    refusal = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ["pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(left=None), name="a_case_is_in_one_batch_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(why="") | Q(left__isnull=False), name="what_was_taken_out_has_left"
            ),
        ]

    def __str__(self):
        return f"{self.batch} {self.case}"
