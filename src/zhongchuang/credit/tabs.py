"""The credit records of the operator of a space, on its page, for who may see them."""

from django.urls import reverse
from django.utils.translation import gettext as _

from zhongchuang.credit.models import Record


def tabs(acting, space):
    """Address and label, where there are any."""
    count = Record.objects.visible_to(acting).filter(operator=space.operator_id).count()
    if not count:
        return []
    url = f"{reverse('credit:records')}?operator={space.operator_id}&standing="
    return [(url, _("Credit records (%(count)s)") % {"count": count})]
