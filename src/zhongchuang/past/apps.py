from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PastConfig(AppConfig):
    name = "zhongchuang.past"
    verbose_name = _("Past evaluations and grants")
