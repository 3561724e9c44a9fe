"""People, the posts they hold, and the invitations that lead to a post."""

from datetime import timedelta
from functools import cached_property

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.organisations.models.organisation import Delegation, Organisation

UNUSED = timedelta(days=90)
"""How long an official's account stays open without a sign-in (M-02)."""


class UserQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """Oneself, and for those who look after people the members of the organisations they look after."""
        seen = Q(pk=getattr(viewer, "pk", None))
        for post in getattr(viewer, "current_posts", ()):
            if post.looks_after_people:
                seen |= Q(posts__in=Post.objects.at(timezone.now()).under(post))
        return self.filter(seen).distinct()

    def unused(self, now):
        """Officials and administrators who have not signed in for 90 days; founders come when they need to.

        Who is the only administrator of a kind at an organisation is left out, so that nobody is locked out.
        """
        staff = Post.objects.current().filter(role__in=OFFICIALS | ADMINISTRATORS)
        others = Post.objects.current().filter(
            organisation=OuterRef("organisation"), role=OuterRef("role")
        )
        only = staff.filter(role__in=ADMINISTRATORS).exclude(
            Exists(others.exclude(user=OuterRef("user")))
        )
        before = now - UNUSED
        return self.filter(
            Q(last_login__lt=before) | Q(last_login=None, joined__lt=before),
            is_active=True,
            pk__in=staff.values("user"),
        ).exclude(pk__in=only.values("user"))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def create_user(self, email, password=None, **fields):
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, email):
        return self.get(email=email.strip().lower())


class User(AbstractBaseUser):
    """A person with one account. What they may do comes from their posts alone; no account is above that."""

    email = models.EmailField(_("e-mail"), max_length=254, unique=True)
    name = models.CharField(_("name"), max_length=100)
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, blank=True
    )
    is_active = models.BooleanField(default=True)
    joined = models.DateTimeField(default=timezone.now)
    notice = models.CharField(max_length=20, blank=True, help_text="Privacy notice agreed to.")
    notice_agreed = models.DateTimeField(null=True)
    password_set = models.DateTimeField(null=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()

    class Meta:
        ordering = ["name", "pk"]
        default_permissions = []
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Lower("email")), name="address_in_small_letters"
            )
        ]

    def __str__(self):
        return self.name

    def get_full_name(self):
        return self.name

    @cached_property
    def current_posts(self):
        """The posts held now, the one last chosen first, then the longest held; read once for each loaded user."""
        related = ("organisation__region", "stands_in_for__user")
        found = self.posts.current().select_related(*related)
        return list(found.order_by(F("taken").desc(nulls_last=True), "since", "pk"))

    def has_perm(self, permission, subject=None):
        """Whether one of the posts carries the right; every check of rows goes by posts, not by this."""
        return self.is_active and any(post.has_perm(permission) for post in self.current_posts)


class PastPassword(models.Model):
    """The hash of an earlier password, kept where the policy forbids to use one again."""

    user = models.ForeignKey(User, models.CASCADE, related_name="past_passwords")
    password = models.CharField(max_length=128)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-since", "-pk"]
        default_permissions = []

    def __str__(self):
        return f"{self.user_id} {self.since}"


class RecoveryCode(models.Model):
    """A code that replaces the second factor once; only its digest is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used = models.DateTimeField(null=True)

    class Meta:
        default_permissions = []

    def __str__(self):
        return f"{self.user_id} {self.pk}"


class Role(models.TextChoices):
    OPERATOR_HEAD = "operator_head", _("head of the organisation")
    OPERATOR_CLERK = "operator_clerk", _("clerk of the organisation")
    CLERK = "clerk", _("clerk")
    REVIEWER = "reviewer", _("reviewer")
    APPROVER = "approver", _("approver")
    FINANCE = "finance", _("finance officer")
    AGENCY_LEAD = "agency_lead", _("lead of the agency")
    EXPERT = "expert", _("expert")
    MENTOR = "mentor", _("mentor")
    FOUNDER = "founder", _("founder")
    SYSTEM_ADMIN = "system_admin", _("system administrator")
    SECURITY_ADMIN = "security_admin", _("security administrator")
    AUDIT_ADMIN = "audit_admin", _("audit administrator")


OFFICIALS = frozenset({Role.CLERK, Role.REVIEWER, Role.APPROVER, Role.FINANCE})
ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
APPLICANTS = frozenset({Role.OPERATOR_HEAD, Role.OPERATOR_CLERK})
ALONE = frozenset({Role.EXPERT, Role.MENTOR, Role.FOUNDER})
"""Roles that a person may hold without an organisation."""

PERMISSIONS = {Role.AUDIT_ADMIN: frozenset({"audit.view_entry"})}


class PostQuerySet(models.QuerySet):
    def at(self, moment):
        """Posts held at a moment; who stands in for another does so only as long as the other holds the post."""
        principal = Q(stands_in_for__until=None) | Q(stands_in_for__until__gt=moment)
        return self.filter(
            Q(until=None) | Q(until__gt=moment), Q(stands_in_for=None) | principal,
            since__lte=moment,
        )  # fmt: skip

    def current(self):
        """Posts held now by people whose account is open."""
        return self.at(timezone.now()).filter(user__is_active=True)

    def under(self, post):
        """Posts at the own organisation, and at those that the holder of `post` sees."""
        seen = Q(organisation=post.organisation_id)
        for path in post.reach if post.sees_organisations else ():
            seen |= Q(organisation__region__path__startswith=path)
        return self.filter(seen)

    def visible_to(self, viewer):
        """One's own posts, and those at the organisations that one sees."""
        seen = Q(user=getattr(viewer, "pk", None))
        for post in getattr(viewer, "current_posts", ()):
            if post.organisation_id:
                seen |= Q(pk__in=Post.objects.under(post))
        return self.filter(seen)


class Post(models.Model):
    """A role at an organisation, from a moment until a moment."""

    user = models.ForeignKey(User, models.PROTECT, related_name="posts")
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        related_name="posts",
        verbose_name=_("organisation"),
    )
    role = models.CharField(_("role"), max_length=16, choices=Role)
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, help_text="The moment from which it no longer counts.")
    delegated_by = models.ForeignKey("self", models.SET_NULL, null=True, related_name="granted")
    stands_in_for = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="stand_ins",
        help_text="The post of a person who is absent; acts under this one are acts for them.",
    )  # fmt: skip
    taken = models.DateTimeField(null=True, help_text="When its holder last chose to act in it.")

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["since", "pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role"],
                condition=Q(until=None),
                name="one_open_post_of_a_kind",
            ),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(until=None, organisation=None),
                name="one_open_post_without_organisation",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="post_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | Q(role__in=sorted(ALONE)),
                name="post_has_an_organisation",
            ),
            models.CheckConstraint(
                condition=Q(stands_in_for=None) | Q(until__isnull=False),
                name="who_stands_in_does_so_for_a_term",
            ),
        ]

    def __str__(self):
        role = self.get_role_display()
        if self.stands_in_for_id:
            role = _("%(role)s for %(name)s") % {"role": role, "name": self.stands_in_for.user.name}
        return f"{self.organisation} – {role}" if self.organisation_id else str(role)

    @cached_property
    def reach(self):
        """Paths of the regions in which this post counts: the own subtree, or what was delegated (SH-2)."""
        if self.organisation_id is None or self.organisation.state != Organisation.State.CONFIRMED:
            return []
        if self.organisation.is_department:
            return [self.organisation.region.path]
        if self.organisation.kind == Organisation.Kind.ALLIANCE:
            held = Delegation.objects.on(timezone.localdate()).filter(alliance=self.organisation_id)
            return list(held.values_list("department__region__path", flat=True))
        return []

    @property
    def last_day(self):
        """The last day of a post that ends; None while it has no end."""
        return self.until and timezone.localdate(self.until - timedelta(microseconds=1))

    @property
    def is_staff(self):
        """Whether it is an official's or an administrator's post: these sessions end sooner (S-06)."""
        return self.role in OFFICIALS | ADMINISTRATORS

    @property
    def sees_organisations(self):
        """Audit administrators read the log, not the register (S-04)."""
        return self.role in OFFICIALS | {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN}

    @property
    def looks_after_people(self):
        return self.role in {
            Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.OPERATOR_HEAD, Role.AGENCY_LEAD,
        }  # fmt: skip

    def has_perm(self, permission):
        return permission in PERMISSIONS.get(self.role, ())


class InvitationQuerySet(models.QuerySet):
    def open(self):
        return self.filter(accepted=None, withdrawn=None, expires__gt=timezone.now())

    def of(self, digest):
        """The one whose link was opened: who has the token may see it."""
        return self.filter(digest=digest).select_related("organisation__region")

    def visible_to(self, viewer):
        """Those of the organisations that one looks after; the link itself opens without this."""
        seen = Q(pk__in=[])
        for post in getattr(viewer, "current_posts", ()):
            if post.looks_after_people:
                seen |= Q(organisation=post.organisation_id)
                for path in post.reach if post.role in ADMINISTRATORS else ():
                    seen |= Q(organisation__region__path__startswith=path)
        return self.filter(seen)


class Invitation(models.Model):
    """A post offered by mail. The link works once, until it expires; its token is kept as a digest only."""

    email = models.EmailField(_("e-mail"), max_length=254)
    name = models.CharField(_("name"), max_length=100)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="invitations")
    role = models.CharField(_("role"), max_length=16, choices=Role)
    until = models.DateField(_("post ends"), null=True)
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="invitations")
    sent = models.DateTimeField(default=timezone.now)
    expires = models.DateTimeField()
    accepted = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="invitations")
    withdrawn = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-sent"]
        default_permissions = []

    def __str__(self):
        return f"{self.name} – {self.get_role_display()}"

    @property
    def is_open(self):
        return self.accepted is None and self.withdrawn is None and self.expires > timezone.now()

    @property
    def has_account(self):
        return User.objects.filter(email=self.email).exists()
