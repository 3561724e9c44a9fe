"""What runs by time: names and numbers of visitors are deleted when they are no longer needed."""

from zhongchuang.services import actions


def forget_visitors():
    """Delete who signed up for events long past; the counts stay."""
    return actions.forget()
