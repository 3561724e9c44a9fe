"""Where an operator writes down what just happened, for the head of the workbench."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhongchuang.ledgers.access import written_by


def shortcuts(acting):
    """Addresses with their labels."""
    return (
        [(reverse("ledgers:daily"), _("Write daily work down"))]
        if written_by(acting).exists()
        else []
    )
