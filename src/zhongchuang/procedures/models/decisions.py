"""The decision of a case with its grounds, as `zhongchuang recompute` reads it."""

from django.db import models

from zhongchuang.procedures.models.cases import Act, Case


class DecisionRecord(models.Model):
    """One a case: the file that anyone can recompute offline (BY-4)."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="decision")
    act = models.OneToOneField(Act, models.PROTECT, related_name="decision")
    verdict = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    content = models.TextField()

    class Meta:
        default_permissions = []

    def __str__(self):
        return f"{self.case} {self.verdict}"
