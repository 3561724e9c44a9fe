"""A resident, which is the same one in whichever space it sits, and the people who founded it."""

import secrets

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.organisations.models import Organisation, Region
from zhongchuang.organisations.models.people import OFFICIALS
from zhongchuang.page.pinyin import having, words_of
from zhongchuang.records.models import Versioned
from zhongchuang.sealed.fields import BlindIndex, EncryptedText, stated_numbers
from zhongchuang.spaces.models import Particulars, Space
from zhongchuang.spaces.models.space import SIGNS
from zhongchuang.spaces.models.tables import StaffMember, YesNo


def new_code():
    return "".join(secrets.choice(SIGNS) for _sign in range(12))


def own_of(viewer):
    """The organisations that one acts for as one of their own people."""
    return [
        post.organisation_id
        for post in getattr(viewer, "current_posts", ())
        if post.organisation_id and post.role not in OFFICIALS
    ]


class ResidentQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """Those that sit or sat in a space that one sees, or into which one of them was merged, and for its own people the resident itself.

        A department sees those of registered spaces; who only applied is seen by the space alone.
        """
        stays = self.model.stays.rel.related_model.objects.filter(
            space__in=Space.objects.visible_to(viewer)
        )
        seen = Q(pk__in=stays.values("resident"))
        seen |= Q(
            pk__in=self.model.objects.filter(pk__in=stays.values("resident"))
            .exclude(merged_into=None)
            .values("merged_into")
        )
        return self.filter(seen | Q(organisation__in=own_of(viewer)))

    def own_of(self, viewer):
        """The resident itself, for those who act for it."""
        return self.filter(organisation__in=own_of(viewer))

    def found_by(self, words):
        """Those whose name, code or product hold each word, as written or by pinyin initials."""
        return self.filter(having(words, "words__contains"))

    def standing(self):
        """Without those that were found to be another one."""
        return self.filter(merged_into=None)


class Resident(Versioned):
    """A team, a startup or a maker; teams have no credit code and become firms when they are registered."""

    class Kind(models.TextChoices):
        TEAM = "team", _("team")
        FIRM = "firm", _("startup")
        MAKER = "maker", _("maker")

    class Registration(models.TextChoices):
        LIMITED = "limited", _("limited company")
        SHARES = "shares", _("company limited by shares")
        PARTNERSHIP = "partnership", _("partnership")
        SOLE = "sole", _("sole proprietorship")
        TRADER = "trader", _("individual business")
        OTHER = "other", _("other")

    class Taxpayer(models.TextChoices):
        GENERAL = "general", _("general taxpayer")
        SMALL = "small", _("small-scale taxpayer")

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    kind = models.CharField(_("kind"), max_length=5, choices=Kind)
    name = models.CharField(_("name"), max_length=200)
    credit_code = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    founded = models.DateField(_("founded on"), null=True, blank=True)
    registered = models.DateField(
        _("registered on"), null=True, blank=True, help_text=_("The day on its business licence.")
    )
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("where it comes from"),
    )  # fmt: skip
    registration = models.CharField(
        _("registration type"), max_length=12, choices=Registration, blank=True
    )
    taxpayer = models.CharField(_("taxpayer"), max_length=7, choices=Taxpayer, blank=True)
    industry = models.CharField(
        _("industry"), max_length=20, choices=Particulars.Industry, blank=True
    )
    field = models.CharField(_("technology field"), max_length=100, blank=True)
    product = models.CharField(_("product or project"), max_length=500, blank=True)
    capital = models.DecimalField(
        _("registered capital"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    high_tech = models.CharField(_("high-tech firm"), max_length=3, choices=YesNo, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+",
        help_text="Its own account, once it claimed this record.",
    )  # fmt: skip
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    recorded = models.DateTimeField(default=timezone.now)
    words = models.TextField(blank=True, help_text="What a search looks at, in small letters.")

    objects = ResidentQuerySet.as_manager()

    class Meta:
        ordering = ["-recorded", "-pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["credit_code"],
                condition=~Q(credit_code="") & Q(merged_into=None),
                name="one_resident_a_credit_code",
            ),
            models.CheckConstraint(
                condition=Q(capital=None) | Q(capital__gte=0), name="capital_counts"
            ),
        ]
        indexes = [models.Index(fields=["-recorded", "-id"], name="residents_by_age")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("residents:resident", args=[self.code])

    def save(self, **how):
        """What a search looks at follows from what it is called."""
        self.words = words_of(self.name, self.credit_code, self.product, self.field)
        super().save(**how)


class FounderQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        return self.filter(resident__in=Resident.objects.visible_to(viewer))

    def standing(self):
        """Without those that were found to be another person on record."""
        return self.filter(merged_into=None)


class Founder(Versioned):
    """A person who founded a resident; identity number and telephone are encrypted and masked."""

    class Kind(models.TextChoices):
        """Kinds of founder (QZ-4, and the items of the national statistics)."""

        STUDENT = "student", _("student or recent graduate")
        RESEARCHER = "researcher", _("researcher")
        RETURNEE = "returnee", _("returnee from abroad")
        MIGRANT = "migrant", _("returned migrant worker")
        MANAGER = "manager", _("former manager of a large firm")
        OTHER = "other", _("other")

    class Sex(models.TextChoices):
        FEMALE = "female", _("female")
        MALE = "male", _("male")

    resident = models.ForeignKey(Resident, models.PROTECT, related_name="founders")
    operator = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+",
        help_text="Who recorded this person, and alone changes and opens what is recorded.",
    )  # fmt: skip
    name = models.CharField(_("name"), max_length=100)
    kind = models.CharField(_("kind of founder"), max_length=10, choices=Kind, blank=True)
    serial = models.CharField(_("serial founder"), max_length=3, choices=YesNo, blank=True)
    sex = models.CharField(_("sex"), max_length=6, choices=Sex, blank=True)
    education = models.CharField(
        _("education"), max_length=10, choices=StaffMember.Education, blank=True
    )
    mobile = EncryptedText(_("mobile telephone"), mask="phone", blank=True)
    mobile_index = BlindIndex(of="mobile")
    identity_number = EncryptedText(_("identity number"), mask="identity", blank=True)
    identity_index = BlindIndex(of="identity_number")
    lead = models.BooleanField(_("leads the team"), default=True)
    left = models.DateField(_("left on"), null=True, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")

    objects = FounderQuerySet.as_manager()

    class Meta:
        verbose_name = _("founder")
        ordering = ["-lead", "pk"]
        default_permissions = []

    def __str__(self):
        return self.name

    def sealed_numbers(self):
        """Name and label of the sealed numbers that are stated."""
        return stated_numbers(self, "mobile", "identity_number")
