"""What follows in this app from an event elsewhere."""

from zhongchuang.organisations.actions import Moved
from zhongchuang.spaces.actions import follow_regions


def consequences(event):
    """Spaces and clusters go with their region; what was recorded of the days before stays."""
    if isinstance(event, Moved):
        follow_regions(event.heirs, on=event.on)
    return []
