from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContestsConfig(AppConfig):
    name = "zhongchuang.contests"
    verbose_name = _("Reviews on request")
