"""Organisations, and the powers that a department delegates to an alliance."""

from datetime import timedelta

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import ExpressionWrapper, F, OuterRef, Q, Subquery
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.organisations.models.region import Region
from zhongchuang.page.pinyin import having


class OrganisationQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """One's own organisation, and for those who serve a region the organisations in it; to outsiders nothing."""
        seen = Q(pk__in=[])
        for post in getattr(viewer, "current_posts", ()):
            seen |= Q(pk=post.organisation_id)
            for path in post.reach if post.sees_organisations else ():
                seen |= Q(region__path__startswith=path)
        return self.filter(seen)

    def found_by(self, query):
        """Those whose name, place or code holds each word, as written or by pinyin initials."""
        lookups = ("words__contains", "name__icontains", "credit_code__icontains")
        return self.filter(having(query, *lookups))

    def confirmed(self):
        return self.filter(state=Organisation.State.CONFIRMED)

    def competent_for(self, region):
        """The department that decides on spaces of a region: the nearest one upwards."""
        found = self.confirmed().filter(competent=True, region__path__in=region.paths_above)
        return found.order_by(Length("region__path").desc()).first()

    def alliances_for(self, department):
        """Alliances that `department` may delegate to: in its region, above it or below it."""
        region = department.region
        near = Q(region__path__startswith=region.path) | Q(region__path__in=region.paths_above)
        return self.confirmed().filter(near, kind=Organisation.Kind.ALLIANCE).order_by("name")

    def told(self, *, name="", kind="", state="", region=None):
        """Organisations that match each condition given: words of the name or code, and what lies in a region."""
        found = self.found_by(name) if name else self
        if region:
            found = found.filter(region__path__startswith=region.path)
        given = {"kind": kind, "state": state}
        return found.filter(**{field: value for field, value in given.items() if value})

    def nearest_to(self, path):
        """Competent departments whose region holds `path`, an expression of the outer query, nearest first."""
        found = self.confirmed().filter(competent=True).alias(here=path)
        return found.filter(here__startswith=F("region__path")).order_by(
            Length("region__path").desc()
        )

    def waiting_for(self, department):
        """Operators that `department` is to confirm: no other department stands nearer to them."""
        here = ExpressionWrapper(OuterRef("region__path"), output_field=models.CharField())
        nearest = Organisation.objects.nearest_to(here).values("pk")[:1]
        return (
            self.filter(kind=Organisation.Kind.OPERATOR, state=Organisation.State.PENDING)
            .alias(decider=Subquery(nearest))
            .filter(decider=department.pk, region__path__startswith=department.region.path)
            .select_related("region")
            .order_by("registered", "pk")
        )


class Organisation(models.Model):
    class Kind(models.TextChoices):
        DEPARTMENT = "department", _("department")
        OPERATOR = "operator", _("operator")
        ALLIANCE = "alliance", _("alliance or association")
        PROVIDER = "provider", _("service provider")
        BANK = "bank", _("bank")
        AGENCY = "agency", _("evaluation agency")
        INVESTOR = "investor", _("investor")

    class State(models.TextChoices):
        PENDING = "pending", _("waiting for confirmation")
        CONFIRMED = "confirmed", _("confirmed")
        REFUSED = "refused", _("not confirmed")
        CLOSED = "closed", _("closed")

    name = models.CharField(_("name"), max_length=200)
    words = models.TextField(
        blank=True, help_text="What a search finds it by, pinyin initials included."
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    level = models.CharField(
        _("level"), max_length=10, choices=Region.Level, blank=True,
        help_text="Of a department: a zone's department may stand at the level of a city.",
    )  # fmt: skip
    region = models.ForeignKey(Region, models.PROTECT, related_name="organisations")
    credit_code = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    competent = models.BooleanField(
        default=False, help_text="The department of its region that decides on innovation spaces."
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PENDING)
    registered = models.DateTimeField(default=timezone.now)
    decided = models.DateTimeField(null=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    objects = OrganisationQuerySet.as_manager()
    public_fields = ("name", "kind", "level", "region", "credit_code", "competent")

    class Meta:
        ordering = ["name"]
        default_permissions = []
        indexes = [models.Index(fields=["registered", "id"], name="organisation_by_age")]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "kind", "name"],
                condition=~Q(kind="operator") & Q(state="confirmed"),
                name="one_organisation_a_name_there",
            ),
            models.UniqueConstraint(
                fields=["credit_code"],
                condition=~Q(credit_code="") & Q(state__in=["pending", "confirmed"]),
                name="one_organisation_a_credit_code",
            ),
            models.UniqueConstraint(
                fields=["region"],
                condition=Q(competent=True, state="confirmed"),
                name="one_competent_department_a_region",
            ),
            models.CheckConstraint(
                condition=Q(competent=False) | Q(kind="department"),
                name="only_a_department_is_competent",
            ),
            models.CheckConstraint(
                condition=~Q(kind="operator") | ~Q(credit_code=""), name="an_operator_has_a_code"
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_department(self):
        return self.kind == self.Kind.DEPARTMENT


class DelegationQuerySet(models.QuerySet):
    def on(self, day):
        return self.running(day).filter(since__lte=day)

    def running(self, day):
        """Those that hold that day, and those that begin later."""
        return self.filter(Q(until=None) | Q(until__gt=day), Q(ended_on=None) | Q(ended_on__gt=day))

    def visible_to(self, viewer):
        """Those that one's own organisation gave or holds, and those of the organisations that one sees."""
        seen = Organisation.objects.visible_to(viewer)
        return self.filter(Q(department__in=seen) | Q(alliance__in=seen))


class Delegation(models.Model):
    """What a department lets an alliance do for it, from a day until a day (ZJ-10, SH-2)."""

    class Power(models.TextChoices):
        FILINGS = "filings", _("receive filings")
        SURVEYS = "surveys", _("carry out surveys")
        COORDINATION = "coordination", _("coordinate")
        TUTORING = "tutoring", _("explain policy")

    department = models.ForeignKey(Organisation, models.PROTECT, related_name="delegations")
    alliance = models.ForeignKey(Organisation, models.PROTECT, related_name="powers_held")
    powers = models.JSONField(default=list, validators=[MaxLengthValidator(4)])
    since = models.DateField()
    until = models.DateField(null=True, help_text="The first day on which it no longer holds.")
    ended_on = models.DateField(null=True, help_text="The day on which it was ended early.")

    objects = DelegationQuerySet.as_manager()

    class Meta:
        ordering = ["since"]
        default_permissions = []
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")),
                name="delegation_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(department=F("alliance")), name="nobody_delegates_to_itself"
            ),
        ]

    def __str__(self):
        return f"{self.department} → {self.alliance}"

    @property
    def power_labels(self):
        return [self.Power(power).label for power in self.powers]

    @property
    def last_day(self):
        """The last day on which it holds; None while it has no end."""
        return self.until and self.until - timedelta(days=1)

    @property
    def is_running(self):
        today = timezone.localdate()
        return (self.until is None or self.until > today) and (
            self.ended_on is None or self.ended_on > today
        )
