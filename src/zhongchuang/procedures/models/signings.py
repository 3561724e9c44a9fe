"""Proposals that somebody signs together: what was before them, and what became of each."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from zhongchuang.organisations.models import Organisation
from zhongchuang.procedures.models.cases import Case


class SigningQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """One's own."""
        user = getattr(viewer, "user", None)
        return self.filter(user=user.pk) if user else self.none()


class Signing(models.Model):
    """One signature under a list of proposals; each case is signed by itself, in its own transaction."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    moment = models.DateTimeField(default=timezone.now)
    words = models.TextField(blank=True)

    objects = SigningQuerySet.as_manager()

    class Meta:
        ordering = ["-moment", "-pk"]
        default_permissions = []

    def __str__(self):
        return f"{self.organisation} {timezone.localtime(self.moment):%Y-%m-%d %H:%M}"

    def get_absolute_url(self):
        return reverse("procedures:signing", args=[self.key])

    def lines(self):
        """The cases that were before the signer, in that order."""
        related = ("case__rules", "case__space__region", "case__operator", "case__department", "case__officer")  # fmt: skip
        return self.listed.select_related(*related).order_by("pk")


class Listed(models.Model):
    """A case under such a signature, as its signer saw it; `done` when it was its turn, `refusal` why it was not signed."""

    signing = models.ForeignKey(Signing, models.PROTECT, related_name="listed")
    case = models.ForeignKey(Case, models.PROTECT, related_name="listed")
    version = models.PositiveIntegerField()
    proposed = models.CharField(max_length=20)
    done = models.DateTimeField(null=True)
    refusal = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ["pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["signing", "case"], name="a_case_stands_once_under_a_signature"
            ),
            models.CheckConstraint(
                condition=Q(refusal="") | Q(done__isnull=False),
                name="what_was_refused_had_its_turn",
            ),
        ]

    def __str__(self):
        return f"{self.signing} {self.case}"
