"""What runs by time."""

from zhongchuang.gap import actions


def purge_uploads() -> int:
    """Delete the uploads whose thirty days are over; may be run at any time, and twice."""
    return actions.purge()
