"""More time to apply: the window of a procedure, kept open longer for one round, for a published reason."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.organisations.models import Organisation
from zhongchuang.procedures.models.cases import READING
from zhongchuang.records.models import Versioned
from zhongchuang.spaces.models import Space


class ExtensionQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """Proposals are the department's own; what was signed is published, see `signed`."""
        held = [
            post.organisation_id
            for post in getattr(viewer, "current_posts", ())
            if post.role in READING
        ]
        return self.filter(department__in=held)

    def signed(self):
        return self.filter(state=Extension.State.SIGNED)

    def waiting(self):
        return self.filter(state=Extension.State.PROPOSED)

    def of(self, pack_id, procedure_id):
        """Those of one procedure, the newest round first."""
        return self.filter(pack=pack_id, procedure=procedure_id).order_by("-until", "-pk")

    def around(self, day):
        """Those whose round, extended as it is, holds a day."""
        return self.filter(first__lte=day, until__gte=day)


class Extension(Versioned):
    """A round of applications that ends later; proposed by one person of the deciding department, signed by another."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        SIGNED = "signed", _("signed")
        REFUSED = "refused", _("not signed")

    class Whom(models.TextChoices):
        ALL = "all", _("everybody")
        BEGUN = "begun", _("those who had begun by the old last day")
        LISTED = "listed", _("the spaces of a list")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    department = models.ForeignKey(Organisation, models.PROTECT, related_name="extensions")
    pack = models.CharField(max_length=64)
    procedure = models.CharField(max_length=64)
    first = models.DateField(help_text="The first day of the round.")
    last = models.DateField(_("old last day"), help_text="The last day as it was before.")
    until = models.DateField(_("new last day"))
    whom = models.CharField(_("for whom"), max_length=8, choices=Whom)
    spaces = models.ManyToManyField(Space, related_name="extensions", blank=True)
    reason = models.CharField(_("reason"), max_length=1000)
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    proposed = models.DateTimeField(default=timezone.now)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    words = models.CharField(max_length=1000, blank=True, help_text="Why it was not signed.")

    objects = ExtensionQuerySet.as_manager()
    public_fields = ("pack", "procedure", "last", "until", "whom", "reason", "decided")

    class Meta:
        ordering = ["-proposed", "-pk"]
        default_permissions = []
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gt=F("last")), name="an_extension_ends_later_than_before"
            ),
            models.CheckConstraint(
                condition=~Q(reason=""), name="an_extension_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", decided=None, decided_by=None)
                | ~Q(state="proposed") & Q(decided__isnull=False, decided_by__isnull=False),
                name="a_decided_extension_says_by_whom_and_when",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")),
                name="two_people_extend_a_round",
            ),
            models.UniqueConstraint(
                fields=["department", "pack", "procedure", "first"], condition=Q(state="proposed"),
                name="one_proposal_waits_a_round",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.pack}:{self.procedure} {self.until}"

    def get_absolute_url(self):
        return reverse("procedures:extension", args=[self.key])

    @property
    def is_open(self):
        """Whether it waits for the second person."""
        return self.state == self.State.PROPOSED
