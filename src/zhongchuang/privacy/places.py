"""Where the workbench leads: my data; the requests that a system administrator answers."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhongchuang.organisations.models import Role


def places(acting):
    found = [(reverse("privacy:my_data"), _("My data"))]
    if acting.role == Role.SYSTEM_ADMIN:
        found.append((reverse("privacy:requests"), _("Requests about personal data")))
    return found
