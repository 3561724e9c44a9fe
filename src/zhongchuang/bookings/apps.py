from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BookingsConfig(AppConfig):
    name = "zhongchuang.bookings"
    verbose_name = _("Rooms and instruments")
