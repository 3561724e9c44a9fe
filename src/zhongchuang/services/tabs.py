"""Sessions asked for, on the page of a space."""

from django.urls import reverse
from django.utils.translation import gettext as _

from zhongchuang.ledgers.access import may_write


def tabs(acting, space):
    """Address and label, for those who answer."""
    if may_write(acting, space) is not None:
        return []
    return [(reverse("services:askings", args=[space.code]), _("Sessions asked for"))]
