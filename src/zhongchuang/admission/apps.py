from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdmissionConfig(AppConfig):
    name = "zhongchuang.admission"
    verbose_name = _("Applications to move in")
