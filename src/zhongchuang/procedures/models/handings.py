"""Cases that are handed to a colleague together, and what became of each."""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from zhongchuang.organisations.models import Organisation
from zhongchuang.procedures.models.cases import Case


class HandingQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """One's own."""
        user = getattr(viewer, "user", None)
        return self.filter(user=user.pk) if user else self.none()


class Handing(models.Model):
    """One handing over of many cases; each is handed over by itself, in its own transaction."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    colleague = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    moment = models.DateTimeField(default=timezone.now)
    words = models.TextField(blank=True)
    cases = models.JSONField(
        help_text="In their order: the key of a case, the version that was shown, and once it had its turn why it stayed; empty where it was handed over."
    )  # fmt: skip

    objects = HandingQuerySet.as_manager()

    class Meta:
        ordering = ["-moment", "-pk"]
        default_permissions = []

    def __str__(self):
        return f"{self.organisation} {timezone.localtime(self.moment):%Y-%m-%d %H:%M}"

    def get_absolute_url(self):
        return reverse("procedures:handing", args=[self.key])

    def lines(self):
        """The cases in their order, each with why it stayed; None before its turn."""
        found = Case.objects.select_related("rules", "space", "department", "officer").in_bulk([one["case"] for one in self.cases])  # fmt: skip
        return [(found[one["case"]], one.get("stayed")) for one in self.cases]
