"""Clusters: spaces, incubators, firms and service bodies grouped (XZ-2, JS-3)."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhongchuang.organisations.models import Organisation, Region
from zhongchuang.organisations.models.people import APPLICANTS, OFFICIALS
from zhongchuang.records.models import Versioned
from zhongchuang.spaces.models.dated import DatedQuerySet
from zhongchuang.spaces.models.space import Space


class ClusterQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """For officials those in their reach and those that a space there belongs to, for operators those of their spaces."""
        seen = Q(pk__in=[])
        for post in getattr(viewer, "current_posts", ()):
            for path in post.reach if post.role in OFFICIALS else ():
                seen |= Q(region__path__startswith=path)
                there = Membership.objects.filter(space__path__startswith=path)
                seen |= Q(pk__in=there.values("cluster"))
            if post.organisation_id and post.role in APPLICANTS:
                own = Q(organisation=post.organisation_id)
                own |= Q(space__operator=post.organisation_id)
                seen |= Q(pk__in=Membership.objects.filter(own).values("cluster"))
        return self.filter(seen)


class Cluster(Versioned):
    class Kind(models.TextChoices):
        """Around what it gathers (JS-3)."""

        SPACES = "spaces", _("around spaces: service bodies gathered")
        FOUNDERS = "founders", _("around founders: local industry")

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.SPACES)
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="clusters", verbose_name=_("region")
    )
    keeper = models.ForeignKey(
        Organisation, models.PROTECT, related_name="clusters", help_text="Who keeps its list."
    )
    founded = models.DateField(_("founded on"))
    ended = models.DateField(null=True)
    about = models.CharField(_("about"), max_length=1000, blank=True)

    objects = ClusterQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["region", "name"], condition=Q(ended=None), name="one_cluster_a_name"
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("spaces:cluster", args=[self.pk])


class Membership(models.Model):
    """A space or another organisation in a cluster, from a day until a day."""

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="memberships")
    space = models.ForeignKey(Space, models.PROTECT, null=True, related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="memberships"
    )
    valid_from = models.DateField(_("since"))
    valid_until = models.DateField(_("until"), null=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["valid_from", "pk"]
        default_permissions = []
        constraints = [
            models.CheckConstraint(
                condition=Q(space=None, organisation__isnull=False)
                | Q(space__isnull=False, organisation=None),
                name="a_member_is_a_space_or_an_organisation",
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")),
                name="membership_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["cluster", "space"],
                condition=Q(valid_until=None),
                name="a_space_joins_once",
            ),
            models.UniqueConstraint(
                fields=["cluster", "organisation"],
                condition=Q(valid_until=None),
                name="an_organisation_joins_once",
            ),
        ]

    def __str__(self):
        return str(self.space or self.organisation)
