"""Titles that end soon, for their operator."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from zhongchuang.filing.models import Title
from zhongchuang.filing.renewal import renewal_of
from zhongchuang.filing.rules import renewal
from zhongchuang.organisations.models.people import APPLICANTS
from zhongchuang.organisations.todos import ToDo

MOST = 20


def todos(acting):
    """Those to apply for anew: within the term, not renewed, and no application under way."""
    if acting.organisation is None or acting.role not in APPLICANTS:
        return []
    today = timezone.localdate()
    found = Title.objects.not_over(today).filter(operator=acting.organisation, until__lte=today + renewal(), followed_by=None)  # fmt: skip
    soon = found.select_related("space__region", "space__operator").order_by("until", "pk")[:MOST]
    return [to_renew(one) for one in soon if is_open(renewal_of(acting, one))]


def is_open(way):
    """Whether the application is still to be begun, and can be."""
    return way is not None and way.case is None and way.bar is None


def to_renew(title):
    about = _("%(number)s holds until %(day)s.") % {"number": title.number, "day": date_format(title.last_day)}  # fmt: skip
    return ToDo(
        title=_("Renew a title: %(name)s") % {"name": title.of_space}, about=about, url=title.get_absolute_url(),
        button=_("Apply anew"), due=title.last_day,
    )  # fmt: skip
