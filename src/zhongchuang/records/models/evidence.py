"""Files that prove something: the content once, and each time that it was handed in."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhongchuang.files.contents import PLACES
from zhongchuang.files.kinds import MEDIA_TYPES
from zhongchuang.files.personal import KINDS
from zhongchuang.organisations.models import Organisation
from zhongchuang.organisations.models.people import ADMINISTRATORS, OFFICIALS
from zhongchuang.page.listed import ask
from zhongchuang.page.pinyin import having


class Content(models.Model):
    """The bytes of a file, known by the digest of what was handed in, kept under the digest of what is kept.

    The two differ for pictures, which are written anew without their hidden data.
    """

    class Scan(models.TextChoices):
        NOT_ASKED = "not_asked", _("not scanned")
        WAITING = "waiting", _("being scanned")
        PASSED = "passed", _("passed")
        QUARANTINED = "quarantined", _("quarantined")

    class Look(models.TextChoices):
        WAITING = "waiting", _("not yet looked through")
        CLEAN = "clean", _("no personal numbers found")
        FOUND = "found", _("personal numbers found")
        PICTURES = "pictures", _("pictures that a person must look at")
        UNREADABLE = "unreadable", _("could not be looked through")

    digest = models.CharField(max_length=64, primary_key=True)
    kept_digest = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=4, choices=[(kind, kind) for kind in MEDIA_TYPES])
    pages = models.PositiveIntegerField(null=True)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    thumbnail_digest = models.CharField(max_length=64, blank=True)
    likeness = models.CharField(
        max_length=16, blank=True, help_text="What a picture looks like, in 64 bits (dHash)."
    )
    scan = models.CharField(max_length=11, choices=Scan, default=Scan.NOT_ASKED)
    scanned = models.DateTimeField(null=True)
    threat = models.CharField(max_length=200, blank=True)
    stored = models.DateTimeField(default=timezone.now)
    look = models.CharField(max_length=10, choices=Look, default=Look.WAITING)
    personal = models.JSONField(
        null=True, help_text="Personal numbers in it: counts, places, masked; and what nobody read."
    )
    said = models.JSONField(
        null=True,
        help_text="Figures that its texts give: fact, amount, words, place with its parts.",
    )

    class Meta:
        default_permissions = []
        indexes = [
            models.Index(fields=["scan", "stored"], name="content_by_scan"),
            models.Index(fields=["stored"], condition=Q(look="waiting"), name="content_to_look_at"),
        ]

    def __str__(self):
        return f"{self.kind} {self.digest[:12]}"

    @property
    def personal_counts(self):
        """The kinds of personal numbers in it, in words, with how many."""
        counts = (self.personal or {}).get("counts", {})
        return [(gettext(KINDS[kind]), count) for kind, count in counts.items()]

    @property
    def personal_hits(self):
        """Kind, place and masked number of each, in words."""
        return [
            (gettext(KINDS[kind]), place_in_words(place, given), masked)
            for kind, place, given, masked in (self.personal or {}).get("hits", ())
        ]

    @property
    def unread_places(self):
        """The places that hold pictures alone."""
        return [place_in_words(*one) for one in (self.personal or {}).get("unread", ())]

    @property
    def path(self):
        return path_of(self.kept_digest)

    @property
    def thumbnail_path(self):
        return path_of(self.thumbnail_digest) if self.thumbnail_digest else ""

    @property
    def media_type(self):
        return MEDIA_TYPES[self.kind]

    @property
    def is_served(self):
        return self.scan in {self.Scan.NOT_ASKED, self.Scan.PASSED}


def place_in_words(place, given):
    """A place in a file, such as “sheet 2, cell B3”."""
    return gettext(PLACES[place]) % {
        name: gettext(value) if name == "part" else value for name, value in given.items()
    }


def path_of(digest):
    """Where a file of this digest lies in the store."""
    return f"evidence/{digest[:2]}/{digest[2:4]}/{digest}"


class EvidenceQuerySet(models.QuerySet):
    def readable_by(self, viewer):
        """Those that one sees, and those that lie with what one looks through: an operator may sit elsewhere than its space."""
        lent = Q(pk__in=[])
        for keys in ask("lent", viewer):
            lent |= Q(pk__in=keys)
        return self.filter(self.seen_by(viewer) | lent)

    def visible_to(self, viewer):
        """One's own, those of one's organisation, and for officials those of the organisations in their reach."""
        return self.filter(self.seen_by(viewer))

    @staticmethod
    def seen_by(viewer):
        user = getattr(viewer, "pk", None)
        seen = Q(handed_in_by=user, organisation=None) if user else Q(pk__in=[])
        for post in getattr(viewer, "current_posts", ()):
            if post.organisation_id and post.role not in ADMINISTRATORS:
                seen |= Q(organisation=post.organisation_id)
            for path in post.reach if post.role in OFFICIALS else ():
                seen |= Q(organisation__region__path__startswith=path)
        return seen

    def found_by(self, query):
        """Those whose name holds each word, as written or by pinyin initials."""
        return self.filter(having(query, "words__contains", "name__icontains"))

    def current(self):
        return self.filter(withdrawn=None)

    def same_as(self, evidence):
        """Where else the same file turned up; ask for what is visible to the reader before showing any."""
        return self.filter(content=evidence.content_id).exclude(pk=evidence.pk)


class Evidence(models.Model):
    """A file handed in by an organisation (or by a person for themselves), under the name that they gave it."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    content = models.ForeignKey(Content, models.PROTECT, related_name="evidence")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="evidence"
    )
    handed_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="evidence"
    )
    name = models.CharField(_("name"), max_length=240)
    words = models.TextField(
        blank=True, help_text="What a search finds it by, pinyin initials included."
    )
    moment = models.DateTimeField(_("handed in"), default=timezone.now)
    withdrawn = models.DateTimeField(null=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["-moment", "-pk"]
        default_permissions = []
        indexes = [models.Index(fields=["organisation", "-moment", "-id"], name="evidence_of")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("records:file", args=[self.key])


def used_by(organisation):
    """Bytes that an organisation has handed in and not taken back, each content counted once."""
    handed_in = Evidence.objects.current().filter(organisation=organisation)
    contents = Content.objects.filter(pk__in=handed_in.values("content"))
    return contents.aggregate(total=Sum("size"))["total"] or 0
