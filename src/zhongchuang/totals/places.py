"""Where the workbench leads."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhongchuang.organisations.models.people import APPLICANTS, OFFICIALS


def places(acting):
    """The figures of one's region or of one's own spaces."""
    if acting.organisation is None or acting.role not in APPLICANTS | OFFICIALS:
        return []
    return [(reverse("totals:totals"), _("Figures of a region"))]
