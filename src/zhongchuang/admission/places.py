"""Where the workbench leads: one's own applications, for who has any."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhongchuang.admission.models import Application


def places(acting):
    confirmed = acting.user.emailaddress_set.filter(verified=True).values_list("email", flat=True)
    own = Application.objects.of([one.lower() for one in confirmed])
    return [(reverse("admission:mine"), _("My applications to move in"))] if own.exists() else []
