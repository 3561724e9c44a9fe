"""A sign of false data: a question that a person answers, never a verdict."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.organisations.models.people import OFFICIALS
from zhongchuang.records.models import Versioned
from zhongchuang.signs.rules import rules
from zhongchuang.spaces.models import Space


class SignQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """For officials those about spaces in their reach. Whoever is asked about hears of it from them."""
        seen = Q(pk__in=[])
        for post in getattr(viewer, "current_posts", ()):
            for path in post.reach if post.role in OFFICIALS else ():
                seen |= Q(space__path__startswith=path)
        return self.filter(seen)

    def standing(self):
        """Those that the last look still found."""
        return self.filter(gone=None)

    def open(self):
        """Those that nobody has answered yet."""
        return self.standing().filter(answer=Sign.Answer.NONE)


class Sign(Versioned):
    class Answer(models.TextChoices):
        NONE = "", _("not looked at")
        EXPLAINED = "explained", _("explained: nothing wrong")
        CORRECTED = "corrected", _("put right by the operator")
        FOLLOWED = "followed", _("to be looked into")

    rule = models.CharField(max_length=40)
    key = models.CharField(max_length=64, help_text="What was found, so that it is known again.")
    space = models.ForeignKey(Space, models.PROTECT, related_name="signs")
    others = models.ManyToManyField(Space, related_name="+", blank=True)
    found = models.JSONField(default=dict, help_text="Figures and names that the sentence gives.")
    first_seen = models.DateTimeField(default=timezone.now)
    gone = models.DateTimeField(null=True, help_text="When a look did not find it any more.")
    answer = models.CharField(_("answer"), max_length=10, choices=Answer, blank=True, default="")
    note = models.CharField(_("what you found"), max_length=1000, blank=True)
    answered = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = SignQuerySet.as_manager()

    class Meta:
        ordering = ["-first_seen", "-pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["rule", "space", "key"], name="a_sign_stands_once"),
            models.CheckConstraint(
                condition=Q(answer="") | ~Q(note=""), name="an_answered_sign_has_a_note"
            ),
        ]
        indexes = [models.Index(fields=["-first_seen", "-id"], name="signs_by_age")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("signs:sign", args=[self.pk])

    @property
    def title(self):
        return rules()[self.rule].title if self.rule in rules() else self.rule

    @property
    def why(self):
        return rules()[self.rule].why if self.rule in rules() else ""
