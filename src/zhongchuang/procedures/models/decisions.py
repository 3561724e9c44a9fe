"""The decision of a case with its grounds, as `zhongchuang recompute` reads it."""

from django.db import models
from django.db.models import Q

from zhongchuang.procedures.models.cases import Act, Case


class DecisionRecord(models.Model):
    """One that stands a case: the file that anyone can recompute offline (BY-4). One that fell in a review stays beside it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="decisions")
    act = models.OneToOneField(Act, models.PROTECT, related_name="decision")
    verdict = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    content = models.TextField()
    annulled = models.DateTimeField(null=True, help_text="When it fell in a review.")

    class Meta:
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(annulled=None), name="one_decision_stands_a_case"
            )
        ]

    def __str__(self):
        return f"{self.case} {self.verdict}"
