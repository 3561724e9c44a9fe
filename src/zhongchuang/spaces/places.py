"""Where the workbench leads: the register, its changes, clusters."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhongchuang.organisations.models.people import APPLICANTS, OFFICIALS


def places(acting):
    """Addresses with their labels."""
    if acting.organisation is None or acting.role not in APPLICANTS | OFFICIALS:
        return []
    return [(reverse(name), label) for name, label in LABELS.items()]


LABELS = {
    "spaces:register": _("Register of spaces"),
    "spaces:changes": _("Changes of spaces"),
    "spaces:clusters": _("Clusters"),
}
