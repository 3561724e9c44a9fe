"""Imports: a file that was sent in, what its columns mean, what was found in it, and what it wrote."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.organisations.models import Organisation, Post
from zhongchuang.organisations.models.people import ADMINISTRATORS
from zhongchuang.records.models import Evidence, Versioned


class ImportQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """Those of one's own organisation; its administrators see none (S-04)."""
        seen = Q(pk__in=[])
        for post in getattr(viewer, "current_posts", ()):
            if post.organisation_id and post.role not in ADMINISTRATORS:
                seen |= Q(organisation=post.organisation_id)
        return self.filter(seen)


class Import(Versioned):
    """One file on its way into the records; nothing of it is written before it is confirmed."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("sent in")
        MAPPED = "mapped", _("columns assigned")
        CHECKED = "checked", _("checked")
        CONFIRMED = "confirmed", _("waits for its turn")
        RUNNING = "running", _("being recorded")
        DONE = "done", _("recorded")
        FAILED = "failed", _("not recorded")
        UNDONE = "undone", _("undone")
        EXPIRED = "expired", _("expired")

    class Existing(models.TextChoices):
        SKIP = "skip", _("leave as they are")
        CHANGE = "change", _("change them to what the file says")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=40)
    scope = models.CharField(max_length=40, blank=True, help_text="Into what the rows go.")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="imports")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="imports")
    ip = models.CharField(max_length=45, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.UPLOADED)
    name = models.CharField(_("file"), max_length=240)
    sha256 = models.CharField(max_length=64)
    moment = models.DateTimeField(default=timezone.now)
    columns = models.JSONField(
        default=list, help_text="For each column of the file the column that it means, or nothing."
    )
    existing = models.CharField(max_length=6, choices=Existing, default=Existing.SKIP)
    on = models.DateField(null=True, help_text="From which day rows hold that name none.")
    findings = models.JSONField(default=dict)
    confirmed = models.DateTimeField(null=True)
    started = models.DateTimeField(null=True)
    attempt = models.UUIDField(null=True, help_text="Which of several workers carries it out.")
    finished = models.DateTimeField(null=True)
    undone = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64, blank=True, help_text="Over the rows as recorded.")
    journal = models.JSONField(null=True, help_text="What was written, so that it can be undone.")
    evidence = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="+")
    files_gone = models.DateTimeField(null=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        ordering = ["-moment", "-pk"]
        default_permissions = []
        indexes = [
            models.Index(fields=["organisation", "-moment", "-id"], name="imports_of"),
            models.Index(fields=["state"], name="imports_by_state"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("imports:import", args=[self.key])

    @property
    def folder(self):
        """Where its files lie in the store."""
        return f"imports/{self.key}"

    @property
    def is_in_preparation(self):
        """Whether its columns and choices may still be changed: nothing was confirmed."""
        return self.state in {
            self.State.UPLOADED, self.State.MAPPED, self.State.CHECKED, self.State.FAILED,
        }  # fmt: skip

    @property
    def is_under_way(self):
        return self.state in {self.State.CONFIRMED, self.State.RUNNING}


class Layout(models.Model):
    """What an organisation said that the headings of its files mean; used again for its next file."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    headings = models.JSONField(default=dict, help_text="Heading → column, or nothing.")

    class Meta:
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind"], name="one_layout_a_kind")
        ]

    def __str__(self):
        return f"{self.organisation} {self.kind}"
