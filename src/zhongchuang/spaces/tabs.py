"""Further pages of a space."""

from django.urls import reverse
from django.utils.translation import gettext as _


def tabs(acting, space):  # noqa: ARG001 -- every app is asked in the same way
    """Desks and photographs, for everyone who sees the space."""
    return [
        (reverse("spaces:desks", args=[space.code]), _("Desks and floor plan")),
        (reverse("spaces:photographs", args=[space.code]), _("Photographs")),
    ]
