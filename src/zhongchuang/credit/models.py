"""Credit records of operators, and what an operator asks for about one."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhongchuang.credit.rules import choices, good_ones, matter_name, matters
from zhongchuang.organisations.models import Organisation
from zhongchuang.organisations.models.people import APPLICANTS, OFFICIALS
from zhongchuang.records.models import Evidence, Versioned
from zhongchuang.spaces.models import Space, operating_in
from zhongchuang.spaces.models.space import new_code


class RecordQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """For officials those of operators that sit in their reach or run a registered space there, for an operator its own.

        A department reads on what it keeps itself, and what those below it keep, also of an operator that moved away: it answers about it.
        They are not public: no document says so.
        """
        seen = Q(pk__in=[])
        for post in getattr(viewer, "current_posts", ()):
            if post.organisation_id and post.role in APPLICANTS:
                seen |= Q(operator=post.organisation_id)
            for path in post.reach if post.role in OFFICIALS else ():
                seen |= Q(operator__in=Organisation.objects.filter(operating_in(path)))
                seen |= Q(department__region__path__startswith=path)
        return self.filter(seen)

    def on(self, day):
        """Those that were in force on a day."""
        return self.filter(
            Q(until=None) | Q(until__gt=day), Q(ended=None) | Q(ended__gt=day), day__lte=day
        )

    def bad(self):
        return self.exclude(matter__in=good_ones())

    def good(self):
        return self.filter(matter__in=good_ones())

    def found_by(self, query):
        """Those whose operator, space or document holds each word; names also by pinyin initials."""
        found = self
        for word in query.casefold().split():
            found = found.filter(
                Q(operator__words__contains=word) | Q(space__words__contains=word) | Q(basis__icontains=word) | Q(number__icontains=word)
            )  # fmt: skip
        return found


class Record(Versioned):
    """Something good or bad about an operator that a department found, by a document; it stays readable after it ended."""

    class State(models.TextChoices):
        IN_FORCE = "in_force", pgettext_lazy("credit record", "in force")
        CORRECTED = "corrected", pgettext_lazy("credit record", "corrected")
        REPAIRED = "repaired", pgettext_lazy("credit record", "repaired")
        LIFTED = "lifted", pgettext_lazy("credit record", "lifted")

    code = models.CharField(max_length=10, unique=True, default=new_code, editable=False)
    operator = models.ForeignKey(Organisation, models.PROTECT, related_name="credit_records", verbose_name=_("operator"))  # fmt: skip
    space = models.ForeignKey(
        Space, models.PROTECT, null=True, blank=True, related_name="credit_records", verbose_name=_("space"),
        help_text=_("Where it is about one space alone; otherwise it counts for every space of the operator."),
    )  # fmt: skip
    matter = models.CharField(_("matter"), max_length=40, choices=choices)
    basis = models.CharField(_("basis"), max_length=300, help_text=_("Document and article by which it is recorded."))  # fmt: skip
    words = models.CharField(_("reason"), max_length=1000)
    day = models.DateField(_("found on"))
    until = models.DateField(_("first day on which it is shown no more"), null=True, blank=True)  # fmt: skip
    department = models.ForeignKey(Organisation, models.PROTECT, related_name="credit_records_kept", verbose_name=_("recorded by"))  # fmt: skip
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded = models.DateTimeField(default=timezone.now)
    about = models.CharField(max_length=80, blank=True, help_text="Key of the decision with which it stands and falls.")  # fmt: skip
    number = models.CharField(_("number"), max_length=40, blank=True, help_text="Of that decision.")
    url = models.CharField(max_length=200, blank=True, help_text="Where that decision is read.")
    evidence = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="+", help_text="The file from which it was taken.")  # fmt: skip
    row = models.PositiveIntegerField(null=True, help_text="Its row in that file.")

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.IN_FORCE)
    ended = models.DateField(null=True)
    end_reason = models.CharField(max_length=1000, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")  # fmt: skip

    objects = RecordQuerySet.as_manager()
    DAY = "day"
    """The field by which rows behind a figure are listed."""

    ENTERED = ("matter", "basis", "number", "day", "until")

    class Meta:
        ordering = ["-day", "-pk"]
        default_permissions = []
        constraints = [
            models.CheckConstraint(condition=~Q(basis=""), name="a_credit_record_has_a_basis"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("day")), name="a_credit_record_ends_after_it_was_found"
            ),
            models.CheckConstraint(
                condition=Q(state="in_force", ended=None) | ~Q(state="in_force") & Q(ended__isnull=False) & ~Q(end_reason=""),
                name="a_credit_record_that_ended_says_when_and_why",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["-day", "-id"], name="credit_records_by_age"),
            models.Index(fields=["about"], name="credit_records_of_a_decision"),
        ]

    def __str__(self):
        return f"{self.operator} {self.matter_name} {self.day}"

    def get_absolute_url(self):
        return reverse("credit:record", args=[self.code])

    @classmethod
    def entered(cls):
        """The fields that a row behind a figure tells."""
        return [cls._meta.get_field(name) for name in cls.ENTERED]

    @property
    def matter_name(self):
        return matter_name(self.matter)

    @property
    def is_good(self):
        return matters().get(self.matter, {}).get("good", False)

    @property
    def is_in_force(self):
        """Whether it stands today: neither ended nor shown long enough."""
        today = timezone.localdate()
        return self.state == self.State.IN_FORCE and (self.until is None or self.until > today)

    @property
    def last_day(self):
        """The last day on which it is shown; None without end."""
        return self.until and self.until - timedelta(days=1)

    @property
    def open_request(self):
        """What the operator asked and nobody answered yet; None without one."""
        return self.requests.filter(state=Request.State.OPEN).first()


class RequestQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """Those about records that one sees."""
        return self.filter(record__in=Record.objects.visible_to(viewer))

    def open(self):
        return self.filter(state=Request.State.OPEN)


class Request(Versioned):
    """What an operator asks for about a bad record: a correction, because it is wrong, or credit repair, because it was made good."""

    class Kind(models.TextChoices):
        CORRECTION = "correction", _("correction: the record is wrong")
        REPAIR = "repair", _("credit repair: it was made good since")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("credit request", "waits for the answer")
        GRANTED = "granted", pgettext_lazy("credit request", "granted")
        REFUSED = "refused", pgettext_lazy("credit request", "not granted")
        SETTLED = "settled", pgettext_lazy("credit request", "settled: the record ended")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    record = models.ForeignKey(Record, models.PROTECT, related_name="requests")
    kind = models.CharField(_("what is asked for"), max_length=10, choices=Kind)
    words = models.TextField(_("grounds"))
    files = models.ManyToManyField(Evidence, related_name="+", blank=True)
    asked = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    due = models.DateField(help_text="The last day to answer it.")
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    answer = models.CharField(_("answer"), max_length=1000, blank=True)
    answered = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")  # fmt: skip
    answering = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+", help_text="The department of that person then.")  # fmt: skip

    objects = RequestQuerySet.as_manager()

    class Meta:
        ordering = ["asked", "pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["record"], condition=Q(state="open"), name="one_open_request_about_a_credit_record"
            ),
            models.CheckConstraint(
                condition=Q(state="open", answered=None) | ~Q(state="open") & Q(answered__isnull=False) & ~Q(answer=""),
                name="a_request_that_was_answered_says_why",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.record} {self.get_kind_display()}"

    def get_absolute_url(self):
        return self.record.get_absolute_url()

    @property
    def is_open(self):
        return self.state == self.State.OPEN
