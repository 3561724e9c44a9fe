"""Income and bills on the page of a space."""

from django.urls import reverse
from django.utils.translation import gettext as _

from zhongchuang.finance.access import may_bill


def tabs(acting, space):
    """Address and label; bills for those alone who issue them."""
    found = [(reverse("finance:accounts", args=[space.code]), _("Income by source"))]
    if may_bill(acting, space) is None:
        found.append((reverse("finance:bills", args=[space.code]), _("Bills")))
    return found
