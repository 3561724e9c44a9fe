"""The tree of regions: nation, provinces, cities, counties, and zones where the documents put them."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class RegionQuerySet(models.QuerySet):
    def on(self, day):
        """Regions whose code was in use that day."""
        return self.filter(
            Q(valid_from=None) | Q(valid_from__lte=day),
            Q(valid_until=None) | Q(valid_until__gt=day),
        )

    def current(self):
        return self.on(timezone.localdate())

    def within(self, paths):
        """Regions at or below one of the paths; no path, no region."""
        inside = Q(pk__in=[])
        for path in paths:
            inside |= Q(path__startswith=path)
        return self.filter(inside)

    def visible_to(self, viewer):
        """Names and codes of regions are public."""
        return self.all()


class Region(models.Model):
    """A code with its name for as long as both hold; a renamed region is a second row."""

    class Level(models.TextChoices):
        NATIONAL = "national", _("nation")
        PROVINCE = "province", _("province")
        CITY = "city", _("city")
        COUNTY = "county", _("county or district")
        ZONE = "zone", _("development zone")

    code = models.CharField(_("code"), max_length=12)
    name = models.CharField(_("name"), max_length=100)
    full_name = models.CharField(_("full name"), max_length=200)
    level = models.CharField(_("level"), max_length=10, choices=Level)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    path = models.CharField(max_length=100, db_index=True, help_text="Codes from the nation down.")
    valid_from = models.DateField(null=True, help_text="Empty: before the records began.")
    valid_until = models.DateField(
        null=True, help_text="The first day on which it no longer holds."
    )

    objects = RegionQuerySet.as_manager()
    public_fields = (
        "code",
        "name",
        "full_name",
        "level",
        "parent",
        "path",
        "valid_from",
        "valid_until",
    )

    class Meta:
        ordering = ["path"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=Q(valid_until=None), name="one_current_region_a_code"
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None)
                | Q(valid_until=None)
                | Q(valid_until__gt=models.F("valid_from")),
                name="region_ends_after_it_begins",
            ),
        ]

    def __str__(self):
        return self.full_name

    @property
    def paths_above(self):
        """The paths of this region and of all that hold it, innermost first."""
        codes = self.path.strip("/").split("/")
        return ["/" + "/".join(codes[:end]) + "/" for end in range(len(codes), 0, -1)]

    def holds(self, other):
        """Whether `other` is this region or lies in it."""
        return other.path.startswith(self.path)
