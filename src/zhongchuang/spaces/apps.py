from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SpacesConfig(AppConfig):
    name = "zhongchuang.spaces"
    verbose_name = _("Innovation spaces")
