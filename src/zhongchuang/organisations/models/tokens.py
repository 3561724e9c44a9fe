"""Tokens: with one, a program of an organisation asks the API in its name."""

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.organisations.models.organisation import Organisation
from zhongchuang.organisations.models.people import Post, Role


class Scope(models.TextChoices):
    """What a token is good for: reading or writing, by noun."""

    READ_ORGANISATIONS = "read:organisations", _("read organisations")
    READ_SPACES = "read:spaces", _("read spaces, their figures and changes")
    WRITE_SPACES = "write:spaces", _("register spaces and change them")
    READ_EVIDENCE = "read:evidence", _("read files")
    WRITE_EVIDENCE = "write:evidence", _("hand in files and take them back")


READING = tuple(scope for scope in Scope if scope.startswith("read:"))


class TokenQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """Those of one's own organisation, for who keeps them there."""
        seen = Q(pk__in=[])
        for post in getattr(viewer, "current_posts", ()):
            if post.keeps_tokens:
                seen |= Q(organisation=post.organisation_id)
        return self.filter(seen)

    def usable(self):
        """Those that open the API now: not revoked, not expired, and their maker still holds the post."""
        return self.filter(
            revoked=None,
            expires__gt=timezone.now(),
            made_by__in=Post.objects.current(),
            organisation__state=Organisation.State.CONFIRMED,
        )

    def of(self, digest):
        """The one whose secret was shown: who has it may act with it."""
        return self.filter(digest=digest).select_related(
            "organisation", "made_by__user", "made_by__organisation__region"
        )


class Token(models.Model):
    """The secret itself is shown once, when it is made; only its digest is kept."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="tokens")
    name = models.CharField(_("name"), max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(
        _("what it may do"), default=list, validators=[MaxLengthValidator(len(Scope))]
    )
    made_by = models.ForeignKey(Post, models.PROTECT, related_name="tokens")
    made = models.DateTimeField(default=timezone.now)
    expires = models.DateTimeField()
    last_used = models.DateField(
        null=True, help_text="The day is enough to see which are not used."
    )
    revoked = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = TokenQuerySet.as_manager()

    class Meta:
        ordering = ["-made", "-pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                condition=Q(revoked=None),
                name="one_open_token_a_name",
            ),
            models.CheckConstraint(
                condition=Q(expires__gt=F("made")), name="token_expires_after_it_is_made"
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def role(self):
        """The role it acts in: its maker's; a department's token reads as a clerk, it never decides."""
        return Role.CLERK if self.organisation.is_department else self.made_by.role

    @property
    def scope_labels(self):
        return [Scope(one).label for one in self.scopes]

    @property
    def is_expired(self):
        return self.expires <= timezone.now()
