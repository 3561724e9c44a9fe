"""Where the workbench leads: what one's spaces can apply for, or the cases of a department."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhongchuang.organisations.models.people import APPLICANTS
from zhongchuang.procedures.models.cases import READING


def places(acting):
    if acting.organisation and acting.role in APPLICANTS:
        return [(reverse("procedures:services"), _("Applications and filings"))]
    if acting.post and acting.role in READING:
        return [(reverse("procedures:queue"), _("Filings in hand"))]
    return []
