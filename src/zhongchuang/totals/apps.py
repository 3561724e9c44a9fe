from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TotalsConfig(AppConfig):
    name = "zhongchuang.totals"
    verbose_name = _("Figures of a region")
