"""Rooms and instruments on the page of a space."""

from django.urls import reverse
from django.utils.translation import gettext as _


def tabs(acting, space):  # noqa: ARG001 -- every app is asked in the same way
    """Address and label."""
    return [(reverse("bookings:resources", args=[space.code]), _("Rooms and instruments"))]
