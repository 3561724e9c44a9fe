from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RulebooksConfig(AppConfig):
    name = "zhongchuang.rulebooks"
    verbose_name = _("Rule packs")
