"""The ledgers of money."""

from functools import partial
from types import MappingProxyType

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhongchuang.finance.forms import (
    CooperationForm,
    FundForm,
    InvestmentForm,
    PartnerForm,
    YearAccountsForm,
)
from zhongchuang.finance.models import Cooperation, Fund, Investment, Partner, YearAccounts
from zhongchuang.finance.models.lines import PARTS
from zhongchuang.ledgers.declaration import Column, Ledger
from zhongchuang.ledgers.importable.rows import Sheet
from zhongchuang.residents.importable.references import OfResident
from zhongchuang.spaces.words import amount


def ledgers():
    """Investments first: they are written most."""
    return [INVESTMENTS, FUNDS, PARTNERS, COOPERATIONS, ACCOUNTS]


def yuan(name, label):
    """A column of amounts in yuan, exact; blank is unknown."""
    return Column(name, label, number=True)


class Sum(Column):
    """A column of amounts that are computed from other columns."""

    def told(self, line):
        found = self.of(line)
        return "" if found is None else amount(found)


class InvestmentSheet(Sheet):
    """Money of residents; who invested tells two of one day apart."""

    references = MappingProxyType({"resident": OfResident()})

    def __init__(self, ledger):
        super().__init__(ledger, known_by=("resident", "day", "source", "investor"))


INVESTMENTS = Ledger(
    name="investments",
    title=_("Investments"),
    about=_("Money that residents received, from the space's own fund or from anyone."),
    button=_("Write down an investment"),
    model=Investment,
    form=InvestmentForm,
    columns=(
        Column("resident", _("Resident")),
        Column("source", _("Whose money")),
        Column("form", _("Form")),
        yuan("amount", _("Amount (yuan)")),
        Column("arrived", _("Arrived")),
        Column("investor", _("Investor")),
    ),
    group="finance",
    queries=("resident",),
    searched=("resident__name", "investor"),
    functions={"financing": Q()},
    sheet=InvestmentSheet,
)
FUNDS = Ledger(
    name="funds",
    title=_("Funds"),
    about=_("Seed and investment funds of the space, its own and those set up by contract."),
    button=_("Write down a fund"),
    model=Fund,
    form=FundForm,
    columns=(
        Column("name", _("Fund")),
        Column("kind", _("How it was set up")),
        yuan("amount", _("Size (yuan)")),
        Column("at_disposal", _("At own disposal")),
        Column("partner", _("Other party")),
        Column("manager", _("Managed by")),
        Column("until", _("Until"), ending=True),
    ),
    group="finance",
    searched=("name", "partner", "manager"),
    sheet=partial(Sheet, known_by=("day", "name")),
)
PARTNERS = Ledger(
    name="partners",
    title=_("Partner investors"),
    about=_("Investors, funds and guarantors with an agreement in force."),
    button=_("Write down a partner"),
    model=Partner,
    form=PartnerForm,
    columns=(
        Column("name", _("Institution")),
        Column("kind", _("Kind")),
        Column("agreement", _("Agreement")),
        Column("until", _("Until"), ending=True),
    ),
    group="finance",
    searched=("name", "agreement"),
    sheet=partial(Sheet, known_by=("day", "name")),
)
COOPERATIONS = Ledger(
    name="cooperations",
    title=_("Technical service bodies"),
    about=_("Bodies under contract to give residents technical services."),
    button=_("Write down a body"),
    model=Cooperation,
    form=CooperationForm,
    columns=(
        Column("name", _("Body")),
        Column("services", _("What it offers")),
        Column("agreement", _("Agreement")),
        Column("until", _("Until"), ending=True),
    ),
    group="finance",
    searched=("name", "services", "agreement"),
    sheet=partial(Sheet, known_by=("day", "name")),
)
ACCOUNTS = Ledger(
    name="accounts",
    title=_("Yearly accounts"),
    about=_("Income by source and operating cost of each year, in yuan."),
    button=_("Enter the accounts of a year"),
    model=YearAccounts,
    form=YearAccountsForm,
    columns=(
        Column("year", _("Year of the accounts"), value=lambda line: str(line.year)),
        *(yuan(name, YearAccounts._meta.get_field(name).verbose_name) for name in PARTS),
        Sum("income", _("income in all"), number=True, value=lambda line: line.income),
        yuan("operating_cost", YearAccounts._meta.get_field("operating_cost").verbose_name),
    ),
    group="finance",
    sheet=partial(Sheet, known_by=("year",), year="year"),
)
