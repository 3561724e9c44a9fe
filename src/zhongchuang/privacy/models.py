"""What people ask about their own data, until when it is to be answered, and what was answered."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.organisations.models import Organisation, Role


class DataRequestQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """One's own, and for system administrators those that their department answers."""
        seen = Q(user=getattr(viewer, "pk", None))
        for post in getattr(viewer, "current_posts", ()):
            if post.role == Role.SYSTEM_ADMIN:
                seen |= Q(department=post.organisation_id)
        return self.filter(seen)

    def open(self):
        return self.filter(state=DataRequest.State.OPEN)


class DataRequest(models.Model):
    """A person asks to see, copy, correct or delete what is held about them (PIPL art. 44–50)."""

    class Kind(models.TextChoices):
        ACCESS = "access", _("to see what is held about me")
        COPY = "copy", _("a copy of it")
        CORRECT = "correct", _("to have something corrected")
        DELETE = "delete", _("to have my account deleted")

    class State(models.TextChoices):
        OPEN = "open", _("waiting for an answer")
        DONE = "done", _("done")
        REFUSED = "refused", _("refused")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="data_requests")
    department = models.ForeignKey(
        Organisation, models.PROTECT, related_name="data_requests", verbose_name=_("department")
    )
    kind = models.CharField(_("what you ask for"), max_length=7, choices=Kind)
    text = models.TextField(_("in detail"), blank=True)
    made = models.DateTimeField(default=timezone.now)
    due = models.DateField(_("answer due"))
    state = models.CharField(max_length=7, choices=State, default=State.OPEN)
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answered = models.DateTimeField(null=True)

    objects = DataRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-made", "-pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind"], condition=Q(state="open"), name="one_open_request_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(state="open") | Q(answered__isnull=False),
                name="an_answered_request_has_its_moment",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.pk}"

    def get_absolute_url(self):
        return reverse("privacy:request", args=[self.pk])

    @property
    def is_late(self):
        return self.state == self.State.OPEN and timezone.localdate() > self.due
