"""The ledgers of residents: their stays, and their figures of each year and month."""

from types import MappingProxyType

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhongchuang.ledgers.declaration import Column, Ledger
from zhongchuang.ledgers.importable.rows import Sheet
from zhongchuang.residents.access import may_move
from zhongchuang.residents.forms import MonthForm, ReportForm, StayForm
from zhongchuang.residents.importable.months import MonthSheet
from zhongchuang.residents.importable.references import OfResident
from zhongchuang.residents.importable.stays import StaySheet
from zhongchuang.residents.models import MonthReport, Report, Stay


def ledgers():
    """Stays, yearly and monthly figures."""
    return [STAYS, REPORTS, MONTHS]


def verbs(acting, stay):
    """What may be done with a stay."""
    found = [(stay.resident.get_absolute_url(), _now("Who it is"))]
    if may_move(acting, stay) is None:
        found += [
            (reverse("residents:stage", args=[stay.key]), _now("Move along the chain")),
            (reverse("residents:desks", args=[stay.key]), _now("Other desks")),
            (reverse("residents:leave", args=[stay.key]), _now("It left")),
        ]
    return found


STAYS = Ledger(
    name="stays",
    title=_("Residents"),
    about=_("Who moved in when, at which stage, and where it went."),
    button=_("Take a resident in"),
    model=Stay,
    form=StayForm,
    columns=(
        Column("resident", _("Resident")),
        Column("kind", _("Kind"), value=lambda stay: str(stay.resident.get_kind_display())),
        Column("stage", _("Stage"), value=lambda stay: str(stay.stage or "")),
        Column("desks", _("Desks"), value=lambda stay: stay.desks, number=True),
        Column("free_months", _("Free months"), number=True),
        Column("until", _("Left on"), ending=True),
        Column("outcome", _("How it ended"), ending=True),
        Column("destination", _("Where it went"), ending=True),
    ),
    group="residents",
    queries=("resident",),
    many=("stages", "occupations"),
    searched=("resident__name", "resident__words"),
    begin="residents:take_in",
    functions={"gathering": Q()},
    verbs=verbs,
    sheet=StaySheet,
)


class ReportSheet(Sheet):
    """The figures of residents, a year each."""

    references = MappingProxyType({"resident": OfResident()})

    def __init__(self, ledger):
        super().__init__(ledger, known_by=("resident", "day"), year="year")


REPORTS = Ledger(
    name="reports",
    title=_("Yearly figures of residents"),
    about=_("Staff, income, taxes and intellectual property of each resident, year by year."),
    button=_("Record yearly figures"),
    model=Report,
    form=ReportForm,
    columns=(
        Column("resident", _("Resident")),
        Column("staff", _("Staff"), number=True),
        Column("graduates", _("Fresh graduates"), number=True),
        Column("income", _("Income (yuan)"), number=True),
        Column("taxes", _("Taxes (yuan)"), number=True),
        Column("ip_applied", _("IP applied for"), number=True),
        Column("ip_granted", _("IP granted"), number=True),
        Column("ip_valid", _("IP valid"), number=True),
    ),
    group="residents",
    queries=("resident",),
    searched=("resident__name", "resident__words"),
    sheet=ReportSheet,
)

MONTHS = Ledger(
    name="months",
    title=_("Monthly figures of residents"),
    about=_("Staff, income, taxes, R&D spending and investment received of each resident, month by month. Figures of a year come from the yearly report alone."),
    button=_("Record monthly figures"),
    model=MonthReport,
    form=MonthForm,
    columns=(
        Column("resident", _("Resident")),
        Column("staff", _("Staff"), number=True),
        Column("income", _("Income (yuan)"), number=True),
        Column("taxes", _("Taxes (yuan)"), number=True),
        Column("rd_spending", _("R&D spending (yuan)"), number=True),
        Column("invested", _("Investment received (yuan)"), number=True),
    ),
    group="residents",
    queries=("resident",),
    searched=("resident__name", "resident__words"),
    sheet=MonthSheet,
)  # fmt: skip
