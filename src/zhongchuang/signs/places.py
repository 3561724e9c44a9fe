"""Where the workbench of a department leads."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhongchuang.organisations.models.people import OFFICIALS


def places(acting):
    """The list of signs, for officials."""
    if acting.organisation is None or acting.role not in OFFICIALS:
        return []
    return [(reverse("signs:signs"), _("Signs of false data"))]
