"""What one enters most, for the head of the workbench."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhongchuang.records.access import may_hand_in


def shortcuts(acting):
    """Addresses with their labels."""
    if not acting.organisation or may_hand_in(acting):
        return []
    return [(reverse("records:evidence"), _("Hand in a file"))]
