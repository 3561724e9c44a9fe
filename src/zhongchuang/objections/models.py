"""Objections to public notices, and the time for which they hold a notice."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.admission.models.applications import new_secret
from zhongchuang.organisations.models import Organisation
from zhongchuang.procedures.models import Case
from zhongchuang.procedures.models.cases import READING
from zhongchuang.procedures.parts import WHOLE
from zhongchuang.records.models import Content, Versioned
from zhongchuang.sealed.fields import BlindIndex, EncryptedText, matching, stated_numbers


class ObjectionQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """Those of the department with which the notice lies, for its officials. Who objected follows under the private address."""
        seen = Q(pk__in=[])
        for post in getattr(viewer, "current_posts", ()):
            if post.organisation_id and post.role in READING:
                seen |= Q(department=post.organisation_id)
        return self.received().filter(seen)

    def received(self):
        return self.exclude(state=Objection.State.BEGUN)

    def at(self, case):
        """Those to the notice at which a case stands; a notice that is published anew begins without any."""
        return self.received().filter(case=case, notice=case.arrived)

    def current(self):
        """Those to notices that stand."""
        notices = Case.objects.on_notice()
        return self.received().filter(case__in=notices, notice=F("case__arrived"))

    def open(self):
        return self.filter(state__in=Objection.OPEN)

    def upheld(self):
        return self.filter(state=Objection.State.UPHELD)

    def under(self, secret):
        """The one that is followed under this private address: who has it may see it."""
        return self.filter(matching(Objection, "secret", secret))

    def of(self, addresses):
        """Those of a person, by the e-mail addresses that were confirmed."""
        same = Q(pk__in=[])
        for one in addresses:
            same |= matching(Objection, "email", one)
        return self.received().filter(same)


class Objection(Versioned):
    """An objection of anyone to one case on notice. It counts once the code from the letter was entered; who made it is sealed."""

    class Kind(models.TextChoices):
        PERSON = "person", _("person, by the real name")
        ORGANISATION = "organisation", _("organisation")

    class State(models.TextChoices):
        BEGUN = "begun", _("address not confirmed")
        RECEIVED = "received", _("received")
        EXAMINED = "examined", _("being looked into")
        UPHELD = "upheld", _("upheld")
        REJECTED = "rejected", _("rejected")
        SETTLED = "settled", _("settled with the case")

    OPEN = (State.RECEIVED, State.EXAMINED)
    ANSWERS = (State.REJECTED, State.UPHELD)

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="objections")
    notice = models.DateTimeField(help_text="When the notice began to which it objects.")
    department = models.ForeignKey(Organisation, models.PROTECT, related_name="objections")
    request_key = models.UUIDField(unique=True, help_text="Of the form: sent twice it counts once.")
    secret = EncryptedText(default=new_secret)
    secret_index = BlindIndex(of="secret")
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.BEGUN)
    number = models.CharField(_("number"), max_length=20, blank=True)

    kind = models.CharField(_("who objects"), max_length=12, choices=Kind)
    name = EncryptedText(_("name"))
    credit_code = EncryptedText(_("unified social credit code"), blank=True)
    phone = EncryptedText(_("mobile telephone"), mask="phone", blank=True)
    email = EncryptedText(_("e-mail"), mask="email")
    email_index = BlindIndex(of="email")
    agreed = models.CharField(max_length=20, blank=True, help_text="Privacy notice agreed to.")
    place = models.CharField(_("what is objected to"), max_length=80, default=WHOLE)
    grounds = models.TextField(_("facts and grounds"))

    begun = models.DateTimeField(default=timezone.now)
    code_digest = models.CharField(max_length=64, blank=True)
    code_sent = models.DateTimeField(null=True)
    code_tries = models.PositiveSmallIntegerField(default=0)
    codes = models.PositiveSmallIntegerField(default=0, help_text="How many were sent.")
    received = models.DateTimeField(_("received"), null=True)

    proposed = models.CharField(max_length=8, blank=True, help_text="The answer that is proposed.")
    words = models.TextField(_("answer"), blank=True)
    remark = models.CharField(max_length=1000, blank=True, help_text="Why it was sent back.")
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answered = models.DateTimeField(_("answered"), null=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        ordering = ["received", "pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="an_objection_number_is_given_once"
            ),
            models.CheckConstraint(
                condition=Q(state="begun", number="", received=None)
                | ~Q(state="begun") & ~Q(number="") & Q(received__isnull=False),
                name="what_was_received_has_a_number",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["begun", "received", "examined"], answered=None)
                | Q(state__in=["upheld", "rejected"], answered__isnull=False, signed_by__isnull=False)
                & ~Q(words="")
                | Q(state="settled", answered__isnull=False),
                name="an_answer_has_reasons_and_a_signature",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["department", "state"], name="objections_of")]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("objections:objection", args=[self.key])

    @property
    def follow_url(self):
        """The private address."""
        return reverse("objections:follow", args=[self.secret.plain()])

    @property
    def is_open(self):
        return self.state in self.OPEN

    def sealed_numbers(self):
        """Name and label of what is sealed and stated."""
        return stated_numbers(self, "name", "credit_code", "phone", "email")


class Exhibit(models.Model):
    """A file that somebody added to their objection, as evidence; it goes with the objection where that was never confirmed.

    It is no `Evidence`: nobody with an account handed it in, and no list of files of an organisation shows it.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    objection = models.ForeignKey(Objection, models.CASCADE, related_name="exhibits")
    content = models.ForeignKey(Content, models.PROTECT, related_name="exhibits")
    name = models.CharField(_("name"), max_length=240)
    received = models.DateTimeField(_("received"), default=timezone.now)

    class Meta:
        ordering = ["received", "pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["objection", "content"], name="a_file_is_added_to_an_objection_once"
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("objections:exhibit", args=[self.objection.key, self.key])


class Hold(models.Model):
    """A time in which objections hold the notice of a case: the working days that were left are kept for it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="holds")
    begun = models.DateTimeField()
    due = models.DateField(help_text="The last day of the notice as it was.")
    left = models.PositiveSmallIntegerField(help_text="Working days that were left.")
    ended = models.DateTimeField(null=True)

    class Meta:
        ordering = ["begun", "pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended=None), name="a_notice_is_held_once_at_a_time"
            )
        ]

    def __str__(self):
        return f"{self.case} {self.begun:%Y-%m-%d}"
