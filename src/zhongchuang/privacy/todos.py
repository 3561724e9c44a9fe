"""What waits: requests to answer, and a new privacy statement to agree to."""

from django.urls import reverse
from django.utils.translation import gettext as _

from zhongchuang.organisations.forms import NOTICE_VERSION
from zhongchuang.organisations.models import Role
from zhongchuang.organisations.todos import ToDo
from zhongchuang.privacy.models import DataRequest


def todos(acting):
    return answers(acting) + statement(acting)


def answers(acting):
    """Requests that this system administrator answers, each with its last day."""
    if acting.role != Role.SYSTEM_ADMIN:
        return []
    waiting = DataRequest.objects.filter(department=acting.organisation).open()
    return [
        ToDo(
            title=_("Answer a request about personal data: %(kind)s")
            % {"kind": one.get_kind_display()},
            about=one.user.name,
            url=one.get_absolute_url(),
            button=_("Answer"),
            due=one.due,
        )
        for one in waiting.exclude(user=acting.pk).select_related("user").order_by("due", "pk")
    ]


def statement(acting):
    """Whoever agreed to no privacy statement, or to an older one, is asked to read the one in force."""
    if not acting.user.is_authenticated or acting.user.notice == NOTICE_VERSION:
        return []
    return [
        ToDo(
            title=_("Read the privacy statement and agree to it"),
            about=_("version %(version)s") % {"version": NOTICE_VERSION},
            url=reverse("privacy:notice"),
            button=_("Read"),
        )
    ]
