"""A space: what never changes about it, its state, and its line in the register as of today."""

import secrets

from django.db import models
from django.db.models import ExpressionWrapper, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.organisations.models import Organisation, Region
from zhongchuang.organisations.models.people import APPLICANTS, OFFICIALS
from zhongchuang.records.models import Versioned

SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"
"""Signs of a space's code; those that look alike are left out."""

RECEIVING = OFFICIALS
"""Roles that see the register of their reach; an alliance's posts reach as far as powers were delegated."""


def new_code():
    return "".join(secrets.choice(SIGNS) for _sign in range(10))


class SpaceQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """Those that one's organisation runs, and for officials those registered in their reach.

        What an operator has not submitted yet is seen by nobody else. Visitors see the public register elsewhere.
        """
        seen = Q(pk__in=[])
        for post in getattr(viewer, "current_posts", ()):
            if post.organisation_id and post.role in APPLICANTS:
                seen |= Q(operator=post.organisation_id)
            for path in post.reach if post.role in RECEIVING else ():
                seen |= Q(path__startswith=path) & ~Q(state=Space.State.DRAFT)
        return self.filter(seen)

    def run_by(self, organisation):
        return self.filter(operator=organisation)

    def decided_by(self, department):
        """Spaces on which `department` decides: no other competent department stands nearer to them."""
        here = ExpressionWrapper(OuterRef("path"), output_field=models.CharField())
        nearest = Organisation.objects.nearest_to(here).values("pk")[:1]
        return self.alias(decider=Subquery(nearest)).filter(
            decider=department.pk, path__startswith=department.region.path
        )

    def found_by(self, words):
        """Spaces whose names, place or operator hold each word, as written or by pinyin initials."""
        found = self
        for word in words.casefold().split():
            found = found.filter(words__contains=word)
        return found


class Space(Versioned):
    """A carrier of innovation; its figures and particulars stand in dated rows that point at it."""

    class Kind(models.TextChoices):
        SPACE = "space", _("innovation space")
        INCUBATOR = "incubator", _("incubator")
        ACCELERATOR = "accelerator", _("accelerator")
        SCIENCE_PARK = "science_park", _("university science park")
        STUDENT_BASE = "student_base", _("student startup base")
        RETURNEE_BASE = "returnee_base", _("returnee startup park")
        MIGRANT_PARK = "migrant_park", _("startup park of returned migrant workers")
        SMALL_FIRM_BASE = "small_firm_base", _("small-firm startup base")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("to be examined")
        RETURNED = "returned", _("returned for correction")
        CONFIRMED = "confirmed", _("registered")
        CLOSED = "closed", _("closed")

    REGISTERED = (State.CONFIRMED, State.CLOSED)
    """States of what stands in the register, closed ones too."""

    code = models.CharField(max_length=10, unique=True, default=new_code, editable=False)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind, default=Kind.SPACE)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    opened = models.DateField(_("opened on"), help_text=_("The day on which it began to operate."))
    registered = models.DateTimeField(default=timezone.now)
    submitted = models.DateTimeField(null=True)
    decided = models.DateTimeField(null=True)
    reason = models.CharField(_("reason"), max_length=1000, blank=True)
    closed_on = models.DateField(null=True, help_text="The first day on which it no longer runs.")

    # The line of the register as of today, written by actions.refresh from the dated rows.
    name = models.CharField(_("name"), max_length=200)
    operator = models.ForeignKey(Organisation, models.PROTECT, related_name="spaces")
    region = models.ForeignKey(Region, models.PROTECT, related_name="spaces")
    path = models.CharField(max_length=100, help_text="Path of its region.")
    industry = models.CharField(max_length=20, blank=True)
    floor_area = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    desks = models.PositiveIntegerField(null=True)
    words = models.TextField(blank=True, help_text="What a search looks at, in small letters.")

    objects = SpaceQuerySet.as_manager()

    class Meta:
        ordering = ["-registered", "-pk"]
        default_permissions = []
        constraints = [
            models.CheckConstraint(
                condition=Q(state="closed", closed_on__isnull=False) | ~Q(state="closed"),
                name="a_closed_space_has_its_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(reason=""), name="a_returned_space_has_a_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["-registered", "-id"], name="spaces_by_age"),
            models.Index(fields=["path"], name="spaces_by_path"),
            models.Index(fields=["operator"], name="spaces_by_operator"),
            models.Index(fields=["state"], name="spaces_by_state"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("spaces:space", args=[self.code])

    @property
    def is_in_preparation(self):
        """Whether the operator still writes freely: nobody has examined it yet, or it was sent back."""
        return self.state in {self.State.DRAFT, self.State.RETURNED}

    @property
    def decider(self):
        """The department that examines it and decides on its changes."""
        return Organisation.objects.competent_for(self.region)


def operating_in(path):
    """A condition on organisations: that they sit in a region, or run a registered space there."""
    running = Space.objects.filter(path__startswith=path, state__in=Space.REGISTERED)
    return Q(region__path__startswith=path) | Q(pk__in=running.values("operator"))
