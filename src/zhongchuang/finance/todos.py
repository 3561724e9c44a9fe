"""Bills that were not paid by their day, one thing to do for each space of the operator."""

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhongchuang.finance.models import Bill
from zhongchuang.organisations.models.people import APPLICANTS
from zhongchuang.organisations.todos import ToDo
from zhongchuang.spaces.models import Space


def todos(acting):
    """For those who work for the operator."""
    if acting.organisation is None or acting.role not in APPLICANTS:
        return []
    late = Bill.objects.overdue(timezone.localdate()).filter(space__operator=acting.organisation)
    of_these = Q(bills__in=late.values("pk"))
    spaces = Space.objects.run_by(acting.organisation).annotate(
        late=Count("bills", filter=of_these), due=Min("bills__due", filter=of_these)
    )
    return [overdue(space) for space in spaces.filter(late__gt=0).order_by("pk")]


def overdue(space):
    about = ngettext("%(count)s bill is overdue.", "%(count)s bills are overdue.", space.late)
    return ToDo(
        title=_("Ask for payment: %(name)s") % {"name": space.name},
        about=about % {"count": space.late},
        url=f"{reverse('finance:bills', args=[space.code])}?state=overdue",
        button=_("Show"),
        due=space.due,
    )
