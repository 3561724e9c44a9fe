"""The way of a resident's own people to the rooms of their space."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhongchuang.residents.access import own_stays


def shortcuts(acting):
    """Address and label, for each space at which the resident stays."""
    stays = own_stays(acting, timezone.localdate()).select_related("space").order_by("pk")
    return [
        (reverse("bookings:resources", args=[stay.space.code]), _("Book a room or an instrument"))
        for stay in stays
    ]
