"""The plan of a site: a grid on which its desks and rooms lie."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhongchuang.records.models import Evidence, Versioned
from zhongchuang.spaces.models.space import Space

LEAST, MOST = 8, 200
"""Cells of a plan each way; a cell is half a metre."""


class PlanQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """Those of the spaces that one sees."""
        return self.filter(space__in=Space.objects.visible_to(viewer))


class Plan(Versioned):
    """What surrounds the desks of a site. It is as it was drawn last: only the desks themselves are dated."""

    space = models.ForeignKey(Space, models.PROTECT, related_name="plans")
    site = models.UUIDField(_("site"), unique=True, help_text="Series of the premises.")
    columns = models.PositiveSmallIntegerField(
        _("width in cells"), default=40,
        validators=[MinValueValidator(LEAST), MaxValueValidator(MOST)],
        help_text=_("A cell is half a metre: 40 cells are 20 m."),
    )  # fmt: skip
    rows = models.PositiveSmallIntegerField(
        _("depth in cells"), default=24,
        validators=[MinValueValidator(LEAST), MaxValueValidator(MOST)],
    )  # fmt: skip
    rooms = models.JSONField(
        _("rooms"), default=list, blank=True, help_text="Each with name, x, y, width, depth."
    )
    background = models.ForeignKey(
        Evidence, models.PROTECT, null=True, blank=True, related_name="plans",
        verbose_name=_("picture beneath"),
    )  # fmt: skip

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan of the desks")
        ordering = ["pk"]
        default_permissions = []
        constraints = [
            models.CheckConstraint(
                condition=Q(columns__range=(LEAST, MOST), rows__range=(LEAST, MOST)),
                name="a_plan_has_its_size",
            )
        ]

    def __str__(self):
        return f"{self.space}: {self._meta.verbose_name}"
