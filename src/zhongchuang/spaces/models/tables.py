"""The dated tables of a space. Figures that were not entered are unknown, never zero."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zhongchuang.organisations.models import Organisation, Region
from zhongchuang.records.models import Evidence
from zhongchuang.sealed.fields import BlindIndex, EncryptedText, stated_numbers
from zhongchuang.spaces.models.dated import Dated

AREA = {"max_digits": 12, "decimal_places": 2}
MONEY = {"max_digits": 16, "decimal_places": 2}


MOST_COUNTED, MOST_AREA, MOST_MONEY = 10**6, 10**8, 10**12
"""People, desks and pieces; square metres; yuan: what lies beyond is a slip of the pen, and could not be added up."""


def bounds(column):
    """The least and the most that a figure may be, or None of a column that holds none."""
    if isinstance(column, models.DecimalField):
        return 0, MOST_AREA if column.max_digits == AREA["max_digits"] else MOST_MONEY
    return (0, MOST_COUNTED) if isinstance(column, models.IntegerField) else None


class YesNo(models.TextChoices):
    """An answer that may be missing: a blank one is unknown."""

    YES = "yes", _("yes")
    NO = "no", _("no")


class Particulars(Dated):
    """Who runs the space, where it is and what it is for; one version after the other."""

    class Industry(models.TextChoices):
        """The ten fields of SC-3 (State Council office, 2016, No. 7, part 2)."""

        ELECTRONICS = "electronics", _("electronics and information")
        BIOTECH = "biotech", _("biotechnology")
        AGRICULTURE = "agriculture", _("modern agriculture")
        EQUIPMENT = "equipment", _("high-end equipment")
        ENERGY = "energy", _("new energy")
        MATERIALS = "materials", _("new materials")
        ENVIRONMENT = "environment", _("energy saving and environment")
        HEALTH = "health", _("medicine and health")
        CULTURE = "culture", _("culture and creativity")
        SERVICES = "services", _("modern services")

    class Founder(models.TextChoices):
        """Who founded it (SC-3)."""

        LEADING_FIRM = "leading_firm", _("leading firm")
        INSTITUTE = "institute", _("research institute or university")
        ZONE = "zone", _("development zone")
        OTHER = "other", _("other")

    class Service(models.TextChoices):
        """What its service rests on (JS-5)."""

        COMPREHENSIVE = "comprehensive", _("comprehensive")
        INVESTMENT = "investment", _("investment-led")
        MEDIA = "media", _("media")
        TRAINING = "training", _("training and tutoring")
        MAKER = "maker", _("maker incubation")
        PROFESSIONAL = "professional", _("professional services")

    class OperatorKind(models.TextChoices):
        LEGAL_PERSON = "legal_person", _("legal person")
        ORGANISATION = "organisation", _("other organisation")
        DEPENDENT_BODY = "dependent_body", _("body that relies on a legal person")
        INDIVIDUAL = "individual", _("individual who relies on a legal person")

    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    operator = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("operator")
    )
    operator_kind = models.CharField(
        _("legal form of the operator"), max_length=16, choices=OperatorKind, blank=True
    )
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("region"))
    address = models.CharField(_("address"), max_length=200)
    industry = models.CharField(_("industry"), max_length=20, choices=Industry, blank=True)
    founder = models.CharField(_("founded by"), max_length=16, choices=Founder, blank=True)
    service = models.CharField(_("kind of service"), max_length=16, choices=Service, blank=True)
    direction = models.CharField(_("direction of business"), max_length=500, blank=True)
    goals = models.CharField(_("decision goals"), max_length=500, blank=True)
    separate_accounts = models.CharField(
        _("own or separate accounts"), max_length=3, choices=YesNo, blank=True
    )
    free_broadband = models.CharField(_("free broadband"), max_length=3, choices=YesNo, blank=True)
    online_platform = models.CharField(
        _("online service platform"), max_length=3, choices=YesNo, blank=True
    )
    website = models.URLField(_("website"), max_length=200, blank=True)
    phone = models.CharField(_("public telephone"), max_length=30, blank=True)
    hours = models.CharField(_("opening hours"), max_length=100, blank=True)
    introduction = models.TextField(_("introduction"), max_length=2000, blank=True)

    class Meta(Dated.Meta):
        verbose_name = _("particulars")
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["space"], condition=Q(valid_until=None), name="one_open_particulars_a_space"
            ),
        ]

    def __str__(self):
        return self.name


class Premises(Dated):
    """A site: its area, of it what is public and what is let, and how it is held."""

    class Tenure(models.TextChoices):
        OWNED = "owned", _("owned")
        RENTED = "rented", _("rented")

    name = models.CharField(_("name of the site"), max_length=100)
    address = models.CharField(_("address"), max_length=200, blank=True)
    floor_area = models.DecimalField(
        _("total area"), **AREA,
        help_text=_("Occupied plus under contract at your own disposal."),
    )  # fmt: skip
    public_area = models.DecimalField(
        _("public service area"), **AREA, null=True, blank=True,
        help_text=_("Reception, display, meeting, leisure and equipment zones."),
    )  # fmt: skip
    desk_area = models.DecimalField(
        _("desk area"), **AREA, null=True, blank=True,
        help_text=_("What is given to residents."),
    )  # fmt: skip
    desks = models.PositiveIntegerField(
        _("desks"), null=True, blank=True,
        help_text=_("Those that can be let now. Leave it empty if you list the desks one by one."),
    )  # fmt: skip
    tenure = models.CharField(_("how it is held"), max_length=6, choices=Tenure, blank=True)

    class Meta(Dated.Meta):
        verbose_name = _("site")
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=Q(floor_area__gt=0), name="a_site_has_an_area"),
            models.CheckConstraint(
                condition=Q(public_area=None) | Q(public_area__gte=0), name="public_area_counts"
            ),
            models.CheckConstraint(
                condition=Q(desk_area=None) | Q(desk_area__gte=0), name="desk_area_counts"
            ),
        ]

    def __str__(self):
        return self.name


class Lease(Dated):
    """A contract for a rented site: it holds from its first to its last day, whatever is recorded when."""

    site = models.UUIDField(_("site"), help_text="Series of the premises.")
    landlord = models.CharField(_("landlord"), max_length=200)
    number = models.CharField(_("number of the contract"), max_length=60, blank=True)
    begins = models.DateField(_("first day"))
    ends = models.DateField(_("last day"))
    area = models.DecimalField(_("leased area"), **AREA, null=True, blank=True)
    yearly_rent = models.DecimalField(_("rent a year"), **MONEY, null=True, blank=True)

    class Meta(Dated.Meta):
        verbose_name = _("lease")
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=Q(ends__gte=F("begins")), name="a_lease_has_its_days"),
        ]

    def __str__(self):
        return self.number or self.landlord


class StaffMember(Dated):
    """A person who manages or serves in the space; since when and until when is what is dated."""

    class Education(models.TextChoices):
        DOCTOR = "doctor", _("doctor")
        MASTER = "master", _("master")
        BACHELOR = "bachelor", _("bachelor")
        COLLEGE = "college", _("college")
        BELOW = "below", _("below college")

    class Duty(models.TextChoices):
        MANAGEMENT = "management", _("management and service")
        INVESTMENT = "investment", _("investment management")
        TRAINING = "training", _("training")
        TECHNICAL = "technical", _("technical service")

    name = models.CharField(_("name"), max_length=100)
    duty = models.CharField(_("duty"), max_length=12, choices=Duty, default=Duty.MANAGEMENT)
    education = models.CharField(_("education"), max_length=10, choices=Education, blank=True)
    fulltime = models.CharField(_("full time"), max_length=3, choices=YesNo, blank=True)
    professional = models.CharField(
        _("trained or experienced in incubation"), max_length=3, choices=YesNo, blank=True
    )

    mobile = EncryptedText(_("mobile telephone"), mask="phone", blank=True)
    identity_number = EncryptedText(_("identity number"), mask="identity", blank=True)
    identity_index = BlindIndex(of="identity_number")

    class Meta(Dated.Meta):
        verbose_name = _("member of staff")

    def __str__(self):
        return self.name

    def sealed_numbers(self):
        """Name and label of the sealed numbers that are stated."""
        return stated_numbers(self, "mobile", "identity_number")


class StaffCount(Dated):
    """Numbers of staff where the people are not listed one by one."""

    staff = models.PositiveIntegerField(_("staff"), null=True, blank=True)
    fulltime = models.PositiveIntegerField(_("of them full time"), null=True, blank=True)
    college = models.PositiveIntegerField(_("of them college and above"), null=True, blank=True)
    professional = models.PositiveIntegerField(
        _("of them trained or experienced in incubation"), null=True, blank=True
    )
    investment_managers = models.PositiveIntegerField(
        _("full-time investment managers"), null=True, blank=True
    )
    trainers = models.PositiveIntegerField(_("full-time trainers"), null=True, blank=True)

    class Meta(Dated.Meta):
        verbose_name = _("numbers of staff")
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["space"], condition=Q(valid_until=None), name="one_open_staff_count_a_space"
            ),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name}{_(': ')}{'–' if self.staff is None else self.staff}"


class Equipment(Dated):
    """Professional equipment, development or test software, own or rented."""

    class Holding(models.TextChoices):
        OWNED = "owned", _("own")
        RENTED = "rented", _("rented")

    name = models.CharField(_("name"), max_length=100)
    model = models.CharField(_("model"), max_length=100, blank=True)
    pieces = models.PositiveIntegerField(_("pieces"), default=1)
    value = models.DecimalField(
        _("value in all"), **MONEY, null=True, blank=True, help_text=_("In yuan.")
    )
    holding = models.CharField(_("held as"), max_length=6, choices=Holding, default=Holding.OWNED)
    shared = models.CharField(_("open to outsiders"), max_length=3, choices=YesNo, blank=True)

    class Meta(Dated.Meta):
        verbose_name = _("equipment")
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(value=None) | Q(value__gte=0), name="equipment_value_counts"
            ),
        ]

    def __str__(self):
        return self.name


class Host(Dated):
    """The organisation that the space relies on, with its innovation platforms."""

    class Kind(models.TextChoices):
        """Codes are those of the fact `operator_relies_on`."""

        INCUBATOR = "incubator", _("incubator")
        SCIENCE_PARK = "science_park", _("science park")
        UNIVERSITY = "university", _("university")
        INSTITUTE = "institute", _("research institute")
        LEADING_FIRM = "leading_firm", _("leading firm")
        NEW_RESEARCH_BODY = "new_research_body", _("new research body")
        OTHER = "other", _("other")
        NONE = "none", _("none")

    class Level(models.TextChoices):
        NATIONAL = "national", _("national")
        PROVINCIAL = "provincial", _("provincial")
        MUNICIPAL = "municipal", _("municipal")
        COUNTY = "county", _("county")
        NONE = "none", _("none")

    kind = models.CharField(_("kind of host"), max_length=20, choices=Kind)
    name = models.CharField(_("name"), max_length=200, blank=True)
    level = models.CharField(
        _("level"), max_length=10, choices=Level, blank=True,
        help_text=_("Of the incubator or science park."),
    )  # fmt: skip
    credit_code = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    platforms = models.JSONField(_("innovation platforms"), null=True, blank=True)

    class Meta(Dated.Meta):
        verbose_name = _("host organisation")
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["space"], condition=Q(valid_until=None), name="one_open_host_a_space"
            ),
        ]

    def __str__(self):
        return self.name or str(self.get_kind_display())


class Desk(Dated):
    """One desk, with its place on the plan of its site where it was drawn."""

    class Kind(models.TextChoices):
        FIXED = "fixed", _("fixed desk")
        OPEN = "open", _("open desk")
        ROOM = "room", _("desk in an office")

    site = models.UUIDField(_("site"), help_text="Series of the premises.")
    label = models.CharField(_("label"), max_length=20)
    kind = models.CharField(_("kind"), max_length=5, choices=Kind, default=Kind.FIXED)
    can_be_let = models.CharField(_("can be let"), max_length=3, choices=YesNo, default=YesNo.YES)
    x = models.PositiveIntegerField(null=True, blank=True)
    y = models.PositiveIntegerField(null=True, blank=True)
    turned = models.BooleanField(default=False)

    class Meta(Dated.Meta):
        verbose_name = _("desk")
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["site", "label"],
                condition=Q(valid_until=None),
                name="one_open_desk_a_label",
            ),
        ]

    def __str__(self):
        return self.label


class Photograph(Dated):
    """A picture of the space, shown until it is taken down."""

    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="photographs")
    caption = models.CharField(
        _("caption"), max_length=200,
        help_text=_("What the picture shows; it is read out to those who do not see it."),
    )  # fmt: skip
    position = models.PositiveIntegerField(default=0, help_text="Its place among the others.")

    class Meta(Dated.Meta):
        verbose_name = _("photograph")

    def __str__(self):
        return self.caption


TABLES = {
    "particulars": Particulars,
    "premises": Premises,
    "leases": Lease,
    "staff": StaffMember,
    "staff-count": StaffCount,
    "equipment": Equipment,
    "host": Host,
    "desks": Desk,
    "photographs": Photograph,
}
"""Dated tables by the name that they have in addresses and changes."""
