"""A space calls for applications on its conditions; a team, a startup or a maker applies (XZ-3, HN-2, SH-1)."""

import secrets
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.organisations.models.people import APPLICANTS
from zhongchuang.records.models import Versioned
from zhongchuang.residents.models import Founder, Resident, Stay
from zhongchuang.sealed.fields import BlindIndex, EncryptedText, matching, stated_numbers
from zhongchuang.spaces.models import Space

WORDS = {"max_length": 2000, "blank": True}


def new_secret():
    """What makes an address private: nobody guesses it."""
    return secrets.token_hex(20)


def run_by(viewer):
    """Spaces whose operator the viewer works for: who applied is seen by no one else."""
    posts = [post for post in getattr(viewer, "current_posts", ()) if post.role in APPLICANTS]
    return Space.objects.filter(operator__in=[one.organisation_id for one in posts])


class CallQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        return self.filter(space__in=Space.objects.visible_to(viewer))

    def current(self, space):
        """What holds now; None where the space never opened for applications."""
        return self.filter(space=space).order_by("-number").first()

    def open_now(self):
        """Calls under which anybody applies now, each the last of its space."""
        later = Call.objects.filter(space=OuterRef("space"), number__gt=OuterRef("number"))
        return self.filter(~Exists(later), is_open=True, space__state=Space.State.CONFIRMED)


class Call(models.Model):
    """Whether a space takes applications, and on which conditions, from a moment on; a change is a new row."""

    space = models.ForeignKey(Space, models.PROTECT, related_name="calls")
    number = models.PositiveIntegerField(help_text="The versions of a space, counted.")
    since = models.DateTimeField(default=timezone.now)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    is_open = models.BooleanField(_("takes applications"), default=True)
    selection = models.TextField(_("how projects are selected"), **WORDS)
    admission = models.TextField(_("conditions of moving in"), **WORDS)
    graduation = models.TextField(_("conditions of graduating"), **WORDS)
    elimination = models.TextField(_("when a resident has to leave"), **WORDS)
    question = models.CharField(
        _("what else is asked"), max_length=200, blank=True,
        help_text=_("One question to the applicant, such as how it heard of the space; blank if none."),
    )  # fmt: skip

    CONDITIONS = ("selection", "admission", "graduation", "elimination")
    public_fields = (*CONDITIONS, "question")

    objects = CallQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["space", "number"], name="a_call_has_its_number")
        ]

    def __str__(self):
        return f"{self.space} {self.number}"

    @property
    def conditions(self):
        """Label and text of those that are written down."""
        pairs = [(self._meta.get_field(n).verbose_name, getattr(self, n)) for n in self.CONDITIONS]
        return [(label, text) for label, text in pairs if text]


class ApplicationQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """Those to spaces that one runs. Who applied follows it under the private address instead."""
        return self.handed_in().filter(space__in=run_by(viewer))

    def handed_in(self):
        return self.exclude(state=Application.State.BEGUN)

    def to_decide(self):
        return self.filter(state__in=Application.OPEN)

    def under(self, secret):
        """The one that is followed under this private address: who has it may see it."""
        return self.filter(matching(Application, "secret", secret))

    def of(self, addresses):
        """Those of a person, by the e-mail addresses that were confirmed."""
        return self.handed_in().filter(email__in=addresses)


class Application(Versioned):
    """One application to move in. What nobody confirmed by the code in the letter is seen by no one and forgotten."""

    class State(models.TextChoices):
        BEGUN = "begun", _("address not confirmed")
        WAITING = "waiting", _("waits for an answer")
        INTERVIEW = "interview", _("invited to talk")
        ADMITTED = "admitted", _("admitted")
        REFUSED = "refused", _("not admitted")
        WITHDRAWN = "withdrawn", _("taken back by the applicant")
        MOVED_IN = "moved_in", _("moved in")

    OPEN = (State.WAITING, State.INTERVIEW)
    """What the operator still has to decide."""
    RUNNING = (*OPEN, State.ADMITTED)
    """What the applicant may still take back."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    space = models.ForeignKey(Space, models.PROTECT, related_name="applications")
    call = models.ForeignKey(Call, models.PROTECT, related_name="applications")
    request_key = models.UUIDField(unique=True, help_text="Of the form: sent twice it counts once.")
    secret = EncryptedText(default=new_secret)
    secret_index = BlindIndex(of="secret")
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.BEGUN)
    number = models.CharField(_("number"), max_length=12, blank=True)

    kind = models.CharField(_("kind"), max_length=5, choices=Resident.Kind)
    name = models.CharField(_("name"), max_length=200)
    credit_code = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    contact = models.CharField(_("contact"), max_length=100)
    mobile = EncryptedText(_("mobile telephone"), mask="phone", blank=True)
    mobile_index = BlindIndex(of="mobile")
    email = models.EmailField(_("e-mail"), max_length=254)
    product = models.CharField(_("product in one sentence"), max_length=200)
    people = models.PositiveIntegerField(_("people now"), null=True, blank=True)
    founder_kind = models.CharField(
        _("kind of founder"), max_length=10, choices=Founder.Kind, blank=True
    )
    desks = models.PositiveIntegerField(_("desks wished"), null=True, blank=True)
    answer = models.CharField(_("answer to the question"), max_length=500, blank=True)
    notice = models.CharField(max_length=20, blank=True, help_text="Privacy notice agreed to.")

    begun = models.DateTimeField(default=timezone.now)
    code_digest = models.CharField(max_length=64, blank=True)
    code_sent = models.DateTimeField(null=True)
    code_tries = models.PositiveSmallIntegerField(default=0)
    codes = models.PositiveSmallIntegerField(default=0, help_text="How many were sent.")
    handed = models.DateTimeField(_("handed in"), null=True)
    words = models.CharField(_("answer of the space"), max_length=1000, blank=True)
    decided = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="applications"
    )
    stay = models.ForeignKey(Stay, models.PROTECT, null=True, related_name="applications")

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["handed", "pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["space", "number"], condition=~Q(number=""), name="an_application_has_its_number"
            ),
            models.UniqueConstraint(
                fields=["space", "email", "name"],
                condition=Q(state__in=["waiting", "interview", "admitted"]),
                name="one_running_application_a_name",
            ),
            models.CheckConstraint(
                condition=Q(state="begun", number="", handed=None)
                | ~Q(state="begun") & ~Q(number="") & Q(handed__isnull=False),
                name="what_was_handed_in_has_a_number",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(words=""), name="who_is_refused_reads_why"
            ),
            models.CheckConstraint(
                condition=Q(state="moved_in", stay__isnull=False) | ~Q(state="moved_in") & Q(stay=None),
                name="who_moved_in_has_a_stay",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["space", "state", "handed"], name="applications_of"),
            models.Index(fields=["email"], name="applications_by_email"),
        ]

    def __str__(self):
        return f"{self.number} {self.name}".strip()

    def get_absolute_url(self):
        return reverse("admission:application", args=[self.key])

    @property
    def follow_url(self):
        """The private address."""
        return reverse("admission:follow", args=[self.secret.plain()])

    @property
    def is_running(self):
        return self.state in self.RUNNING

    def sealed_numbers(self):
        """Name and label of the sealed numbers that are stated."""
        return stated_numbers(self, "mobile")
