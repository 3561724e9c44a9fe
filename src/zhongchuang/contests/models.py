"""Which decision a review looks at again, until when it could be asked for, and what came of it."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from zhongchuang.procedures.models import Case


class ContestQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """Those whose review one sees."""
        return self.filter(review__in=Case.objects.visible_to(viewer))

    def counting(self):
        """Those that use up their decision: one that was taken back does not."""
        return self.exclude(outcome=Case.Standing.WITHDRAWN)

    def running(self):
        """Those under way; a draft whose term is over is not any more."""
        late = Q(review__state=Case.Standing.DRAFT, until__lt=timezone.localdate())
        return self.filter(outcome="").exclude(late)


class Contest(models.Model):
    """A decision and the review of it. The decision is named, not pointed at, since apps above decide things too."""

    review = models.OneToOneField(Case, models.CASCADE, related_name="contest")
    subject = models.CharField(max_length=80, db_index=True)
    decision = models.CharField(max_length=100)
    received = models.DateField(help_text="The day on which the decision came to the operator.")
    until = models.DateField(help_text="The last day on which the review is asked for.")
    outcome = models.CharField(max_length=10, blank=True, choices=Case.Standing)

    objects = ContestQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["decision"], condition=~Q(outcome="withdrawn"),
                name="a_decision_is_reviewed_once",
            ),
            models.CheckConstraint(
                condition=Q(until__gte=models.F("received")),
                name="a_review_is_asked_for_after_the_decision",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.review} {self.decision}"
