"""Rows that hold from a day until a day: versions of one thing share its series, and no version is overwritten."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.records.models import Evidence, Versioned
from zhongchuang.spaces.models.space import Space


class DatedQuerySet(models.QuerySet):
    def on(self, day):
        """The versions that held that day, by what is recorded now."""
        return self.filter(Q(valid_until=None) | Q(valid_until__gt=day), valid_from__lte=day)

    def of(self, series):
        """All versions of one thing, oldest first."""
        return self.filter(series=series).order_by("valid_from", "pk")

    def visible_to(self, viewer):
        """Those of the spaces that one sees."""
        return self.filter(space__in=Space.objects.visible_to(viewer))


class Dated(Versioned):
    """A version of a thing that belongs to a space."""

    space = models.ForeignKey(Space, models.PROTECT, related_name="%(class)s_rows")
    series = models.UUIDField(default=uuid.uuid4, editable=False)
    valid_from = models.DateField(_("since"))
    valid_until = models.DateField(
        _("until"), null=True, help_text="The first day on which it no longer holds."
    )
    recorded = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["valid_from", "pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["series"], condition=Q(valid_until=None), name="one_open_%(class)s_a_series"
            ),
            models.UniqueConstraint(
                fields=["series", "valid_from"], name="%(class)s_begins_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")),
                name="%(class)s_ends_after_it_begins",
            ),
        ]
        indexes = [models.Index(fields=["space", "valid_from", "valid_until"], name="%(class)s_on")]

    @classmethod
    def entered(cls):
        """The fields that people enter, in their order."""
        own = {field.name for field in Dated._meta.local_fields} | {"id", "version"}
        return [one for one in cls._meta.concrete_fields if one.editable and one.name not in own]


class ProofQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """Those of the spaces that one sees."""
        return self.filter(space__in=Space.objects.visible_to(viewer))


class Proof(models.Model):
    """A file behind a thing of the register, or behind a change of it."""

    space = models.ForeignKey(Space, models.PROTECT, related_name="proofs")
    series = models.UUIDField(db_index=True, help_text="The thing, or the key of the change.")
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="proofs")
    attached = models.DateTimeField(default=timezone.now)
    attached_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = ProofQuerySet.as_manager()

    class Meta:
        ordering = ["attached", "pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["series", "evidence"], name="a_file_proves_once")
        ]

    def __str__(self):
        return str(self.evidence)
