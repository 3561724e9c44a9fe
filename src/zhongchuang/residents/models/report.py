"""What a resident achieved in a year, as the national statistics ask (26 items of the resident's form)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhongchuang.ledgers.models import Line
from zhongchuang.residents.models.resident import Resident
from zhongchuang.spaces.models.tables import YesNo

MONEY = {"max_digits": 16, "decimal_places": 2, "null": True, "blank": True}
COUNT = {"null": True, "blank": True}


class Report(Line):
    """The figures of one resident for the year that ended on its `day`; what is blank is unknown, 0 is none."""

    ledger = "reports"

    resident = models.ForeignKey(Resident, models.PROTECT, related_name="reports")
    staff = models.PositiveIntegerField(_("staff at the end of the year"), **COUNT)
    graduates = models.PositiveIntegerField(_("fresh graduates taken on"), **COUNT)
    doctors = models.PositiveIntegerField(_("doctors"), **COUNT)
    college = models.PositiveIntegerField(_("college and above"), **COUNT)
    returnees = models.PositiveIntegerField(_("returnees from abroad"), **COUNT)
    income = models.DecimalField(_("income"), **MONEY)
    net_profit = models.DecimalField(_("net profit"), **MONEY)
    exports = models.DecimalField(_("exports"), **MONEY)
    rd_spending = models.DecimalField(_("R&D spending"), **MONEY)
    taxes = models.DecimalField(_("taxes paid"), **MONEY)
    ip_applied = models.PositiveIntegerField(_("intellectual property applied for"), **COUNT)
    ip_granted = models.PositiveIntegerField(_("intellectual property granted"), **COUNT)
    ip_valid = models.PositiveIntegerField(_("intellectual property valid"), **COUNT)
    inventions_valid = models.PositiveIntegerField(_("of them invention patents"), **COUNT)
    software = models.PositiveIntegerField(_("software copyrights"), **COUNT)
    plant_varieties = models.PositiveIntegerField(_("new plant varieties"), **COUNT)
    layouts = models.PositiveIntegerField(_("layouts of integrated circuits"), **COUNT)
    bought_abroad = models.PositiveIntegerField(_("patents bought abroad"), **COUNT)
    contracts = models.PositiveIntegerField(_("technology contracts"), **COUNT)
    contract_amount = models.DecimalField(_("amount of technology contracts"), **MONEY)
    projects = models.PositiveIntegerField(_("national and provincial projects"), **COUNT)
    prizes = models.PositiveIntegerField(_("prizes of the province or higher"), **COUNT)
    has_mentor = models.CharField(_("has a mentor"), max_length=3, choices=YesNo, blank=True)
    responsible = models.CharField(_("who answers for the figures"), max_length=100, blank=True)

    class Meta(Line.Meta):
        verbose_name = _("yearly figures")
        constraints = [
            *Line.Meta.constraints,
            models.UniqueConstraint(
                fields=["space", "resident", "day"],
                condition=Q(struck=None),
                name="a_resident_reports_a_year_once",
            ),
        ]

    def __str__(self):
        return f"{self.resident} {self.day.year}"
