"""Where the workbench leads an expert."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhongchuang.organisations.models import Role


def places(acting):
    return [(reverse("panels:seats"), _("Reviews"))] if acting.role == Role.EXPERT else []
