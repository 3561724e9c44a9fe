"""A change of a registered space that counts only when its department has confirmed it (SH-3)."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhongchuang.records.models import Versioned
from zhongchuang.spaces.models.space import Space
from zhongchuang.spaces.models.tables import TABLES


class ChangeQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """Those of the spaces that one sees."""
        return self.filter(space__in=Space.objects.visible_to(viewer))

    def waiting(self):
        return self.filter(state=Change.State.WAITING)


class Change(Versioned):
    """One operation on one dated table, kept as it was asked for: both versions stay in the register."""

    class State(models.TextChoices):
        WAITING = "waiting", _("to be examined")
        CONFIRMED = "confirmed", _("confirmed")
        REFUSED = "refused", _("not confirmed")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Verb(models.TextChoices):
        ADD = "add", pgettext_lazy("change", "new")
        REVISE = "revise", pgettext_lazy("change", "changed")
        CORRECT = "correct", pgettext_lazy("change", "corrected")
        END = "end", pgettext_lazy("change", "ended")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    space = models.ForeignKey(Space, models.PROTECT, related_name="changes")
    table = models.CharField(max_length=20)
    verb = models.CharField(max_length=8, choices=Verb)
    series = models.UUIDField(null=True, help_text="The thing; empty where it is new.")
    on = models.DateField(_("from which day"))
    values = models.JSONField(default=dict)
    rows = models.JSONField(
        default=list, help_text="Several things at once: what each has beside the values."
    )
    old = models.JSONField(default=dict)
    reason = models.CharField(_("reason"), max_length=500)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.WAITING)
    proposed = models.DateTimeField(default=timezone.now)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answer = models.CharField(_("answer"), max_length=2000, blank=True)
    in_case = models.BooleanField(
        default=False, help_text="Whether a case of a procedure decides on it, or decided."
    )

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-proposed", "-pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["series"], condition=Q(state="waiting"), name="one_waiting_change_a_thing"
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(answer=""), name="a_refused_change_has_an_answer"
            ),
        ]
        indexes = [models.Index(fields=["space", "-proposed", "-id"], name="changes_of")]

    def __str__(self):
        return f"{self.space}: {self.get_verb_display()} {self.table}"

    @property
    def title(self):
        """What it is about, in words."""
        return TABLES[self.table]._meta.verbose_name

    def get_absolute_url(self):
        return reverse("spaces:change", args=[self.key])
