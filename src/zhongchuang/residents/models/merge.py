"""Two records of one and the same resident or person: which one the other was merged into, by whom and why."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.organisations.models import Organisation
from zhongchuang.residents.models.resident import Founder, Resident


class MergeQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """Those of records that one sees."""
        seen = self.model._meta.get_field("survivor").related_model.objects.visible_to(viewer)
        return self.filter(survivor__in=seen)

    def standing(self):
        """Without those that were taken apart again."""
        return self.filter(undone=None)


class Merger(models.Model):
    """Both rows, `merged` and `survivor`, stay as they are; their `merged_into` says where the merged one counts now."""

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
        abstract = True
        ordering = ["-moment", "-pk"]
        default_permissions = []

    def __str__(self):
        return f"{self.merged} → {self.survivor}"


def once(name):
    return models.UniqueConstraint(fields=["merged"], condition=Q(undone=None), name=name)


def not_itself(name):
    return models.CheckConstraint(condition=~Q(merged=models.F("survivor")), name=name)


class Merge(Merger):
    """Of two teams, firms or makers."""

    merged = models.ForeignKey(Resident, models.PROTECT, related_name="mergers")
    survivor = models.ForeignKey(Resident, models.PROTECT, related_name="absorbed")

    class Meta(Merger.Meta):
        constraints = [
            once("a_resident_is_merged_once"),
            not_itself("nothing_is_merged_into_itself"),
        ]


class FounderMerge(Merger):
    """Of two founders."""

    merged = models.ForeignKey(Founder, models.PROTECT, related_name="mergers")
    survivor = models.ForeignKey(Founder, models.PROTECT, related_name="absorbed")

    class Meta(Merger.Meta):
        constraints = [
            once("a_founder_is_merged_once"),
            not_itself("no_founder_is_merged_into_itself"),
        ]
