"""Letters to people: in the platform first, which counts, and by mail or telephone as well."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class LetterQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """One's own letters alone."""
        return self.filter(recipient=getattr(viewer, "pk", None))

    def unread(self):
        return self.filter(read=None)


class Letter(models.Model):
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="letters")
    key = models.CharField(max_length=200, help_text="What it is about; nobody gets two of a key.")
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"))
    url = models.CharField(max_length=500, blank=True)
    moment = models.DateTimeField(default=timezone.now)
    read = models.DateTimeField(null=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["-moment", "-pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["recipient", "key"], name="one_letter_a_key")
        ]
        indexes = [
            models.Index(fields=["recipient", "-moment", "-id"], name="letters_of"),
            models.Index(fields=["recipient"], condition=Q(read=None), name="letters_unread"),
        ]

    def __str__(self):
        return self.title


class DeliveryQuerySet(models.QuerySet):
    def due(self, moment):
        """What waits, and what a worker began and did not finish within its lease."""
        return self.filter(state__in=["waiting", "sending"], due__lte=moment)


class Delivery(models.Model):
    """A letter on its way by one channel."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        PARKED = "parked", _("needs a person")

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=20)
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    due = models.DateTimeField(default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)
    sent = models.DateTimeField(null=True)
    fault = models.CharField(max_length=300, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["letter", "channel"], name="one_delivery_a_channel"),
            models.CheckConstraint(
                condition=Q(state="sent", sent__isnull=False) | ~Q(state="sent"),
                name="sent_has_its_moment",
            ),
        ]
        indexes = [
            models.Index(
                F("due"), condition=Q(state__in=["waiting", "sending"]), name="deliveries_due"
            )
        ]

    def __str__(self):
        return f"{self.channel}: {self.letter_id} {self.state}"
