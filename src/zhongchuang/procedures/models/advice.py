"""An opinion that was asked of a colleague: it stands beside the case and moves nothing."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from zhongchuang.procedures.models.cases import READING, Case


class AdviceQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """For officials of the department that asked, and above it; the applicant does not read it."""
        if not any(post.role in READING for post in getattr(viewer, "current_posts", ())):
            return self.none()
        return self.filter(case__in=Case.objects.visible_to(viewer))

    def open_for(self, acting):
        """Those that this person was asked for and has not written, for their department."""
        return self.filter(adviser=acting.user.pk, case__department=acting.organisation, answered=None, case__state=Case.Standing.RUNNING)  # fmt: skip


class Advice(models.Model):
    case = models.ForeignKey(Case, models.PROTECT, related_name="advice")
    step = models.CharField(max_length=64)
    asked = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    adviser = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    question = models.CharField(max_length=1000)
    answered = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)

    objects = AdviceQuerySet.as_manager()

    class Meta:
        ordering = ["asked", "pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["case", "adviser"],
                condition=Q(answered=None),
                name="one_open_question_a_colleague",
            ),
            models.CheckConstraint(
                condition=Q(answered=None) | ~Q(answer=""),
                name="an_opinion_that_was_given_has_words",
            ),
        ]
        indexes = [models.Index(fields=["adviser", "answered"], name="advice_that_waits")]  # fmt: skip

    def __str__(self):
        return f"{self.case} {self.adviser.name}"
