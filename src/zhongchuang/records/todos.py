"""What waits for a second person: releases of files to the public."""

from django.urls import reverse
from django.utils.translation import gettext as _

from zhongchuang.organisations.models import Role
from zhongchuang.organisations.todos import ToDo
from zhongchuang.records.models import Release


def todos(acting):
    """Releases that this person may decide on."""
    if acting.role not in {Role.REVIEWER, Role.APPROVER}:
        return []
    waiting = Release.objects.visible_to(acting).open()
    waiting = waiting.exclude(asked_by=acting.pk).exclude(evidence__handed_in_by=acting.pk)
    return [
        ToDo(
            title=_("Decide on the release of a file: %(name)s") % {"name": release.evidence},
            about=release.reason,
            url=reverse("records:decide_release", args=[release.evidence.key]),
            button=_("Examine"),
        )
        for release in waiting.select_related("evidence").order_by("asked")
    ]
