"""Document numbers: one series for each organisation, word and year, without gaps."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.organisations.models import Organisation
from zhongchuang.organisations.models.people import ADMINISTRATORS

WRITTEN = "{word}\u3014{year}\u3015{number}\u53f7"
"""As GB/T 9704-2012 writes it: six-cornered brackets, no zeros in front."""


class Series(models.Model):
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="series")
    word = models.CharField(_("word of the organisation"), max_length=30)
    year = models.PositiveSmallIntegerField(_("year"))
    last = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "word", "year"], name="one_series_a_word_and_year"
            )
        ]

    def __str__(self):
        return f"{self.word} {self.year}"


class DocumentNumberQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """The register of an organisation's documents is its own."""
        held = [post.organisation_id for post in getattr(viewer, "current_posts", ())
                if post.organisation_id and post.role not in ADMINISTRATORS]  # fmt: skip
        return self.filter(series__organisation__in=held)


class DocumentNumber(models.Model):
    """A number that was given out. A void one stays, with its reason, and is never given out again."""

    series = models.ForeignKey(Series, models.PROTECT, related_name="numbers")
    number = models.PositiveIntegerField()
    title = models.CharField(_("title"), max_length=200)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    taken = models.DateTimeField(default=timezone.now)
    void = models.DateTimeField(null=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    objects = DocumentNumberQuerySet.as_manager()

    class Meta:
        ordering = ["series", "number"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="a_number_is_given_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="numbers_begin_at_one"),
            models.CheckConstraint(
                condition=Q(void=None) | ~Q(reason=""), name="a_void_number_has_a_reason"
            ),
        ]

    def __str__(self):
        series = self.series
        return WRITTEN.format(word=series.word, year=series.year, number=self.number)
