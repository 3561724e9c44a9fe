"""Help for residents and others: technical services, results, policy services, distinctive cases."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from zhongchuang.ledgers.models import Line
from zhongchuang.residents.models import Resident


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
