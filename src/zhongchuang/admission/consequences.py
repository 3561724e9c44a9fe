"""What follows in this app from an event elsewhere."""

from zhongchuang.admission.actions import take_back
from zhongchuang.admission.models import Application
from zhongchuang.organisations.actions import Erased


def consequences(event):
    """With an account goes its claim, and what still runs is taken back; the application stays with the space that decided on it, without the person's data."""
    if isinstance(event, Erased):
        own = Application.objects.filter(claimed_by=event.user)
        for one in own.filter(state__in=Application.RUNNING):
            take_back(one, by=None, version=one.version)
        own.update(
            claimed_by=None, contact="", mobile="", mobile_index="", answer="",
            email=event.user.email,
        )  # fmt: skip
    return []
