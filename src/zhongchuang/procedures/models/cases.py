"""A case: one subject on its way through a procedure."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from zhongchuang.organisations.models import Organisation, Post, Role
from zhongchuang.organisations.models.people import APPLICANTS
from zhongchuang.policy.procedure import RETURNED, RUNNING, State, at_level
from zhongchuang.procedures.models.rules import RuleVersion
from zhongchuang.records.models import Evidence, Versioned
from zhongchuang.spaces.models import Space

READING = frozenset({Role.CLERK, Role.REVIEWER, Role.APPROVER})
"""Roles of a department or an alliance that read the cases of their reach."""


class CaseQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """Those of one's own organisation; for officials those that were handed in within their reach."""
        seen = Q(pk__in=[])
        for post in getattr(viewer, "current_posts", ()):
            if post.organisation_id and post.role in APPLICANTS:
                seen |= Q(operator=post.organisation_id)
            for path in post.reach if post.role in READING else ():
                seen |= Q(space__path__startswith=path) & ~Q(state=Case.Standing.DRAFT)
        return self.filter(seen)

    def audited_by(self, viewer):
        """Those that were handed in within the reach of an audit administrator, who takes their files and moves nothing."""
        seen = Q(pk__in=[])
        for post in getattr(viewer, "current_posts", ()):
            for path in post.reach if post.role == Role.AUDIT_ADMIN else ():
                seen |= Q(space__path__startswith=path) & ~Q(number="")
        return self.filter(seen)

    def running(self):
        return self.filter(state__in=Case.OPEN)

    def on_notice(self):
        """Those that are published for objections: at a step that nobody takes."""
        return self.filter(state=Case.Standing.RUNNING, role="", due__isnull=False)

    def published(self):
        """Those whose public notice stands: until the last day, and as long as an objection holds it."""
        return self.on_notice().filter(Q(due__gte=timezone.localdate()) | Q(on_hold=True))

    def waiting_for(self, post):
        """Those that lie with the organisation of a post, for the hand that it holds; without those on hold, and those in which its holder may not act."""
        if post is None or post.role not in READING:
            return self.none()
        return self.filter(
            state=Case.Standing.RUNNING, department=post.organisation_id, role=post.role, on_hold=False
        ).exclude(recused=post.user_id)  # fmt: skip

    def in_turn(self):
        """The first due first; what nothing limits comes last."""
        return self.order_by(F("due").asc(nulls_last=True), "pk")

    def free_for(self, people):
        """Those that nobody else has taken."""
        return self.filter(Q(officer=None) | Q(officer__in=people))


class Case(Versioned):
    """An application with its course. Where it stands are `state`, `step`, `hand` and `proposed`: see policy.procedure."""

    class Standing(models.TextChoices):
        DRAFT = "draft", _("draft")
        RUNNING = RUNNING, _("being examined")
        RETURNED = RETURNED, _("returned for correction")
        WITHDRAWN = "withdrawn", _("withdrawn")
        REFUSED = "refused", _("not granted")
        GRANTED = "granted", _("granted")

    OPEN = (Standing.DRAFT, Standing.RUNNING, Standing.RETURNED)

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(_("number"), max_length=20, blank=True)
    rules = models.ForeignKey(RuleVersion, models.PROTECT, related_name="cases")
    pack = models.CharField(max_length=64)
    procedure = models.CharField(max_length=64)
    space = models.ForeignKey(Space, models.PROTECT, related_name="cases")
    operator = models.ForeignKey(Organisation, models.PROTECT, related_name="cases")
    begun = models.DateTimeField(default=timezone.now)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    state = models.CharField(max_length=10, choices=Standing, default=Standing.DRAFT)
    step = models.CharField(max_length=64, blank=True)
    hand = models.PositiveSmallIntegerField(default=0)
    proposed = models.CharField(max_length=20, blank=True)
    role = models.CharField(
        max_length=16, blank=True, help_text="Of whose move it is, at the department."
    )
    department = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="cases_held",
        help_text="With which it lies, or will lie again when it was corrected.",
    )  # fmt: skip
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="cases_held",
        help_text="To whom it was handed; without one anybody in the role takes it.",
    )  # fmt: skip
    submitted = models.DateTimeField(null=True)
    opened = models.DateTimeField(null=True, help_text="When an official first read it.")
    arrived = models.DateTimeField(null=True, help_text="When it came to its step.")
    due = models.DateField(null=True, help_text="The last day of the step.")
    ended = models.DateTimeField(null=True)
    on_hold = models.BooleanField(
        default=False, help_text="While an objection to it is looked into."
    )
    entries = models.JSONField(default=dict, help_text="Own wording, by the entries of the form.")
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="followers",
        help_text="The granted case whose wording it began with.",
    )  # fmt: skip
    copied = models.JSONField(
        default=list, help_text="Entries that came from there and were not looked through yet."
    )
    contested = models.CharField(
        max_length=64, blank=True, help_text="Of a review: the procedure whose decision it looks at again."
    )  # fmt: skip
    level = models.CharField(
        max_length=10, blank=True, help_text="Of a review: the level that decided, at which it is taken."
    )  # fmt: skip
    recused = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+",
        help_text="Who took part in a decision that was contested, and so does not act here.",
    )  # fmt: skip

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-begun", "-pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["space", "pack", "procedure"],
                condition=Q(state__in=["draft", RUNNING, RETURNED], level=""),
                name="one_open_case_a_procedure",
            ),
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="a_case_number_is_given_once"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | ~Q(number=""), name="what_was_submitted_has_a_number"
            ),
        ]
        indexes = [
            models.Index(fields=["-begun", "-id"], name="cases_by_age"),
            models.Index(
                fields=["department", "state", "role", "due", "id"], name="cases_in_queue"
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.space.name}".strip()

    def get_absolute_url(self):
        return reverse("procedures:case", args=[self.key])

    @property
    def version_of_rules(self):
        """The pack by which this case goes."""
        return self.rules.rules

    @property
    def course(self):
        """The procedure by which this case goes."""
        found = self.version_of_rules.procedures
        held = found[self.procedure]
        return at_level(held, found.get(self.contested), self.level) if self.level else held

    @property
    def standing(self):
        """Where it stands, as the procedure counts states."""
        return State(self.state, self.step, self.hand, self.proposed)

    @property
    def at(self):
        """The step at which it stands, or to which it will come back; None outside of steps."""
        return self.course.step(self.step) if self.step else None

    @property
    def is_open(self):
        return self.state in self.OPEN

    @property
    def is_written(self):
        """Whether the applicant writes on it now."""
        return self.state in {self.Standing.DRAFT, self.Standing.RETURNED}

    @property
    def decision(self):
        """The record of the decision that stands; None before, without one, and after it fell in a review."""
        return self.decisions.filter(annulled=None).first()

    @cached_property
    def barred(self):
        """The keys of those who do not act here."""
        return {one.pk for one in self.recused.all()}

    @property
    def handed_in(self):
        """What was handed in last; None before."""
        return self.submissions.order_by("-number").first()

    @property
    def open_pins(self):
        """What is to be corrected, by place; empty where nothing was returned."""
        found = {}
        for pin in self.pins.filter(settled=None).order_by("pk"):
            found.setdefault(pin.place, []).append(pin)
        return found


class Attachment(models.Model):
    """A file handed in as a material of a case; one taken away again stays, with its moment."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="attachments")
    slot = models.CharField(max_length=64)
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="attachments")
    added = models.DateTimeField(default=timezone.now)
    removed = models.DateTimeField(null=True)

    class Meta:
        ordering = ["added", "pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["case", "slot", "evidence"], condition=Q(removed=None),
                name="a_file_stands_once_in_a_material",
            )
        ]  # fmt: skip

    def __str__(self):
        return f"{self.slot} {self.evidence.name}"


class Submission(models.Model):
    """What was handed in at once, never changed: figures, wording, files by their digests."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField()
    moment = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    on = models.DateField(help_text="The day as of which the figures hold.")
    facts = models.JSONField(help_text="Figures by column, written exactly.")
    before = models.JSONField(
        default=dict, help_text="Of a change: what the register told where that differs."
    )
    entries = models.JSONField()
    materials = models.JSONField(help_text="By slot: key, name and digest of each file.")
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="one_submission_a_number")
        ]

    def __str__(self):
        return f"{self.case} {self.number}"


class Act(models.Model):
    """One move of a case, never changed."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="acts")
    number = models.PositiveSmallIntegerField()
    moment = models.DateTimeField(default=timezone.now)
    step = models.CharField(max_length=64, blank=True)
    move = models.CharField(max_length=20)
    proposed = models.CharField(max_length=20, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    words = models.TextField(blank=True)
    judgements = models.JSONField(default=dict, help_text="By condition: met, reason.")
    is_internal = models.BooleanField(default=False, help_text="Read by officials alone.")

    class Meta:
        ordering = ["number"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="one_act_a_number"),
        ]

    def __str__(self):
        return f"{self.case} {self.move}"


class Pin(models.Model):
    """What is wrong at one place of a returned case: a figure, an entry, a material, or the whole."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="pins")
    act = models.ForeignKey(Act, models.PROTECT, related_name="pins")
    place = models.CharField(max_length=80)
    words = models.CharField(max_length=1000)
    why_late = models.CharField(
        max_length=1000, blank=True, help_text="Why a place is returned that was there before."
    )
    settled = models.ForeignKey(Submission, models.PROTECT, null=True, related_name="settles")

    class Meta:
        ordering = ["pk"]
        default_permissions = []

    def __str__(self):
        return f"{self.place}: {self.words}"
