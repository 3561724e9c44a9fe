"""A line of a ledger: what happened in a space on a day, as its operator wrote it down (XC-5, BY-1).

Lines are corrected, each correction standing in the audit chain, and struck out with a reason; none is deleted.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.records.models import Versioned
from zhongchuang.spaces.models import Space


class LineQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """Those of the spaces that one sees."""
        return self.filter(space__in=Space.objects.visible_to(viewer))

    def standing(self):
        """Without those that were struck out: what facts are made from."""
        return self.filter(struck=None)

    def within(self, term):
        """Those of the days of a term, its first and last included."""
        return self.filter(day__range=(term.start, term.until))

    def on(self, day):
        """Of things that last: those that had begun and had not ended that day."""
        return self.filter(Q(until=None) | Q(until__gt=day), day__lte=day)


class Line(Versioned):
    """One line; `day` is when it happened or began, `ledger` the name of the ledger it stands in."""

    ledger = ""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    space = models.ForeignKey(Space, models.PROTECT, related_name="%(class)s_lines")
    day = models.DateField(_("day"))
    recorded = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    struck = models.DateTimeField(null=True, help_text="When it was struck out.")
    struck_reason = models.CharField(_("reason"), max_length=500, blank=True)

    objects = LineQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-day", "-pk"]
        default_permissions = []
        constraints = [
            models.CheckConstraint(
                condition=Q(struck=None) | ~Q(struck_reason=""), name="%(class)s_struck_with_reason"
            )
        ]
        indexes = [models.Index(fields=["space", "-day", "-id"], name="%(class)s_by_day")]

    def get_absolute_url(self):
        return reverse("ledgers:line", args=[self.ledger, self.key])

    def follow(self, old):
        """What else goes with a correction; `old` are the fields that changed, as they were."""

    @classmethod
    def entered(cls):
        """The fields that people enter, in their order."""
        own = {field.name for field in Line._meta.local_fields} - {"day"}
        return [
            field
            for field in [*cls._meta.concrete_fields, *cls._meta.many_to_many]
            if field.name not in own | {"id", "version"}
        ]


class Lasting(Line):
    """A line of something that lasts: from its `day` until a day, open as long as it goes on."""

    until = models.DateField(
        _("until"), null=True, blank=True, help_text=_("The first day on which it no longer holds.")
    )

    class Meta(Line.Meta):
        abstract = True
        constraints = [
            *Line.Meta.constraints,
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("day")),
                name="%(class)s_ends_after_it_begins",
            ),
        ]
