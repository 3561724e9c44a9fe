"""Rule packs that departments handed in, and from which day each holds."""

import hashlib
import uuid
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.organisations.models import Organisation
from zhongchuang.policy.loading import PackRefused, parse_pack, parse_toml
from zhongchuang.procedures.models.cases import READING
from zhongchuang.records.models import Versioned

MARK = "rulebooks"
"""The folder that a pack of the database names; its text stands under its digest."""


class OwnQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """What one's own department handed in or proposed."""
        held = [
            post.organisation_id
            for post in getattr(viewer, "current_posts", ())
            if post.role in READING
        ]
        return self.filter(department__in=held)


class ActivationQuerySet(OwnQuerySet):
    def signed(self):
        return self.filter(state=Activation.State.SIGNED)

    def waiting(self):
        return self.filter(state=Activation.State.PROPOSED)


class Rulebook(models.Model):
    """The text of a pack with its cases, kept once under its digest and never changed."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    pack = models.CharField(max_length=64)
    version = models.CharField(_("version"), max_length=40)
    content = models.TextField()
    cases = models.TextField()
    department = models.ForeignKey(Organisation, models.PROTECT, related_name="rulebooks")
    kept = models.DateTimeField(default=timezone.now)
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = OwnQuerySet.as_manager()

    class Meta:
        ordering = ["-kept", "-pk"]
        default_permissions = []

    def __str__(self):
        return f"{self.pack} {self.version}"

    def get_absolute_url(self):
        return reverse("rulebooks:rulebook", args=[self.key])

    @property
    def rules(self):
        """The pack that the text holds."""
        return parsed(self.digest, self.content)


class Activation(Versioned):
    """From a day on a rulebook holds, or without one the pack that comes with the product: two people, a reason."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        SIGNED = "signed", _("signed")
        REFUSED = "refused", _("not signed")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    pack = models.CharField(max_length=64)
    rulebook = models.ForeignKey(Rulebook, models.PROTECT, null=True, related_name="activations")
    department = models.ForeignKey(Organisation, models.PROTECT, related_name="activations")
    starts = models.DateField(_("holds from"))
    reason = models.CharField(_("reason"), max_length=1000)
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    proposed = models.DateTimeField(default=timezone.now)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    words = models.CharField(max_length=1000, blank=True, help_text="Why it was not signed.")

    objects = ActivationQuerySet.as_manager()
    public_fields = ("pack", "starts", "decided")

    class Meta:
        ordering = ["-proposed", "-pk"]
        default_permissions = []
        constraints = [
            models.CheckConstraint(
                condition=Q(state="proposed", decided=None, decided_by=None)
                | ~Q(state="proposed") & Q(decided__isnull=False, decided_by__isnull=False),
                name="a_decided_activation_says_by_whom_and_when",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")),
                name="two_people_activate_a_pack",
            ),
            models.UniqueConstraint(
                fields=["pack"], condition=Q(state="proposed"), name="one_activation_of_a_pack_waits"
            ),
        ]  # fmt: skip

    def __str__(self):
        return str(self.rulebook or self.pack)

    def get_absolute_url(self):
        return reverse("rulebooks:activation", args=[self.key])

    @property
    def is_open(self):
        """Whether it waits for the second person."""
        return self.state == self.State.PROPOSED


@lru_cache(maxsize=64)
def parsed(digest, content):
    """The pack of a text, read once in each process; a text that is not what its digest says is refused."""
    if hashlib.sha256(content.encode()).hexdigest() != digest:
        raise ValueError(digest)
    pack, faults = parse_pack(parse_toml(content.encode(), digest), Path(MARK, digest, "pack.toml"))
    if faults:
        raise PackRefused(faults)
    return pack
