"""What both kinds of rows have in common: of which space, by which document, from which file, and what put them right."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.gap import words
from zhongchuang.gap.packs import all_packs
from zhongchuang.organisations.models import Organisation
from zhongchuang.organisations.models.people import APPLICANTS, OFFICIALS
from zhongchuang.records.models import Evidence, Versioned
from zhongchuang.spaces.models import Space
from zhongchuang.spaces.models.space import new_code


class RecordQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """For officials those of the spaces in their reach, for an operator those of its own."""
        seen = Q(pk__in=[])
        for post in getattr(viewer, "current_posts", ()):
            if post.organisation_id and post.role in APPLICANTS:
                seen |= Q(operator=post.organisation_id)
            for path in post.reach if post.role in OFFICIALS else ():
                seen |= Q(space__path__startswith=path)
        return self.filter(seen)

    def current(self):
        """Those that no row put right."""
        return self.filter(is_current=True)

    def found_by(self, query):
        """Those whose space, operator, programme or document holds each word; spaces also by pinyin initials."""
        found = self
        for word in query.casefold().split():
            found = found.filter(
                Q(space__words__contains=word) | Q(operator__words__contains=word)
                | Q(programme__icontains=word) | Q(basis__icontains=word)
            )  # fmt: skip
        return found


class Record(Versioned):
    """One line of what was decided before the platform. It is never rewritten: a row that follows puts it right, with the reason."""

    code = models.CharField(max_length=10, unique=True, default=new_code, editable=False)
    space = models.ForeignKey(Space, models.PROTECT, related_name="past_%(class)ss", verbose_name=_("space"))  # fmt: skip
    operator = models.ForeignKey(
        Organisation, models.PROTECT, related_name="past_%(class)ss", verbose_name=_("operator"),
        help_text="Who ran the space then.",
    )  # fmt: skip
    department = models.ForeignKey(
        Organisation, models.PROTECT, related_name="past_%(class)ss_kept", help_text="Whose record it is."
    )  # fmt: skip
    pack = models.CharField(max_length=64, blank=True)
    programme = models.CharField(_("programme"), max_length=200)
    year = models.PositiveSmallIntegerField(_("year"))
    basis = models.CharField(_("basis"), max_length=300, help_text=_("The document by which it was decided, with its number."))  # fmt: skip
    day = models.DateField(_("date"))
    note = models.CharField(_("note"), max_length=1000, blank=True, help_text=_("No names of people."))  # fmt: skip

    is_current = models.BooleanField(default=True)
    evidence = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="+", help_text="The file from which it was taken.")  # fmt: skip
    row = models.PositiveIntegerField(null=True, help_text="Its row in that file.")
    recorded = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    reason = models.CharField(_("reason"), max_length=500, blank=True, help_text="Why it puts the row before right.")  # fmt: skip

    objects = RecordQuerySet.as_manager()
    DAY = "day"
    """The field by which rows behind a figure are listed."""

    class Meta:
        abstract = True
        ordering = ["-day", "-pk"]
        default_permissions = []

    def __str__(self):
        return f"{self.space} {self.year} {self.programme}"

    def get_absolute_url(self):
        return reverse("past:record", args=[self.KIND, self.code])

    @classmethod
    def entered(cls):
        """The fields that a row behind a figure tells."""
        return [cls._meta.get_field(name) for name in cls.ENTERED]

    @property
    def rules(self):
        """The rules by which it was decided, as they stand now; None where none are named or they are gone."""
        return all_packs().get(self.pack)

    @property
    def rules_name(self):
        return words.say(self.rules.title) if self.rules else self.pack

    @property
    def successor(self):
        """The row that put it right; None without one."""
        return getattr(self, "replaced_by", None)


def a_correction_has_a_reason(of):
    return models.CheckConstraint(
        condition=Q(replaces=None, reason="") | Q(replaces__isnull=False) & ~Q(reason=""),
        name=f"a_correction_of_{of}_has_a_reason",
    )  # fmt: skip
