"""The ledgers on the page of a space."""

from django.urls import reverse
from django.utils.translation import gettext as _


def tabs(acting, space):  # noqa: ARG001 -- every app is asked in the same way
    """Address and label."""
    return [
        (reverse("ledgers:ledgers", args=[space.code]), _("Ledgers of daily work")),
        (reverse("ledgers:charts", args=[space.code]), _("Charts")),
        (reverse("ledgers:profile", args=[space.code]), _("Profile over the eight functions")),
    ]
