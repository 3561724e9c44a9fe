"""Where the workbench leads."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhongchuang.organisations.models.people import APPLICANTS, OFFICIALS


def places(acting):
    """The register of one's reach for officials, the own records for an operator."""
    if acting.organisation is None or acting.role not in APPLICANTS | OFFICIALS:
        return []
    return [(reverse("credit:records"), _("Credit records"))]
