"""Two records of one and the same team, firm or maker: which one the other was merged into, by whom and why."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.organisations.models import Organisation
from zhongchuang.residents.models.resident import Resident


class MergeQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """Those of residents that one sees."""
        return self.filter(survivor__in=Resident.objects.visible_to(viewer))

    def standing(self):
        """Without those that were taken apart again."""
        return self.filter(undone=None)


class Merge(models.Model):
    """Both rows stay as they are; `Resident.merged_into` says where the merged one counts now."""

    merged = models.ForeignKey(Resident, models.PROTECT, related_name="mergers")
    survivor = models.ForeignKey(Resident, models.PROTECT, related_name="absorbed")
    reason = models.CharField(_("reason"), max_length=500)
    moment = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    undone = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    undone_reason = models.CharField(_("reason"), max_length=500, blank=True)

    objects = MergeQuerySet.as_manager()

    class Meta:
        ordering = ["-moment", "-pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["merged"], condition=Q(undone=None), name="a_resident_is_merged_once"
            ),
            models.CheckConstraint(
                condition=~Q(merged=models.F("survivor")), name="nothing_is_merged_into_itself"
            ),
        ]

    def __str__(self):
        return f"{self.merged} → {self.survivor}"
