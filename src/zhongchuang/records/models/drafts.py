"""What people have typed and not yet sent."""

from dataclasses import asdict, dataclass

from django.conf import settings
from django.core import signing
from django.db import models
from django.db.models import Q
from django.utils import timezone

from zhongchuang.organisations.models import Organisation

SALT = "draft"
LONGEST = {"purpose": 64, "key": 100, "path": 500, "title": 200}


@dataclass(frozen=True)
class Place:
    """Whose text it is and in which form; it goes with the form, signed, and says so also when the session is over."""

    user: int
    organisation: int | None
    purpose: str
    key: str = ""
    path: str = "/"
    title: str = ""
    apart: tuple = ()
    """Names of entries that are sealed, and so never kept."""

    @property
    def signed(self):
        return signing.dumps(asdict(self), salt=SALT, compress=True)

    @classmethod
    def read(cls, text):
        """The place that was signed, or None."""
        try:
            return cls(**signing.loads(text or "", salt=SALT))
        except (signing.BadSignature, TypeError, ValueError):
            return None


class DraftQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """One's own drafts: those of the organisation one acts for, and those of oneself alone."""
        posts = getattr(viewer, "current_posts", ())
        held = [post.organisation_id for post in posts if post.organisation_id]
        own = Q(organisation=None) | Q(organisation__in=held)
        return self.filter(own, user=getattr(viewer, "pk", None))

    def at(self, place):
        """The one draft of a form."""
        where = {"user": place.user, "organisation": place.organisation}
        return self.filter(**where, purpose=place.purpose, key=place.key)


class Draft(models.Model):
    """The entries of a form as they stood last; `aside` holds those of a window that came second."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, related_name="drafts")
    purpose = models.CharField(max_length=LONGEST["purpose"])
    key = models.CharField(max_length=LONGEST["key"], blank=True)
    path = models.CharField(max_length=LONGEST["path"])
    title = models.CharField(max_length=LONGEST["title"], blank=True)
    fields = models.JSONField(help_text="Lists of values by the names of the fields.")
    aside = models.JSONField(null=True)
    window = models.CharField(max_length=36, help_text="The opened page that saved last.")
    version = models.PositiveIntegerField(default=1)
    saved = models.DateTimeField(default=timezone.now, db_index=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ["-saved", "-pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "purpose", "key"],
                condition=Q(organisation__isnull=False),
                name="one_draft_a_form",
            ),
            models.UniqueConstraint(
                fields=["user", "purpose", "key"],
                condition=Q(organisation=None),
                name="one_draft_a_form_of_a_person",
            ),
        ]

    def __str__(self):
        return self.title or self.purpose
