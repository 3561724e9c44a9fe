"""Lines of the ledgers of money. Amounts are exact, in yuan; what was not entered is unknown, never zero."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhongchuang.ledgers.models import Lasting, Line
from zhongchuang.residents.models import Resident
from zhongchuang.spaces.models.tables import YesNo

PARTS = ("income_rent", "income_services", "income_investment", "income_public", "income_other")
"""The five kinds of income, as the catalogue of facts names them; together they are the income."""


def money(label, **more):
    """A field for an amount of yuan, two digits after the point, not below zero; blank is unknown."""
    return models.DecimalField(
        label, max_digits=16, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)], **more
    )  # fmt: skip


class Fund(Lasting):
    """A seed or investment fund that the space set up itself, or with others by contract (XZ-4)."""

    ledger = "funds"

    class Kind(models.TextChoices):
        OWN = "own", _("set up by the space")
        CONTRACT = "contract", _("set up with others by contract")

    name = models.CharField(_("name of the fund"), max_length=200)
    kind = models.CharField(_("how it was set up"), max_length=8, choices=Kind)
    amount = money(_("size of the fund"))
    at_disposal = models.CharField(
        _("at the space's own disposal"), max_length=3, choices=YesNo, blank=True,
        help_text=_("Yes where the space alone decides what it is spent on."),
    )  # fmt: skip
    partner = models.CharField(_("other party"), max_length=200, blank=True)
    manager = models.CharField(_("who manages it"), max_length=200, blank=True)

    class Meta(Lasting.Meta):
        verbose_name = _("fund")
        constraints = [
            *Lasting.Meta.constraints,
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gte=0), name="a_fund_has_no_debts"
            ),
        ]

    def __str__(self):
        return self.name


class Partner(Lasting):
    """An investor, fund or guarantor with an agreement to work with the space."""

    ledger = "partners"

    class Kind(models.TextChoices):
        VENTURE = "venture", _("venture capital")
        ANGEL = "angel", _("angel investor")
        BANK = "bank", _("bank")
        GUARANTOR = "guarantor", _("guarantor")
        OTHER = "other", _("other")

    name = models.CharField(_("name of the institution"), max_length=200)
    kind = models.CharField(_("kind of institution"), max_length=9, choices=Kind, blank=True)
    agreement = models.CharField(_("number of the agreement"), max_length=60, blank=True)

    class Meta(Lasting.Meta):
        verbose_name = _("partner investor")

    def __str__(self):
        return self.name


class Cooperation(Lasting):
    """A body under contract to give residents technical services."""

    ledger = "cooperations"

    name = models.CharField(_("name of the body"), max_length=200)
    services = models.CharField(_("what it offers"), max_length=300, blank=True)
    agreement = models.CharField(_("number of the agreement"), max_length=60, blank=True)

    class Meta(Lasting.Meta):
        verbose_name = _("technical service body")

    def __str__(self):
        return self.name


class Investment(Line):
    """Money that a resident received or was promised, from whomever; what counts as what is said by the facts."""

    ledger = "investments"

    class Source(models.TextChoices):
        """Who put the money in: Jiangsu 2019 counts projects of the first two, residents financed of all."""

        OWN = "own", _("fund of the space")
        COFOUNDED = "cofounded", _("fund that the space set up with others")
        CLOSE = "close", _("close partner of the space")
        OTHER = "other", _("anyone else")

    class Form(models.TextChoices):
        EQUITY = "equity", _("equity")
        DEBT = "debt", _("convertible or other debt")
        LOAN = "loan", _("bank loan")
        GRANT = "grant", _("grant")

    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="investments", verbose_name=_("resident")
    )
    source = models.CharField(_("whose money"), max_length=9, choices=Source)
    form = models.CharField(_("form of the money"), max_length=6, choices=Form, blank=True)
    amount = money(_("amount"))
    investor = models.CharField(_("investor"), max_length=200, blank=True)
    arrived = models.CharField(
        _("money arrived"), max_length=3, choices=YesNo, blank=True,
        help_text=_("Only money that arrived counts; leave it open while you do not know."),
    )  # fmt: skip

    class Meta(Line.Meta):
        verbose_name = _("investment")
        constraints = [
            *Line.Meta.constraints,
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gte=0), name="an_investment_counts"
            ),
        ]

    def __str__(self):
        return self.resident.name


class YearAccounts(Line):
    """What a space earned and spent in a year, by source; the sum is computed, never entered."""

    ledger = "accounts"

    year = models.PositiveSmallIntegerField(_("year"))
    income_rent = money(_("income from rent"))
    income_services = money(_("income from services"))
    income_investment = money(_("income from investment"))
    income_public = money(_("public money"))
    income_other = money(_("other income"))
    operating_cost = money(_("operating cost"))

    class Meta(Line.Meta):
        verbose_name = _("yearly accounts")
        constraints = [
            *Line.Meta.constraints,
            models.UniqueConstraint(
                fields=["space", "year"], condition=Q(struck=None), name="accounts_once_a_year"
            ),
            models.CheckConstraint(condition=Q(day__month=12, day__day=31, day__year=models.F("year")), name="accounts_end_the_year"),
        ]  # fmt: skip
        indexes = [
            *Line.Meta.indexes,
            models.Index(fields=["year", "space"], name="accounts_of_year"),
        ]

    def __str__(self):
        return str(self.year)

    @property
    def income(self):
        """All five kinds together; unknown where one of them is."""
        parts = [getattr(self, name) for name in PARTS]
        return None if None in parts else sum(parts)
