"""What follows in this app from an event elsewhere."""

from zhongchuang.organisations.actions import Erased
from zhongchuang.records.models import Draft


def consequences(event):
    """With an account go the drafts that nobody sent; letters and files stay under its number."""
    if isinstance(event, Erased):
        Draft.objects.filter(user=event.user).delete()
    return []
