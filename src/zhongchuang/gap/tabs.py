"""Gap analysis on the page of a space."""

from django.urls import reverse
from django.utils.translation import gettext as _


def tabs(acting, space):  # noqa: ARG001 -- every app is asked in the same way
    """Address and label."""
    return [(reverse("gap:space", args=[space.code]), _("Against every place's conditions"))]
