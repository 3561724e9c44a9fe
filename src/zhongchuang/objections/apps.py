from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ObjectionsConfig(AppConfig):
    name = "zhongchuang.objections"
    verbose_name = _("Objections to public notices")
