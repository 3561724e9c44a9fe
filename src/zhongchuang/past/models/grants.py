"""What was paid to a space, or to someone in it."""

from django.db import models
from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from zhongchuang.gap import words
from zhongchuang.past.models.record import Record, RecordQuerySet, a_correction_has_a_reason
from zhongchuang.sealed.fields import EncryptedText


class GrantQuerySet(RecordQuerySet):
    def total(self):
        """The sum of amounts that are known and not of persons; None where none is."""
        return self.aggregate(total=Sum("amount"))["total"]


class Grant(Record):
    """Money by a decision of a department. What a person got is sealed; an amount that nobody knows stays blank."""

    class Recipient(models.TextChoices):
        OPERATOR = "operator", _("operator of the space")
        FIRM = "firm", _("firm in the space")
        TEAM = "team", _("team in the space")
        PERSON = "person", _("person")

    KIND = "grants"
    ENTERED = ("year", "programme", "recipient_kind", "recipient", "amount", "payer", "paid", "basis")  # fmt: skip

    recipient_kind = models.CharField(_("kind of recipient"), max_length=10, choices=Recipient)
    recipient = models.CharField(_("name of the recipient"), max_length=200, blank=True)
    recipient_code = models.CharField(_("unified social credit code of the recipient"), max_length=18, blank=True)  # fmt: skip
    award = models.CharField(max_length=64, blank=True, help_text="Of the rules, where they have it.")  # fmt: skip
    amount = models.DecimalField(_("amount (yuan)"), max_digits=16, decimal_places=2, null=True, blank=True)  # fmt: skip
    personal_amount = EncryptedText(_("amount paid to a person (yuan)"), blank=True)
    payer = models.CharField(_("approved by"), max_length=200, blank=True)
    paid = models.DateField(_("paid on"), null=True, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["space", "year", "programme", "day", "recipient_kind", "recipient"],
                condition=Q(is_current=True), name="one_current_line_a_grant",
            ),
            models.CheckConstraint(
                condition=~Q(recipient_kind="person", amount__isnull=False),
                name="what_a_person_got_is_sealed",
            ),
            models.CheckConstraint(
                condition=Q(recipient_kind="person") | Q(personal_amount=""),
                name="only_what_a_person_got_is_sealed",
            ),
            models.CheckConstraint(
                condition=Q(recipient_kind="operator") | ~Q(recipient=""),
                name="who_is_not_the_operator_is_named",
            ),
            a_correction_has_a_reason("a_grant"),
        ]  # fmt: skip
        indexes = [models.Index(fields=["-day", "-id"], name="grants_by_age")]

    @property
    def is_personal(self):
        return self.recipient_kind == self.Recipient.PERSON

    @property
    def who(self):
        """Who got it."""
        return self.recipient or self.operator.name

    @property
    def award_name(self):
        found = self.rules.awards.get(self.award) if self.rules else None
        return words.say(found.text) if found else ""

    def sealed_numbers(self):
        """What may be opened, as a form offers it."""
        name = "personal_amount"
        return [(name, self._meta.get_field(name).verbose_name)] if self.personal_amount else []
