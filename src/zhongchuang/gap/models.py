"""What is kept of an uploaded file for thirty days, and figures that an operator states instead of its records."""

import secrets
from datetime import timedelta

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.ledgers.models import Lasting
from zhongchuang.policy.facts import Value, space_catalogue
from zhongchuang.tables.cells import CellReader

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


class Statement(Lasting):
    """A figure that the operator states, with its reason; what the records tell stays beside it.

    `text` is the value in the unit of the catalogue, as an address carries it.
    """

    ledger = "statements"

    fact = models.CharField(_("figure"), max_length=60)
    text = models.CharField(_("stated value"), max_length=400)
    reason = models.CharField(
        _("why it differs from the records"), max_length=500,
        help_text=_("Whoever examines it reads this beside both figures."),
    )  # fmt: skip

    class Meta(Lasting.Meta):
        verbose_name = _("stated figure")

    def __str__(self):
        from zhongchuang.gap import words  # noqa: PLC0415 -- words know the models' neighbours

        return words.label(self.column)

    @property
    def column(self):
        """The column of the catalogue that it states."""
        return space_catalogue().columns[self.fact]

    @property
    def value(self) -> Value:
        """The stated value as a fact."""
        return CellReader(self.column.fact, language="en").read(self.text)
