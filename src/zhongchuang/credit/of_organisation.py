"""The credit records of an operator, on its page."""

from django.urls import reverse
from django.utils.translation import gettext as _

from zhongchuang.credit.access import may_enter
from zhongchuang.credit.models import Record
from zhongchuang.organisations.models import Organisation


def of_organisation(acting, organisation):
    """Address and label: its records where there are any, and the way to enter one for who may."""
    if organisation.kind != Organisation.Kind.OPERATOR:
        return
    count = Record.objects.visible_to(acting).filter(operator=organisation).count()
    if count:
        yield f"{reverse('credit:records')}?operator={organisation.pk}&standing=", _("Credit records (%(count)s)") % {"count": count}  # fmt: skip
    if may_enter(acting, organisation) is None:
        yield reverse("credit:enter", args=[organisation.pk]), _("Enter a credit record")
