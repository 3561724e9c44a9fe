"""What keeps a request from counting twice, and two changes from overwriting each other."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class Receipt(models.Model):
    """The answer to a request that was carried out; the same request again gets the same answer (R-07)."""

    key = models.UUIDField(
        primary_key=True, help_text="Made with the form, sent with it each time."
    )
    owner = models.UUIDField(help_text="Which of several requests at once carries it out.")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=64)
    answer = models.JSONField(null=True)
    moment = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        default_permissions = []

    def __str__(self):
        return f"{self.purpose} {self.key}"


class Versioned(models.Model):
    """A row that counts its changes, so that a change made on an old picture of it is refused (R-08)."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
