"""What is kept of an uploaded file: its figures and the reader's warnings, for thirty days."""

import secrets
from datetime import timedelta

from django.db import models
from django.urls import reverse
from django.utils import timezone

KEPT = timedelta(days=30)
TOKEN_BYTES = 24
"""192 bits: the address is the only key to an upload."""


def new_token() -> str:
    """A name that nobody can guess, fit for an address."""
    return secrets.token_urlsafe(TOKEN_BYTES)


class UploadQuerySet(models.QuerySet):
    def live(self):
        """Those whose time has not come."""
        return self.filter(expires__gt=timezone.now())

    def expired(self):
        """Those that are to be deleted."""
        return self.filter(expires__lte=timezone.now())


class Upload(models.Model):
    """A file's figures under an address that cannot be guessed. `name` is only a label."""

    token = models.CharField(max_length=64, unique=True, editable=False)
    made = models.DateTimeField(default=timezone.now, editable=False)
    expires = models.DateTimeField(db_index=True, editable=False)
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    subjects = models.PositiveIntegerField()
    table = models.TextField()
    warnings = models.JSONField(default=list)

    objects = UploadQuerySet.as_manager()

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("gap:upload", args=[self.token])


class Attempt(models.Model):
    """One upload tried by a visitor, known by a keyed digest of the network address; kept for minutes."""

    visitor = models.CharField(max_length=64)
    made = models.DateTimeField(default=timezone.now)
    accepted = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["visitor", "made"], name="gap_attempt_visitor_made")]

    def __str__(self):
        return f"{self.made:%H:%M:%S}"
