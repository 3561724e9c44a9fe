"""Applications and figures handed in, on the page of a space."""

from django.urls import reverse
from django.utils.translation import gettext as _

from zhongchuang.admission.access import takes_applications
from zhongchuang.admission.models.applications import run_by


def tabs(acting, space):
    """Address and label, for those who run the space; for everyone else the public page while it is open."""
    if run_by(acting).filter(pk=space.pk).exists():
        return [
            (reverse("admission:applications", args=[space.code]), _("Applications to move in")),
            (
                reverse("admission:all_figures", args=[space.code]),
                _("Figures handed in by residents"),
            ),
        ]
    if takes_applications(space):
        return [(reverse("admission:apply", args=[space.code]), _("Apply to move in"))]
    return []
