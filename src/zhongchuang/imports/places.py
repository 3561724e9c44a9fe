"""Where the workbench leads: the imports of one's organisation, for those who may import."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhongchuang.organisations.models.people import APPLICANTS, OFFICIALS


def places(acting):
    """The address with its label."""
    if acting.organisation is None or acting.role not in APPLICANTS | OFFICIALS:
        return []
    return [(reverse("imports:imports"), _("Imports"))]
