"""Experts named for a case at a step of review, and the opinion that each of them gives by themselves."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhongchuang.organisations.models import Organisation, Role
from zhongchuang.procedures.models import Case
from zhongchuang.procedures.models.cases import READING
from zhongchuang.records.models import Versioned


class SeatQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """For officials those of the cases in their reach; for an expert their own."""
        seen = Q(pk__in=[])
        for post in getattr(viewer, "current_posts", ()):
            if post.role == Role.EXPERT:
                seen |= Q(expert=post.user_id)
            for path in post.reach if post.role in READING else ():
                seen |= Q(case__space__path__startswith=path)
        return self.filter(seen)

    def of_round(self, case):
        """Those of the step at which a case stands, since it came there last."""
        return self.filter(case=case, step=case.step, arrived=case.arrived)

    def taken(self):
        """Those that count: named or given, neither recused nor taken out."""
        return self.filter(state__in=[Seat.State.NAMED, Seat.State.GIVEN])

    def given(self):
        return self.filter(state=Seat.State.GIVEN)

    def open_for(self, user):
        """Those whose opinion this person still owes, while the case stands there."""
        return self.filter(
            expert=user, state=Seat.State.NAMED, case__state=Case.Standing.RUNNING,
            case__step=models.F("step"), case__arrived=models.F("arrived"),
        )  # fmt: skip


class Seat(Versioned):
    """An expert's place at the review of a case: named, given up for a reason, or filled with an opinion that stays."""

    class State(models.TextChoices):
        NAMED = "named", pgettext_lazy("expert", "asked")
        GIVEN = "given", pgettext_lazy("expert", "given")
        RECUSED = "recused", pgettext_lazy("expert", "recused")
        DROPPED = "dropped", pgettext_lazy("expert", "taken out")

    class Conclusion(models.TextChoices):
        YES = "yes", _("recommended")
        CONDITIONS = "conditions", _("recommended with conditions")
        NO = "no", _("not recommended")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="seats")
    step = models.CharField(max_length=64)
    arrived = models.DateTimeField(
        help_text="When the case came to the step: after a correction experts look anew."
    )
    department = models.ForeignKey(Organisation, models.PROTECT, related_name="seats")
    expert = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="seats")
    named = models.DateTimeField(default=timezone.now)
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    due = models.DateField()
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.NAMED)
    reason = models.CharField(
        _("reason"), max_length=1000, blank=True, help_text="Why it was given up, or taken out."
    )
    conclusion = models.CharField(_("conclusion"), max_length=10, choices=Conclusion, blank=True)
    words = models.TextField(_("reasons"), blank=True)
    judgements = models.JSONField(default=dict, help_text="By condition: met, reason.")
    given = models.DateTimeField(null=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["named", "pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["case", "step", "arrived", "expert"], condition=Q(state__in=["named", "given"]),
                name="an_expert_has_one_seat_at_a_review",
            ),
            models.CheckConstraint(
                condition=~Q(state="given") | (~Q(words="") & ~Q(conclusion="") & Q(given__isnull=False)),
                name="an_opinion_has_a_conclusion_and_reasons",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["named", "given"]) | ~Q(reason=""), name="who_leaves_a_seat_says_why"
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["expert", "state", "due"], name="seats_that_wait")]

    def __str__(self):
        return f"{self.case} {self.expert.name}"

    def get_absolute_url(self):
        return reverse("panels:seat", args=[self.key])

    @property
    def is_current(self):
        """Whether the case still stands where the opinion was asked."""
        case = self.case
        return (case.state, case.step, case.arrived) == (
            Case.Standing.RUNNING,
            self.step,
            self.arrived,
        )

    @property
    def is_open(self):
        return self.state == self.State.NAMED and self.is_current
