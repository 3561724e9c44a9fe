"""Official documents of a case: a draft at its step, then numbered, dated and closed."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.organisations.models import Organisation
from zhongchuang.organisations.models.people import APPLICANTS
from zhongchuang.policy.pack import digest_of
from zhongchuang.procedures.models import Case
from zhongchuang.procedures.models.cases import READING
from zhongchuang.records.models import DocumentNumber, Versioned


class PaperQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """For officials those of the cases in their reach; for the operator of a case those that were numbered."""
        seen = Q(pk__in=[])
        for post in getattr(viewer, "current_posts", ()):
            if post.organisation_id and post.role in APPLICANTS:
                seen |= Q(case__operator=post.organisation_id, number__isnull=False)
            for path in post.reach if post.role in READING else ():
                seen |= Q(case__space__path__startswith=path)
        return self.filter(seen)

    def drafts(self):
        return self.filter(number=None)

    def at(self, case):
        """Those of the step at which a case stands."""
        return self.filter(case=case, step=case.step)


class Paper(Versioned):
    """A document that a department issues at a step. Without a number it is a draft; with one it stays as it is."""

    class Kind(models.TextChoices):
        LETTER = "letter", _("recommendation letter")
        OPINION = "opinion", _("review opinion")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    case = models.ForeignKey(Case, models.PROTECT, related_name="papers")
    step = models.CharField(max_length=64)
    department = models.ForeignKey(Organisation, models.PROTECT, related_name="papers")
    addressee = models.ForeignKey(
        Organisation, models.PROTECT, related_name="papers_received",
        help_text="With whom the case lies after this step.",
    )  # fmt: skip
    sender = models.CharField(max_length=200, help_text="Name of the department as it signs.")
    to = models.CharField(_("addressed to"), max_length=200)
    word = models.CharField(_("word of the organisation"), max_length=30)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"))
    enclosures = models.TextField(_("enclosures"), blank=True)
    copies = models.CharField(_("copies to"), max_length=500, blank=True)
    office = models.CharField(
        _("issuing office"), max_length=200, blank=True,
        help_text="Empty on papers from before there was an imprint; they stay without one.",
    )  # fmt: skip
    begun = models.DateTimeField(default=timezone.now)
    written = models.DateTimeField(help_text="When it was kept last.")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    number = models.OneToOneField(DocumentNumber, models.PROTECT, null=True, related_name="paper")
    dated = models.DateField(_("date"), null=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    digest = models.CharField(max_length=64, blank=True)

    objects = PaperQuerySet.as_manager()

    class Meta:
        ordering = ["begun", "pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["case", "step", "kind"], name="one_paper_of_a_kind_a_step"
            ),
            models.CheckConstraint(
                condition=Q(number=None, dated=None, signed_by=None, digest="")
                | Q(number__isnull=False, dated__isnull=False, signed_by__isnull=False)
                & ~Q(digest=""),
                name="a_numbered_paper_is_dated_signed_and_closed",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("papers:paper", args=[self.key])

    @property
    def is_draft(self):
        return self.number_id is None

    @property
    def content(self):
        """What its digest stands for; of a paper from before there was an imprint what it stood for then."""
        said = {
            "case": str(self.case.key), "step": self.step, "kind": self.kind, "number": str(self.number),
            "dated": str(self.dated), "sender": self.sender, "to": self.to, "title": self.title, "text": self.text,
        }  # fmt: skip
        imprint = {"enclosures": self.enclosures, "copies": self.copies, "office": self.office}
        return said | imprint if any(imprint.values()) else said

    @property
    def is_intact(self):
        """Whether a numbered paper still says what it said when it was closed."""
        return self.digest == digest_of(self.content)
