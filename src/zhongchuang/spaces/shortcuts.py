"""What an operator enters most in the register, for the head of the workbench."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhongchuang.spaces.access import may_register


def shortcuts(acting):
    """Addresses with their labels."""
    return [] if may_register(acting) else [(reverse("spaces:new"), _("Register a space"))]
