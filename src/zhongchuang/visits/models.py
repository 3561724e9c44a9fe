"""Visits to the site of a case: planned, carried out with a checklist and photographs, reported, confirmed by a second person."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.organisations.models import Organisation
from zhongchuang.organisations.models.people import APPLICANTS
from zhongchuang.policy.pack import digest_of
from zhongchuang.procedures.models import Case, Submission
from zhongchuang.procedures.models.cases import READING
from zhongchuang.records.models import Evidence, Versioned


class VisitQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """For officials those of the cases in their reach; for the operator what was announced or confirmed."""
        seen = Q(pk__in=[])
        for post in getattr(viewer, "current_posts", ()):
            if post.organisation_id and post.role in APPLICANTS:
                known = Q(announced=True) | Q(state=Visit.Standing.CONFIRMED)
                seen |= Q(case__operator=post.organisation_id) & known
            for path in post.reach if post.role in READING else ():
                seen |= Q(case__space__path__startswith=path)
        return self.filter(seen)

    def at(self, case):
        """Those of the step at which a case stands."""
        return self.filter(case=case, step=case.step)

    def open(self):
        """Those that are planned, or reported and not confirmed yet."""
        return self.filter(state__in=Visit.OPEN)

    def under_way(self):
        """Open ones whose case still stands at their step."""
        return self.open().filter(case__state=Case.Standing.RUNNING, case__step=F("step"))

    def confirmed(self):
        return self.filter(state=Visit.Standing.CONFIRMED)

    def of(self, people):
        """Those that one of these people makes."""
        return self.filter(visitors__in=people).distinct()


class Visit(Versioned):
    """A visit to a site at a step. Once a second visitor confirmed its report, it stays as it is."""

    class Standing(models.TextChoices):
        PLANNED = "planned", _("planned")
        CLOSED = "closed", _("reported, to be confirmed")
        CONFIRMED = "confirmed", _("confirmed")
        CANCELLED = "cancelled", _("cancelled")

    class Result(models.TextChoices):
        FITS = "fits", _("What was handed in is as it is on the spot")
        DIFFERS = "differs", _("It differs in places, as the lines say")
        DOUBTFUL = "doubtful", _("What was handed in cannot be relied on")

    OPEN = (Standing.PLANNED, Standing.CLOSED)

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="visits")
    step = models.CharField(max_length=64)
    department = models.ForeignKey(Organisation, models.PROTECT, related_name="visits")
    submission = models.ForeignKey(
        Submission, models.PROTECT, related_name="+",
        help_text="What was handed in, against which the site is looked at.",
    )  # fmt: skip
    state = models.CharField(max_length=10, choices=Standing, default=Standing.PLANNED)
    begins = models.DateTimeField(_("day and time"))
    place = models.CharField(_("site"), max_length=320)
    visitors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="visits")
    names = models.CharField(max_length=1000, help_text="Of the visitors, as they were then.")
    others = models.CharField(_("others who come along"), max_length=300, blank=True)
    announced = models.BooleanField(default=True)
    ready = models.TextField(_("what is to be ready"), blank=True)
    why = models.CharField(
        max_length=1000, blank=True,
        help_text="Why it is not announced, was moved or cancelled: the last word.",
    )  # fmt: skip
    planned = models.DateTimeField(default=timezone.now)
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    result = models.CharField(_("result"), max_length=10, choices=Result, blank=True)
    words = models.TextField(_("report of the visit"), blank=True)
    internal = models.TextField(blank=True, help_text="Read by officials alone.")
    present = models.CharField(_("who was there for the operator"), max_length=100, blank=True)
    present_role = models.CharField(_("position"), max_length=100, blank=True)
    read_out = models.BooleanField(default=False)
    unsigned = models.CharField(
        max_length=500, blank=True, help_text="Why nobody of the operator put their name to it."
    )
    closed = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    confirmed = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    digest = models.CharField(max_length=64, blank=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        ordering = ["planned", "pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state__in=["planned", "closed"]),
                name="one_open_visit_a_case",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["closed", "confirmed"])
                | Q(closed__isnull=False, closed_by__isnull=False)
                & ~Q(result="") & ~Q(words=""),
                name="a_reported_visit_has_result_and_words",
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed")
                | Q(confirmed__isnull=False, confirmed_by__isnull=False)
                & ~Q(digest="") & ~Q(confirmed_by=F("closed_by")),
                name="a_report_is_confirmed_by_a_second_person",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.case.number} {timezone.localtime(self.begins):%Y-%m-%d %H:%M}"

    def get_absolute_url(self):
        return reverse("visits:visit", args=[self.key])

    @property
    def is_here(self):
        """Whether its case still stands at its step, in the hands of officials."""
        return self.case.state == Case.Standing.RUNNING and self.case.step == self.step

    @property
    def content(self):
        """What its digest stands for."""
        return {
            "case": str(self.case.key), "step": self.step, "submission": self.submission.digest,
            "begins": self.begins.isoformat(), "place": self.place, "names": self.names, "others": self.others,
            "announced": self.announced, "result": self.result, "words": self.words, "internal": self.internal,
            "present": self.present, "present_role": self.present_role, "read_out": self.read_out, "unsigned": self.unsigned,
            "closed": self.closed.isoformat(), "closed_by": self.closed_by_id, "confirmed_by": self.confirmed_by_id,
            "findings": [one.content for one in self.findings.all()],
            "photographs": [one.content for one in self.photographs.shown()],
        }  # fmt: skip

    @property
    def is_intact(self):
        """Whether a confirmed report still says what it said when it was confirmed."""
        return self.digest == digest_of(self.content)


class Finding(models.Model):
    """What was found at one line of the checklist, beside what was handed in; nothing of it replaces a figure."""

    class Found(models.TextChoices):
        AS_STATED = "as_stated", _("as stated")
        DIFFERS = "differs", _("differs")
        NOT_SEEN = "not_seen", _("could not be seen")

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="findings")
    line = models.CharField(max_length=80)
    stated = models.JSONField(null=True, help_text="As handed in, written exactly; null is unknown.")  # fmt: skip
    found = models.CharField(max_length=10, choices=Found)
    value = models.JSONField(null=True, help_text="What was found, written exactly; null is unknown.")  # fmt: skip
    words = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ["pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["visit", "line"], name="one_finding_a_line"),
            models.CheckConstraint(
                condition=Q(found="differs") | Q(value=None), name="only_what_differs_has_a_value"
            ),
        ]

    def __str__(self):
        return f"{self.line} {self.found}"

    @property
    def content(self):
        names = ("line", "stated", "found", "value", "words")
        return {name: getattr(self, name) for name in names}


class PhotographQuerySet(models.QuerySet):
    def shown(self):
        """Those that were not taken away again."""
        return self.filter(removed=None)


class Photograph(models.Model):
    """A picture taken at a visit, of a line or of the whole; one taken away before the report stays, with its moment."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="photographs")
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="photographs_of_visits")
    line = models.CharField(max_length=80, blank=True)
    caption = models.CharField(_("caption"), max_length=200)
    received = models.DateTimeField(default=timezone.now)
    removed = models.DateTimeField(null=True)

    objects = PhotographQuerySet.as_manager()

    class Meta:
        ordering = ["received", "pk"]
        default_permissions = []

    def __str__(self):
        return self.caption

    @property
    def content(self):
        """With the digest of the file as it was handed in."""
        return {
            "line": self.line, "caption": self.caption, "received": self.received.isoformat(), "sha256": self.evidence.content_id,
        }  # fmt: skip


class Retaken(models.Model):
    """That a confirmed report still stands after its case came back to the step, with the reason."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="retaken")
    moment = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    words = models.CharField(max_length=1000)

    class Meta:
        ordering = ["moment", "pk"]
        default_permissions = []

    def __str__(self):
        return self.words
