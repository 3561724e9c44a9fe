from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SignsConfig(AppConfig):
    name = "zhongchuang.signs"
    verbose_name = _("Signs of false data")
