"""The changes of the register that a case decides on."""

from django.db import models

from zhongchuang.procedures.models.cases import Case
from zhongchuang.spaces.models import Change


class CaseChange(models.Model):
    """A change that was left to a case when it was handed in: both end together."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="changes")
    change = models.OneToOneField(Change, models.PROTECT, related_name="decided_in")

    class Meta:
        ordering = ["pk"]
        default_permissions = []

    def __str__(self):
        return f"{self.case} {self.change}"
