"""What runs by time: clearing away what is no longer needed."""

from django.utils import timezone

from zhongchuang.privacy import actions


def clear_away():
    """May run twice; a second run finds nothing."""
    return actions.clear_away(timezone.now())
