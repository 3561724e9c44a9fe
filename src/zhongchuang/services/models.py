"""What a space does for its residents and for others: events, technical services, results, policy services, mentors."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhongchuang.ledgers.models import Lasting, Line
from zhongchuang.organisations.models import Organisation
from zhongchuang.records.models import Versioned
from zhongchuang.residents.models import Resident
from zhongchuang.sealed.fields import BlindIndex, EncryptedText, stated_numbers
from zhongchuang.spaces.models import Space
from zhongchuang.spaces.models.tables import YesNo


class Event(Line):
    """Something that took place on a day, for founders or with them."""

    ledger = "events"

    class Kind(models.TextChoices):
        ROADSHOW = "roadshow", _("roadshow")
        SALON = "salon", _("salon")
        BOOT_CAMP = "boot_camp", _("boot camp")
        TRAINING = "training", _("training")
        LECTURE = "lecture", _("lecture")
        COMPETITION = "competition", _("competition")
        EXCHANGE = "exchange", _("exchange")
        VISIT = "visit", _("visit")
        OTHER = "other", _("other")

    class Part(models.TextChoices):
        OWN = "own", _("organised")
        JOINT = "joint", _("co-organised")

    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=11, choices=Kind)
    attendance = models.PositiveIntegerField(_("people who came"), null=True, blank=True)
    part = models.CharField(_("the space's part"), max_length=5, choices=Part, default=Part.OWN)
    international = models.CharField(_("with abroad"), max_length=3, choices=YesNo, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    partner = models.CharField(_("partners"), max_length=300, blank=True)
    minutes = models.TextField(_("what happened"), max_length=4000, blank=True)

    class Meta(Line.Meta):
        verbose_name = _("event")

    def __str__(self):
        return self.title


class TechnicalService(Line):
    """Technical help along the chain of innovation (SC-5)."""

    ledger = "technical"

    class Kind(models.TextChoices):
        DESIGN = "design", _("industrial design")
        DEVELOPMENT = "development", _("research and development")
        TESTING = "testing", _("testing and inspection")
        PROTOTYPE = "prototype", _("prototyping")
        PILOT = "pilot", _("pilot production")
        IP = "ip", _("intellectual property")
        STANDARDS = "standards", _("patents and standards")
        PROMOTION = "promotion", _("promotion of products")
        OTHER = "other", _("other")

    class By(models.TextChoices):
        SELF = "self", _("the space itself")
        PARTNER = "partner", _("a partner")

    subject = models.CharField(_("what was done"), max_length=200)
    kind = models.CharField(_("kind"), max_length=11, choices=Kind)
    times = models.PositiveIntegerField(_("times"), default=1, validators=[MinValueValidator(1)])
    done_by = models.CharField(_("by whom"), max_length=7, choices=By, default=By.SELF)
    provider = models.CharField(_("name of the partner"), max_length=200, blank=True)
    residents = models.ManyToManyField(
        Resident, related_name="+", blank=True, verbose_name=_("for")
    )

    class Meta(Line.Meta):
        verbose_name = _("technical service")

    def __str__(self):
        return self.subject


class Result(Line):
    """A result of research or development: developed, transferred or promoted with the help of the space."""

    ledger = "results"

    class What(models.TextChoices):
        DEVELOPED = "developed", _("developed")
        TRANSFERRED = "transferred", _("transferred")
        PROMOTED = "promoted", _("presented to founders")

    name = models.CharField(_("result"), max_length=200)
    what = models.CharField(_("what happened to it"), max_length=11, choices=What)
    giver = models.CharField(_("from whom"), max_length=200, blank=True)
    taker = models.CharField(_("to whom"), max_length=200, blank=True)
    mode = models.CharField(
        _("how"),
        max_length=100,
        blank=True,
        help_text=_("Assignment, licence, shares, cooperation."),
    )
    amount = models.DecimalField(
        _("amount (yuan)"), max_digits=16, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0)],
    )  # fmt: skip

    class Meta(Line.Meta):
        verbose_name = _("result")

    def __str__(self):
        return self.name


class PolicyService(Line):
    """Help with rules, registration and applications."""

    ledger = "policy"

    class Kind(models.TextChoices):
        ADVICE = "advice", _("policy advice")
        REGISTRATION = "registration", _("business registration")
        APPLICATION = "application", _("application for projects and awards")
        IP = "ip", _("intellectual property help")
        FINANCE = "finance", _("finance and tax")
        LAW = "law", _("law")
        STAFF = "staff", _("hiring and social insurance")

    subject = models.CharField(_("what was done"), max_length=200)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    residents = models.ManyToManyField(
        Resident, related_name="+", blank=True, verbose_name=_("for")
    )

    class Meta(Line.Meta):
        verbose_name = _("policy service")

    def __str__(self):
        return self.subject


class Case(Line):
    """A service worth following; whether it counts is for the evaluator to say."""

    ledger = "cases"

    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("what is special about it"), max_length=4000)

    class Meta(Line.Meta):
        verbose_name = _("distinctive case")

    def __str__(self):
        return self.title


class MentorQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """Those appointed at a space that one sees."""
        spaces = Space.objects.visible_to(viewer)
        return self.filter(pk__in=Appointment.objects.filter(space__in=spaces).values("mentor"))


class Mentor(Versioned):
    """A person who advises founders; one and the same in all spaces of an operator."""

    class Level(models.TextChoices):
        NATIONAL = "national", _("national")
        PROVINCIAL = "provincial", _("provincial")
        MUNICIPAL = "municipal", _("municipal")
        COUNTY = "county", _("county")
        NONE = "none", _("none")

    operator = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=100)
    employer = models.CharField(_("works at"), max_length=200, blank=True)
    position = models.CharField(_("position"), max_length=100, blank=True)
    field = models.CharField(_("field of advice"), max_length=100, blank=True)
    level = models.CharField(
        _("accredited as a mentor"), max_length=10, choices=Level, blank=True,
        help_text=_("The highest level on which a department accredited this mentor."),
    )  # fmt: skip
    mobile = EncryptedText(_("mobile telephone"), mask="phone", blank=True)
    mobile_index = BlindIndex(of="mobile")

    objects = MentorQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["operator", "name", "employer"], name="a_mentor_stands_once"
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("services:mentor", args=[self.pk])

    def sealed_numbers(self):
        """Name and label of the sealed number, where it is stated."""
        return stated_numbers(self, "mobile")


class Appointment(Lasting):
    """A mentor at a space, from a day until a day."""

    ledger = "mentors"

    mentor = models.ForeignKey(Mentor, models.PROTECT, related_name="appointments")
    fulltime = models.CharField(_("full time"), max_length=3, choices=YesNo, blank=True)

    class Meta(Lasting.Meta):
        verbose_name = _("appointment")
        constraints = [
            *Lasting.Meta.constraints,
            models.UniqueConstraint(
                fields=["space", "mentor"],
                condition=Q(until=None, struck=None),
                name="a_mentor_is_appointed_once",
            ),
        ]

    def __str__(self):
        return self.mentor.name


class Session(Line):
    """A mentor advises residents."""

    ledger = "sessions"

    mentor = models.ForeignKey(
        Mentor, models.PROTECT, related_name="sessions", verbose_name=_("mentor")
    )
    residents = models.ManyToManyField(
        Resident, related_name="+", blank=True, verbose_name=_("for")
    )
    topic = models.CharField(_("about what"), max_length=200)
    length = models.PositiveIntegerField(_("minutes"), null=True, blank=True)
    rating = models.PositiveSmallIntegerField(
        _("rating by the residents"), null=True, blank=True, help_text=_("1 to 5."),
        validators=[MinValueValidator(1), MaxValueValidator(5)],
    )  # fmt: skip

    class Meta(Line.Meta):
        verbose_name = _("advice of a mentor")

    def __str__(self):
        return self.topic
