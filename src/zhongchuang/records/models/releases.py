"""What two people released to the public although it may hold personal data."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.records.models.evidence import Evidence


class ReleaseQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """Whoever sees the file sees its releases."""
        return self.filter(evidence__in=Evidence.objects.visible_to(viewer))

    def open(self, evidence=None):
        """Those that wait for a second person, of one file or of all."""
        waiting = self.filter(decided=None)
        return waiting if evidence is None else waiting.filter(evidence=evidence)

    def given(self, evidence):
        return self.filter(evidence=evidence, released=True)


class Release(models.Model):
    """One person asks, another decides; both stay on record."""

    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="releases")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked = models.DateTimeField(default=timezone.now)
    reason = models.CharField(_("reason"), max_length=500)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided = models.DateTimeField(null=True)
    released = models.BooleanField(default=False)
    refusal = models.CharField(_("reason"), max_length=500, blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["-asked", "-pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["evidence"],
                condition=Q(decided=None) | Q(released=True),
                name="one_release_a_file",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")),
                name="a_second_person_releases",
            ),
            models.CheckConstraint(
                condition=Q(released=False) | Q(decided_by__isnull=False, decided__isnull=False),
                name="a_release_was_decided",
            ),
        ]

    def __str__(self):
        return str(self.evidence)
