"""A title that a space holds, from a day until a day; the public register of all of them."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhongchuang.credit.rules import FALSE_MATERIAL, article_for, basis_of
from zhongchuang.gap import words
from zhongchuang.gap.packs import all_packs
from zhongchuang.organisations.models import Organisation
from zhongchuang.policy.facts import Text, space_catalogue
from zhongchuang.policy.procedure import TITLES
from zhongchuang.procedures.models import Case
from zhongchuang.records.models import Versioned
from zhongchuang.spaces.models import Space, operating_in
from zhongchuang.spaces.models.space import new_code


def kinds_at_levels():
    """Each title of the catalogue at each level, with its words."""
    fact = space_catalogue().facts[TITLES]
    codes = (f"{kind}@{level}" for kind in fact.choices for level in fact.levels)
    return [(code, words.choice(fact, code)) for code in codes]


class TitleQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """All: a title that nobody may look up proves nothing (SH-6)."""
        return self

    def holding(self, on):
        """Those that hold on a day."""
        return self.filter(
            Q(until=None) | Q(until__gt=on), Q(ended_on=None) | Q(ended_on__gt=on), since__lte=on
        )

    def not_over(self, on):
        """Those that hold on a day or begin later."""
        return self.filter(Q(until=None) | Q(until__gt=on), state=Title.State.VALID)

    def found_by(self, query):
        """Those whose space, operator or number holds each word; spaces also by pinyin initials."""
        found = self
        for word in query.casefold().split():
            found = found.filter(
                Q(space__words__contains=word) | Q(operator__words__contains=word) | Q(number__icontains=word)
            )  # fmt: skip
        return found


class Title(Versioned):
    """What a case was granted for, or what was granted before the platform. Name and operator stand as they were on the day; what ended it stays beside it."""

    class State(models.TextChoices):
        VALID = "valid", _("valid")
        EXPIRED = "expired", _("expired")
        WITHDRAWN = "withdrawn", _("given up")
        REVOKED = "revoked", pgettext_lazy("title", "revoked")

    code = models.CharField(max_length=10, unique=True, default=new_code, editable=False)
    number = models.CharField(_("number"), max_length=40, unique=True)
    case = models.OneToOneField(Case, models.PROTECT, null=True, related_name="title")
    space = models.ForeignKey(Space, models.PROTECT, related_name="titles")
    operator = models.ForeignKey(Organisation, models.PROTECT, related_name="titles")
    department = models.ForeignKey(
        Organisation, models.PROTECT, related_name="titles_given", verbose_name=_("granted by")
    )
    pack = models.CharField(max_length=64)
    kind = models.CharField(max_length=64)
    level = models.CharField(max_length=10)
    counts_as = models.CharField(
        _("counts as"), max_length=60, blank=True, choices=kinds_at_levels,
        help_text="The title of the catalogue that it is where rules ask for titles, as its own rules said on the day.",
    )  # fmt: skip
    name_zh = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    of_space = models.CharField(max_length=200, help_text="Name of the space on the day.")
    of_operator = models.CharField(max_length=200, help_text="Name of the operator on the day.")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.VALID)
    since = models.DateField(_("since"))
    until = models.DateField(_("no longer from"), null=True, help_text="The first day on which it no longer holds.")  # fmt: skip
    ended_on = models.DateField(_("ended on"), null=True, help_text="The day on which it was ended early.")  # fmt: skip
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+",
        help_text="Who revoked it or gave it up on the platform.",
    )  # fmt: skip
    reason = models.CharField(_("reason"), max_length=1000, blank=True)
    basis = models.CharField(
        _("basis"), max_length=300, blank=True,
        help_text="The document by which a title from before the platform was granted.",
    )  # fmt: skip
    given = models.DateTimeField(default=timezone.now)
    follows = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="followed_by",
        help_text="The title that it renews.",
    )  # fmt: skip

    objects = TitleQuerySet.as_manager()
    DAY = "since"
    """The field by which rows behind a figure are listed."""
    ENTERED = ("counts_as", "department", "state", "until", "ended_on", "reason", "basis")
    public_fields = (
        "code", "number", "name_zh", "name_en", "level", "counts_as", "of_space", "of_operator", "state", "since", "until", "ended_on",
        "reason", "basis",
    )  # fmt: skip

    class Meta:
        ordering = ["-since", "-pk"]
        default_permissions = []
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")),
                name="a_title_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(state="revoked") | ~Q(reason=""), name="a_revoked_title_has_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(case=None) | ~Q(basis=""), name="a_title_has_a_case_or_a_basis"
            ),
        ]
        indexes = [
            models.Index(fields=["-since", "-id"], name="titles_by_age"),
            models.Index(fields=["state", "until"], name="titles_to_expire"),
        ]

    def __str__(self):
        return f"{self.number} {self.of_space}"

    def get_absolute_url(self):
        return reverse("filing:title", args=[self.code])

    @classmethod
    def entered(cls):
        """The fields that a row behind a figure tells."""
        return [cls._meta.get_field(name) for name in cls.ENTERED]

    @property
    def name(self):
        """In the reader's language."""
        return words.say(Text(self.name_zh, self.name_en))

    @property
    def is_from_before(self):
        """Whether it was granted before the platform, so that no case tells of it."""
        return self.case_id is None

    @property
    def ban_rule(self):
        """The ban that follows on false material, by the rules of its case, or as they stand now; None without one."""
        if self.case is not None:
            return self.case.course.ban
        pack = all_packs().get(self.pack)
        courses = pack.procedures.values() if pack else ()
        return next((one.ban for one in courses if one.ban and one.gives and one.gives.id == self.kind), None)  # fmt: skip

    @property
    def rules(self):
        """The rules by which it was granted: those of its case, or as they stand now; None where they are gone."""
        return self.case.version_of_rules if self.case else all_packs().get(self.pack)

    @property
    def false_material_basis(self):
        """Document and article by which false material has consequences: the rules say so, or bar the operator; empty without one."""
        said = self.rules and (article_for(self.rules, FALSE_MATERIAL) or self.ban_rule)
        return basis_of(self.rules, said.cite) if said else ""

    @property
    def subject(self):
        """The name under which its revocation is contested, and records rest on it."""
        return f"title-{self.code}"

    @property
    def last_day(self):
        """The last day on which it holds; None without end."""
        return self.until and self.until - timedelta(days=1)

    @property
    def is_valid(self):
        """Whether it holds today, also before the nightly job came."""
        return not self.is_over and not self.is_to_come

    @property
    def is_over(self):
        """Whether it ended: by its term, given up, or revoked."""
        today = timezone.localdate()
        return self.state != self.State.VALID or (self.until is not None and self.until <= today)

    @property
    def is_to_come(self):
        """Whether it was granted already and begins later: it follows a title that still holds."""
        return not self.is_over and self.since > timezone.localdate()

    @property
    def successor(self):
        """The title that renewed it; None without one."""
        return getattr(self, "followed_by", None)


class BanQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """One's own organisation's, and for officials those of operators that sit in their reach or run a registered space there."""
        seen = Q(pk__in=[])
        for post in getattr(viewer, "current_posts", ()):
            if post.organisation_id:
                seen |= Q(operator=post.organisation_id)
            for path in post.reach:
                seen |= Q(operator__in=Organisation.objects.filter(operating_in(path)))
        return self.filter(seen)

    def on(self, day):
        """Those that hold on a day."""
        return self.filter(Q(until=None) | Q(until__gt=day), since__lte=day)


class Ban(models.Model):
    """A term in which no application of an operator is taken under a document (SH-5)."""

    operator = models.ForeignKey(Organisation, models.PROTECT, related_name="bans")
    title = models.ForeignKey(Title, models.PROTECT, null=True, related_name="bans", verbose_name=_("revoked title"))  # fmt: skip
    pack = models.CharField(max_length=64)
    since = models.DateField()
    until = models.DateField(_("no longer from"), null=True, help_text="The first day on which it no longer holds.")  # fmt: skip
    cite = models.CharField(_("article"), max_length=60)
    reason = models.CharField(
        _("reason"),
        max_length=1000,
        blank=True,
        help_text="Of a ban from before the platform, which has no title.",
    )
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = BanQuerySet.as_manager()
    DAY = "since"
    ENTERED = ("title", "until", "cite", "reason")

    class Meta:
        ordering = ["-since", "-pk"]
        default_permissions = []
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=None) | ~Q(reason=""), name="a_ban_has_a_title_or_a_reason"
            )
        ]

    def __str__(self):
        return f"{self.operator} {self.pack} {self.since}"

    def get_absolute_url(self):
        """The title on whose revocation it followed; of one from before the platform the rules that bar."""
        if self.title:
            return self.title.get_absolute_url()
        return reverse("gap:pack", args=[self.pack])

    @classmethod
    def entered(cls):
        """The fields that a row behind a figure tells."""
        return [cls._meta.get_field(name) for name in cls.ENTERED]

    @property
    def words(self):
        """Why: its own reason, or that of the title that it followed."""
        return self.reason or self.title.reason
