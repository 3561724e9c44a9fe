"""Where the workbench of a department leads."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhongchuang.organisations.models.people import OFFICIALS
from zhongchuang.past.models import Evaluation


def places(acting):
    """What was before the platform, for officials."""
    if acting.organisation is None or acting.role not in OFFICIALS:
        return []
    return [(reverse("past:records", args=[Evaluation.KIND]), _("Past evaluations and grants"))]
